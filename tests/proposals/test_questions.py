"""三问: asked on their day, answered once, sent back once, overdue on their light."""

from datetime import date

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from congress.shared.roles import Role
from proposals import tasks
from proposals.actions import assignment, objections, questions, review
from proposals.models import KeyAnswer, KeySupervision, Proposal, Question
from proposals.queries import timeline
from proposals.states import State
from proposals.supervision_states import KeyKind, QuestionStage, QuestionState
from tests import make
from tests.proposals import keys, sheets, walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db

LATE, MOVED_ON = date(2026, 3, 11), date(2026, 3, 12)


def decided_late():
    """On the list, with a part that its unit may still object to."""
    part = sheets.handed()
    return keys.decided(part.proposal, today=LATE, decided_on=LATE)


def url(name, *args):
    return reverse(f"proposals:{name}", args=args)


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def test_ask_question_gives_the_unit_ten_working_days_and_tells_who_handles_it():
    clerk = walk.unit_clerk()
    row = keys.question()
    questions.ask_question(row, by=make.actor(), today=keys.ASKED_ON)
    row.refresh_from_db()
    assert (row.state, row.unit, row.due_on) == (QuestionState.ASKED, make.unit(), keys.DUE_ON)
    assert "年初问安排，请县交通运输局在 4 月" in told(clerk.user)[-1]
    assert AuditEvent.objects.filter(subject=row._meta.label, now=QuestionState.ASKED).count() == 1


def test_beat_asks_on_the_day_and_not_before_not_twice_and_not_where_there_is_no_unit():
    handed, waits = keys.decided(), keys.decided(walk.proposal(State.ACCEPTED))
    with on(date(2026, 3, 30)):
        assert tasks.ask_key_questions() == 0
    with on(date(2026, 4, 2)):
        assert tasks.ask_key_questions() == 1
        assert tasks.ask_key_questions() == 0
    assert keys.question(handed).asked_on == date(2026, 4, 2)
    assert keys.question(waits).state == QuestionState.PLANNED
    with on(date(2026, 7, 15)):
        assert tasks.ask_key_questions() == 1
    assert keys.question(handed, QuestionStage.PROGRESS).state == QuestionState.ASKED


def test_answer_question_stands_for_good_and_tells_the_lead_and_the_leader():
    leader = make.actor(Role.LEADER)
    row = keys.decided(kind=KeyKind.LEADER, leader=leader.user)
    asked = keys.asked(row)
    answer = questions.answer_question(
        asked, text=" 六月底前装好。 ", by=walk.unit_clerk(), today=keys.ANSWERED_ON
    )
    assert (answer.round, answer.text) == (1, "六月底前装好。")
    assert "回答了“年初问安排”" in told(row.proposal.lead.user)[-1]
    assert "回答了“年初问安排”" in told(leader.user)[-1]
    with pytest.raises(Refused, match="目前是“已回答”"):
        keys.answer(asked)


def test_send_back_answer_asks_once_more_and_no_third_time():
    asked = keys.answered()
    by, clerk = make.actor(Role.LEADER), walk.unit_clerk()
    questions.send_back_answer(asked, words="没有写哪一段。", by=by, today=keys.ANSWERED_ON)
    asked.refresh_from_db()
    assert (asked.state, asked.due_on) == (QuestionState.SENT_BACK, date(2026, 4, 15))
    assert "没有写哪一段。" in told(clerk.user)[-1]
    keys.answer(Question.objects.get(pk=asked.pk), text="桥头到村口 120 米。")
    first, second = asked.answers.order_by("round")
    assert (first.comment, second.comment) == ("没有写哪一段。", "")
    with pytest.raises(Refused, match="已经退回过一次"):
        questions.send_back_answer(asked, words="还是不实。", by=by, today=keys.ANSWERED_ON)
    questions.comment_answer(second, comment="按这个办。", by=by)
    with pytest.raises(Refused, match="已经批注过"):
        questions.comment_answer(second, comment="再说一句。", by=by)


def test_only_the_leader_who_leads_comments_on_what_a_leader_leads():
    leader = make.actor(Role.LEADER)
    answer = keys.answer(keys.asked(keys.decided(kind=KeyKind.LEADER, leader=leader.user)))
    with pytest.raises(Refused, match="批注由领衔督办的领导或者代工委来记"):
        questions.comment_answer(answer, comment="好。", by=make.actor(Role.LEADER))
    questions.comment_answer(answer, comment="好。", by=leader)
    assert KeyAnswer.objects.get().commented_by == leader.user


