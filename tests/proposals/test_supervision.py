"""重点督办: on the list by one decision, taken back, ended, seen on site; and on every page."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from congress.shared.roles import Role
from deputies.models import DutyRecord
from deputies.states import DutyState
from proposals.actions import publication, questions, submission, supervision
from proposals.models import KeySupervision, Proposal, Question
from proposals.queries import supervision as queries
from proposals.states import State
from proposals.supervision_rules import question_day
from proposals.supervision_states import KeyKind, KeyState, QuestionStage, QuestionState
from tests import make
from tests.deputies.walk import photo, upload
from tests.proposals import keys, walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"proposals:{name}", args=args)


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def duties(code):
    return DutyRecord.objects.filter(item__code=code)


def with_signer():
    row = walk.submitted()
    signer = walk.signed(row).deputy
    for step in (State.ACCEPTED, State.ASSIGNED):
        walk._take(row, step, make.unit(), (), "")
    return Proposal.objects.get(pk=row.pk), signer


def test_decide_key_list_plans_the_questions_tells_everybody_and_reports_the_duties():
    proposal, signer = with_signer()
    other, leader = walk.proposal(State.ACCEPTED), make.actor(Role.LEADER)
    clerk = walk.unit_clerk()
    made = supervision.decide_key_list(
        [other, proposal],
        decision=keys.decision(KeyKind.LEADER, leader=leader.user),
        by=make.director(),
        today=keys.DECIDED_ON,
    )
    assert {each.proposal_id for each in made} == {other.pk, proposal.pk}
    row = KeySupervision.objects.get(proposal=proposal)
    days = dict(row.questions.values_list("stage", "ask_on"))
    assert days == {
        QuestionStage.PLAN: date(2026, 3, 31),
        QuestionStage.PROGRESS: date(2026, 7, 15),
        QuestionStage.RESULT: date(2026, 11, 15),
    }
    trail = AuditEvent.objects.get(subject=row._meta.label, subject_id=row.pk)
    assert (trail.now, keys.MINUTES in trail.note) == (KeyState.STANDING, True)
    said = f"被列为 2026 年重点督办建议，{leader.user.name}领衔督办。"
    assert told(proposal.lead.user)[-1].endswith(said)
    assert told(signer.user)[-1].endswith(said)
    assert told(clerk.user)[-1].endswith(said)
    assert sum("请您领衔督办" in each for each in told(leader.user)) == 2
    assert [each.deputy_id for each in duties("B1").order_by("pk")] == [
        each.proposal.lead_id for each in made
    ]
    assert [each.deputy_id for each in duties("B2")] == [signer.pk]
    assert not duties("B1").exclude(reported_by=None).exists()


def test_one_that_cannot_be_key_stops_the_whole_decision_and_says_which():
    good, bad = walk.proposal(State.ASSIGNED), walk.submitted()
    merged, into = walk.merged()
    for wrong, said in (
        (bad, "目前是“待审查”，不能列为重点"),
        (merged, f"并入 {into.number}办理"),
        (walk.of_township(State.ACCEPTED), "由乡镇人大办理"),
    ):
        with pytest.raises(Refused, match=said):
            keys.decided(wrong)
    with pytest.raises(Refused, match="不能列为重点"):
        supervision.decide_key_list(
            [good, bad], decision=keys.decision(), by=make.director(), today=keys.DECIDED_ON
        )
    assert not KeySupervision.objects.exists()
    leader = make.actor(Role.LEADER).user
    for changes, said in (
        ({"decided_on": date(2026, 3, 11)}, "还没有到"),
        ({"year": 2024}, "年度只能是"),
        ({"minute_number": "　"}, "文号"),
        ({"kind": KeyKind.LEADER}, "要选一位"),
        ({"leader": leader}, "要选一位"),
        ({"kind": KeyKind.MEDIA}, "哪家媒体"),
        ({"kind": KeyKind.LEADER, "leader": make.user("路人")}, "路人目前不是常委会领导"),
    ):
        with pytest.raises(Refused, match=said):
            keys.decided(good, **changes)
    keys.decided(good)
    with pytest.raises(Refused, match="已经是 2026 年的重点督办建议"):
        keys.decided(good)
    row = KeySupervision.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_late_decision_asks_of_the_plan_on_its_day_and_of_what_is_over_no_more():
    row = keys.decided(decided_on=date(2026, 8, 1), today=date(2026, 8, 3))
    assert list(row.questions.values_list("stage", "ask_on")) == [
        (QuestionStage.PLAN, date(2026, 8, 1)),
        (QuestionStage.RESULT, date(2026, 11, 15)),
    ]


@pytest.mark.parametrize(("figure", "day"), [(231, date(2026, 2, 28)), (1305, date(2026, 12, 5))])
def test_a_day_that_its_month_does_not_have_is_the_months_last(figure, day):
    Setting.objects.create(key="proposals.key_plan_day", value=figure, from_on=date(2026, 1, 1))
    assert question_day(QuestionStage.PLAN, 2026, keys.DECIDED_ON) == day


def test_take_back_key_undoes_it_all_until_the_unit_has_answered():
    row = keys.decided()
    supervision.take_back_key(row, reason="重复列了。", by=make.director(), today=keys.DECIDED_ON)
    row.refresh_from_db()
    assert (row.state, row.ending_words) == (KeyState.TAKEN_BACK, "重复列了。")
    assert {each.state for each in row.questions.all()} == {QuestionState.LAPSED}
    assert {each.state for each in duties("B1")} == {DutyState.WITHDRAWN}
    assert "撤销重点督办：重复列了。" in told(row.proposal.lead.user)[-1]
    again = keys.decided(row.proposal)
    assert duties("B1").exclude(state=DutyState.WITHDRAWN).count() == 1
    who = {"checked_by": make.user(), "verified_by": make.user()}
    seen = {"checked_at": clock.now(), "verified_at": clock.now(), "state": DutyState.VERIFIED}
    duties("B1").filter(state=DutyState.REPORTED).update(**who, **seen)
    with pytest.raises(Refused, match="已经核实入账，请先在积分账上冲正"):
        supervision.take_back_key(
            again, reason="记错了。", by=make.director(), today=keys.DECIDED_ON
        )
    keys.answer(keys.asked(again))
    with pytest.raises(Refused, match="单位已经回答过，不能再撤销"):
        supervision.take_back_key(
            again, reason="记错了。", by=make.director(), today=keys.DECIDED_ON
        )


def test_end_supervision_and_a_withdrawal_leave_no_question_open():
    row = keys.decided()
    keys.asked(row)
    supervision.end_supervision(
        row, words="护栏装好了。", by=make.director(), today=keys.ANSWERED_ON
    )
    assert not Question.objects.exclude(state=QuestionState.LAPSED).exists()
    other = keys.decided()
    submission.withdraw(
        other.proposal,
        reason="已经修好。",
        by=make.as_deputy(other.proposal.lead),
        today=keys.ANSWERED_ON,
    )
    other.refresh_from_db()
    assert (other.state, other.ended_on) == (KeyState.ENDED, keys.ANSWERED_ON)


def test_record_site_note_is_the_leading_leaders_or_the_offices_and_keeps_the_picture(client):
    leader, other = make.actor(Role.LEADER), make.actor(Role.LEADER)
    row = keys.decided(kind=KeyKind.LEADER, leader=leader.user)
    said = {"went_on": keys.DECIDED_ON, "place": "桃园村", "people": "3 人"}
    said |= {"seen": "没装。", "next_step": "再来。", "today": keys.DECIDED_ON}
    with pytest.raises(Refused, match="由领衔督办的领导或者代工委来记"):
        supervision.record_site_note(row, **said, by=other)
    note = supervision.record_site_note(row, **said, photo=photo("teal"), by=leader)
    assert "现场督办，桃园村" in told(row.proposal.lead.user)[-1]
    for changes, words in (
        ({}, "已经记过"),
        ({"went_on": date(2026, 3, 11)}, "还没有到"),
        ({"went_on": date(2026, 3, 1)}, "不会更早"),
    ):
        with pytest.raises(Refused, match=words):
            supervision.record_site_note(row, **(said | changes), by=leader)
    client.force_login(leader.user)
    shown = client.get(url("site_photo", note.pk))
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    client.force_login(make.as_deputy(make.deputy()).user)
    assert client.get(url("site_photo", note.pk)).status_code == 404


def test_the_directors_pages_pick_confirm_and_record_and_what_is_wrong_comes_back(client):
    proposal, leader = walk.proposal(State.ASSIGNED), make.actor(Role.LEADER)
    client.force_login(make.director().user)
    listed = client.get(url("key_candidates")).content.decode()
    assert proposal.title in listed
    assert client.get(url("decide_key_list")).status_code == 302
    page = client.get(f"{url('decide_key_list')}?proposal={proposal.pk}").content.decode()
    assert "要定为重点的 1 件" in page
    sent = {
        "proposal": proposal.pk,
        "year": 2026,
        "kind": "leader",
        "leader": leader.user.pk,
        "decided_on": "2026-03-10",
        "minute_number": keys.MINUTES,
    }
    wrong = client.post(url("decide_key_list"), sent | {"minute_number": ""})
    assert wrong.status_code == 422
    assert "请填会议纪要的文号" in wrong.content.decode()
    refused = client.post(url("decide_key_list"), sent | {"leader": ""})
    assert refused.status_code == 409
    assert keys.MINUTES in refused.content.decode()
    assert client.post(url("decide_key_list"), sent).status_code == 302
    row = KeySupervision.objects.get()
    assert proposal.title not in client.get(url("key_candidates")).content.decode()
    sent = {"went_on": "2026-03-12", "place": "桥头", "people": "3 人"}
    sent |= {"seen": "没装。", "next_step": "再来。", "photo": upload("teal")}
    assert client.post(url("record_site_note", row.pk), sent).status_code == 302
    page = client.get(url("key_page", row.pk)).content.decode()
    assert "现场照片" in page
    bad = SimpleUploadedFile("a.jpg", b"no picture")
    answer = client.post(url("record_site_note", row.pk), sent | {"place": "村口", "photo": bad})
    assert answer.status_code == 422
    for name in ("take_back_key", "end_supervision"):
        assert client.get(url(name, row.pk)).status_code == 200
        assert client.post(url(name, row.pk), {"words": ""}).status_code == 422
    assert client.post(url("end_supervision", row.pk), {"words": "装好了。"}).status_code == 302


def test_what_is_key_carries_its_mark_and_the_public_reads_answers_and_no_comments(client):
    row = keys.commented().question.supervision
    proposal, plain = row.proposal, walk.proposal(State.ASSIGNED, title="关于疏通西沟排水渠的建议")
    public = client.get(f"{url('public_list')}?key=1").content.decode()
    assert proposal.title in public
    assert plain.title not in public
    page = client.get(url("public_detail", proposal.number)).content.decode()
    assert "重点督办" in page
    assert "六月底前装好护栏。" in page
    assert "要快。" not in page
    client.force_login(walk.unit_clerk().user)
    desk = client.get(url("unit_desk")).content.decode()
    assert "重点督办 1" in desk
    only = client.get(f"{url('unit_desk')}?key=1").context["desk"].shown
    assert [each.assignment.proposal_id for each in only] == [proposal.pk]
    assert "要快。" in client.get(url("case", proposal.pk)).content.decode()
    client.force_login(make.as_deputy(proposal.lead).user)
    own = client.get(url("detail", proposal.pk)).content.decode()
    assert "六月底前装好护栏。" in own
    assert "要快。" not in own
    publication.withhold(proposal, reason="涉及商业秘密。", whole=True, by=make.actor())
    client.logout()
    assert client.get(url("public_detail", proposal.number)).status_code == 404


def test_what_is_not_asked_any_more_is_not_said_to_have_been_asked():
    row = keys.decided(decided_on=date(2026, 8, 1), today=date(2026, 8, 1))
    for each in list(row.questions.all()):
        asked = questions.ask_question(each, by=make.actor(), today=date(2026, 11, 16))
        keys.answer(asked)
    found = queries.key_lines(date(2026, 11, 30), year=2026)
    assert found[0].next == "三问问过 2 问，其余不再补问"


def test_what_an_earlier_year_still_waits_for_is_said_beside_the_list_of_the_new_one(client):
    row = keys.asked().supervision
    keys.decided(walk.proposal(State.ASSIGNED))
    words = "2026 年的重点督办还有 1 件的问题等承办单位回答"
    with on(date(2027, 1, 11)):
        for by, name in (
            (make.director(), "proposals:key_list"),
            (make.actor(Role.LEADER), "home:front"),
        ):
            client.force_login(by.user)
            shown = client.get(reverse(name)).content.decode()
            assert (words in shown, f"{url('key_list')}?year=2026" in shown) == (True, True), name
        client.force_login(make.director().user)
        older = client.get(f"{url('key_list')}?year=2026").content.decode()
    assert (words in older, row.proposal.number in older) == (False, True)


def test_the_sheet_of_each_month_that_has_begun_is_a_link_beside_its_year(client):
    leader = make.actor(Role.LEADER).user
    keys.asked()
    client.force_login(make.director().user)
    sheet = f"{url('month_page', 2026, 12)}?leader={leader.pk}"
    for today, in_both in ((date(2026, 11, 30), False), (date(2027, 1, 4), True)):
        with on(today):
            shown = client.get(f"{url('key_list')}?year=2026").text
            assert (sheet in shown) is (client.get(sheet).status_code == 200) is in_both
            assert f"{url('month_page', 2026, 10)}?leader={leader.pk}" in shown