def test_the_units_page_answers_what_its_desk_shows_late_and_another_units_is_not_found(client):
    asked, late = keys.asked(), date(2026, 4, 20)
    clerk = walk.unit_clerk()
    client.force_login(clerk.user)
    with clock.at(clock.now().replace(year=late.year, month=late.month, day=late.day)):
        desk = client.get(url("unit_desk")).content.decode()
        assert "重点督办等回答 1 问" in desk
        assert "超期" in desk
        page = url("answer_question", asked.pk)
        assert client.get(page).status_code == 200
        wrong = client.post(page, {"words": ""})
        assert (wrong.status_code, "请写明做了什么" in wrong.content.decode()) == (422, True)
        assert client.post(page, {"words": "装好了。"}).status_code == 302
        again = client.post(page, {"words": "又一次。"})
        assert again.status_code == 409
        assert "又一次。" in again.content.decode()
    client.force_login(walk.unit_clerk(make.unit("县水利和湖泊局")).user)
    assert client.get(url("answer_question", asked.pk)).status_code == 404
    client.force_login(make.actor(Role.LEADER).user)
    answer = KeyAnswer.objects.get()
    assert client.get(url("comment_answer", answer.pk)).status_code == 200
    said = client.post(url("send_back_answer", asked.pk), {"words": "哪一段？"})
    assert said.status_code == 302
    client.force_login(make.actor().user)
    assert client.post(url("ask_question", asked.pk)).status_code == 409


def moved(row):
    """The part of that supervision goes to the unit that it objected for."""
    part = Proposal.objects.get(pk=row.proposal_id).lead_assignment
    objection = sheets.objected(part, today=MOVED_ON)
    return objections.uphold_objection(
        objection, unit=objection.better_unit, words="归水利。", by=make.actor(), today=MOVED_ON
    )


def test_a_question_goes_with_the_part_to_the_unit_that_has_it_and_both_are_told(client):
    row = decided_late()
    asked = questions.ask_question(keys.question(row), by=make.actor(), today=LATE)
    old = walk.unit_clerk(asked.unit)
    clerk = walk.unit_clerk(make.unit(sheets.OTHER))
    new = moved(row)
    asked = Question.objects.get(pk=asked.pk)
    assert (asked.state, asked.unit, asked.asked_on) == (QuestionState.ASKED, new.unit, MOVED_ON)
    words = f"改请{sheets.OTHER}在 3 月 26 日前回答，不再请县交通运输局回答。"
    assert any(words in each for each in told(old.user))
    assert any(words in each for each in told(clerk.user))
    with pytest.raises(Refused, match="三问由承办单位自己回答"):
        questions.answer_question(asked, text="我们不办了。", by=old, today=MOVED_ON)
    questions.answer_question(asked, text="六月装。", by=clerk, today=MOVED_ON)
    page = client.get(url("public_detail", row.proposal.number)).content.decode()
    assert "请县交通运输局回答" in page
    assert f"请{sheets.OTHER}回答" in page
    assert f"{sheets.OTHER}回答“年初问安排”" in page


def test_an_answer_of_the_former_unit_stays_its_own_and_sent_back_it_is_the_new_units():
    row = decided_late()
    asked = questions.ask_question(keys.question(row), by=make.actor(), today=LATE)
    questions.answer_question(asked, text="六月装。", by=walk.unit_clerk(asked.unit), today=LATE)
    new = moved(row)
    assert Question.objects.get(pk=asked.pk).unit != new.unit
    questions.send_back_answer(
        Question.objects.get(pk=asked.pk), words="哪一段？", by=make.actor(), today=MOVED_ON
    )
    asked = Question.objects.get(pk=asked.pk)
    assert (asked.state, asked.unit) == (QuestionState.ASKED, new.unit)
    clerk = walk.unit_clerk(new.unit)
    questions.answer_question(asked, text="桥头一段。", by=clerk, today=MOVED_ON)
    lines = timeline.timeline(row.proposal, make.actor(), MOVED_ON)
    said = [each.words for each in lines if each.key.subject == Question._meta.label]
    assert sorted(said) == sorted(
        [
            "年初问安排，请县交通运输局回答",
            "县交通运输局回答“年初问安排”",
            "“年初问安排”的回答不实，请县交通运输局再答",
            f"年初问安排，请{sheets.OTHER}回答",
            f"{sheets.OTHER}回答“年初问安排”",
        ]
    )


def test_what_was_asked_along_with_another_is_asked_of_its_own_unit_when_they_part():
    row = keys.decided(walk.proposal(State.ACCEPTED))
    main = walk.proposal(State.ACCEPTED)
    review.merge(row.proposal, into=main, by=make.actor())
    first = {"shares": walk.shares(), "by": make.actor(), "today": keys.DECIDED_ON}
    assignment.assign(Proposal.objects.get(pk=main.pk), **first)
    asked = keys.asked(KeySupervision.objects.get(pk=row.pk))
    clerk = walk.unit_clerk(asked.unit)
    review.unmerge(Proposal.objects.get(pk=row.proposal_id), by=make.actor())
    with pytest.raises(Refused, match="已经不由本单位办理"):
        questions.answer_question(
            Question.objects.get(pk=asked.pk), text="六月装。", by=clerk, today=keys.ANSWERED_ON
        )
    other = make.unit(sheets.OTHER)
    alone = Proposal.objects.get(pk=row.proposal_id)
    assignment.assign(alone, shares=walk.shares(other), by=make.actor(), today=keys.ANSWERED_ON)
    with on(keys.ANSWERED_ON):
        tasks.ask_key_questions()
        tasks.ask_key_questions()
    asked = Question.objects.get(pk=asked.pk)
    assert (asked.unit, asked.asked_on) == (other, keys.ANSWERED_ON)
