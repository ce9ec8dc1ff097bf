"""A deputy's first screen: what waits goes when it is done; the dates; the year so far."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from deputies.actions import duties as duty_verbs
from deputies.models import CommitteePost
from deputies.states import Answer, DutyState, LiaisonKind
from proposals.actions import meetings, signing, submission
from proposals.models import Proposal
from proposals.rating_states import Satisfaction
from proposals.states import Kind, Stage, State
from scoring.actions import cycles
from tests import make
from tests.deputies import contact, fields, plans, voters
from tests.deputies import walk as duties
from tests.home.screens import calm, front, opened, price
from tests.proposals import walk as proposals
from tests.scoring import facts, year

pytestmark = pytest.mark.django_db
NOTHING = "今天没有等您的事"


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


@pytest.fixture
def person():
    return calm()


def test_nothing_waits_and_the_page_says_so(person):
    text, html = front(person.user)
    assert f"罗明贵代表，{NOTHING}" in text
    assert "接待日 还有 8 天 还没有安排您进驻的联络站" in text
    assert f'href="{reverse("deputies:report")}">＋ 记一次履职' in html


def test_a_returned_record_waits_with_its_reason_until_it_is_mended(person):
    record = duties.duty(DutyState.RETURNED, person)
    text, html = front(person.user)
    assert "有 1 件事 等您" in text
    assert "5 月 12 日走访选民 2 户。看不到人，补一张。" in text
    assert "按期 · 还有 5 个工作日" in text
    assert f'href="{reverse("deputies:resubmit", args=[record.pk])}">补一补' in html

    duty_verbs.resubmit(record, **duties.mended(record))
    assert NOTHING in front(person.user)[0]


def test_what_an_organiser_told_is_not_the_deputys_to_mend(person):
    record = duties.told(person, by=make.actor())
    duty_verbs.send_back(record, reason="人数不对。", by=make.actor())
    assert NOTHING in front(person.user)[0]


def test_a_meeting_waits_for_the_lead_deputys_word(person):
    proposal = proposals.proposal(State.ASSIGNED, lead=person)
    assert NOTHING in front(person.user)[0]
    proposals.met(proposal.lead_assignment, Stage.BEFORE)
    text, html = front(person.user)
    assert "见过面吗 今天到的" in text
    assert "县交通运输局登记了见面，请您确认办前见面。" in text
    assert f'href="{reverse("proposals:detail", args=[proposal.pk])}">去确认' in html

    meeting = proposal.lead_assignment.meetings.get()
    meetings.confirm_meeting(meeting, by=make.as_deputy(person))
    assert NOTHING in front(person.user)[0]


def test_a_reply_waits_for_the_rating_and_not_after_the_last_day(person):
    proposals.proposal(State.ANSWERED, lead=person)
    assert "5 月 26 日前评价答复" in front(person.user)[0]
    with facts.on(proposals.RATE_UNTIL + timedelta(days=1)):
        assert NOTHING in front(person.user)[0]

    proposals.rate(
        Proposal.objects.get().reply,
        process=Satisfaction.SATISFIED,
        result=Satisfaction.SATISFIED,
        words="",
        by=make.as_deputy(person),
        today=make.TODAY,
    )
    assert NOTHING in front(person.user)[0]


def test_a_proposal_sent_back_waits_to_be_mended(person):
    proposal = proposals.proposal(State.RETURNED, lead=person)
    text, html = front(person.user)
    assert "建议退回了" in text
    assert "请写清是哪一座桥。" in text
    assert f'href="{reverse("proposals:resubmit", args=[proposal.pk])}">改好再提' in html


def test_the_self_review_waits_until_it_is_given(person):
    cycle = opened()
    text, html = front(person.user)
    assert "2026 年自评" in text
    assert f'href="{reverse("scoring:self_review")}?cycle={cycle.pk}&amp;step=self">写自评' in html

    year.self_review(cycle, person)
    assert NOTHING in front(person.user)[0]


def test_who_sits_in_two_congresses_is_asked_for_the_review_of_either():
    both = calm(levels=("county", "township"))
    assembly = make.assembly("township", make.township())
    table = year.from_today(make.TODAY, 2026)
    how = {"by": make.director(), "today": make.TODAY, "table": table}
    cycles.open_cycle(assembly, year=2026, **how)
    assert "2026 年自评" in front(both.user)[0]


def test_a_text_changed_after_one_signed_is_a_task_of_its_own_until_signed_anew(person):
    bill = proposals.signing(kind=Kind.INTERSESSION, today=make.TODAY)
    proposals.signed(bill, person, today=make.TODAY)
    lead, client = make.as_deputy(bill.lead), Client()
    client.force_login(lead.user)
    assert "正文改过" not in front(person.user)[0]
    submission.reword(bill, by=lead, today=make.TODAY, **proposals.words("换一个题目"))
    text, html = front(person.user)
    assert "正文改过，请再看" in text
    assert "您附议过“换一个题目”" in text
    assert f'href="{reverse("proposals:detail", args=[bill.pk])}">看改了哪里' in html
    assert "件建议等人附议" not in text
    page = client.get(reverse("proposals:detail", args=[bill.pk]))
    assert f"正文改过，等重新附议：</b>{person.name}" in page.content.decode()
    proposals.signed(bill, person, today=make.TODAY)
    assert "正文改过" not in front(person.user)[0]
    page = client.get(reverse("proposals:detail", args=[bill.pk]))
    assert "等重新附议" not in page.content.decode()


def test_proposals_open_for_signatures_are_one_line_until_signed(person):
    rows = [proposals.proposal(title=f"关于修第 {n} 座桥的建议") for n in range(2)]
    text, html = front(person.user)
    assert "有 1 件事 等您" in text
    assert "2 件建议等人附议" in text
    assert f'href="{reverse("proposals:to_cosign")}">去看看' in html
    for row in rows:
        signing.cosign(row, deputy=person, by=make.as_deputy(person), today=make.TODAY)
    assert NOTHING in front(person.user)[0]


def test_a_voters_message_waits_with_its_days_until_it_is_answered(person):
    message = voters.sent(person)
    text, html = front(person.user)
    assert "群众给您留言" in text
    assert "桃园村四组：桃园村四组的路灯坏了两个月" in text
    assert "13987654321" not in html
    with facts.on(make.TODAY + timedelta(days=8)):
        assert "超期 1 个工作日" in front(person.user)[0]

    voters.answered(message)
    assert NOTHING in front(person.user)[0]


def test_many_messages_are_one_line_as_urgent_as_the_oldest(person):
    for number in range(4):
        voters.sent(person, letter=replace(voters.LETTER, words=f"第 {number} 盏路灯坏了"))
    text, html = front(person.user)
    assert "有 1 件事 等您" in text
    assert "4 条群众留言等答复" in text
    assert f'href="{reverse("deputies:messages")}">去答复' in html


def test_an_invitation_waits_for_yes_or_no_and_then_is_a_date_ahead(person):
    day = make.TODAY + timedelta(days=3)
    study = fields.called(person, starts_on=day, of=_joined(person))
    text, html = front(person.user)
    assert "邀请您参加调研" in text
    assert "县财政局 · 等您回复" in text
    assert f'href="{reverse("deputies:invited", args=[study.pk])}">回复去不去' in html

    fields.answered(Answer.YES, row=study.invitations.get())
    text, _ = front(person.user)
    assert NOTHING in text
    assert "还有 3 天 县财政局 · 您要参加" in text
    assert "财经专业代表小组 还没有组长" in text


def _joined(person):
    fields.join(person)
    return fields.group()


@pytest.mark.parametrize("kind", list(LiaisonKind))
def test_a_contact_not_kept_this_quarter_waits_until_it_is_written_down(kind, person):
    contact.post(person, contact.POST[kind])
    row = contact.assigned(kind, who=person)
    text, html = front(person.user)
    assert "第二季度还没有联系" in text
    assert f'href="{reverse("deputies:record_contact", args=[row.pk])}">登记联系' in html
    assert "我联系的 1 项" in text

    contact.contacted(row)
    assert NOTHING in front(person.user)[0]
    assert CommitteePost.objects.count() == 1


def test_pledges_wait_until_they_are_written():
    new = make.deputy()
    make.as_deputy(new)
    text, html = front(new.user)
    assert "承诺还没有写" in text
    assert f'href="{reverse("deputies:pledge", args=[new.pk])}">写承诺' in html
    voters.pledged(new)
    assert NOTHING in front(new.user)[0]


def test_what_waits_comes_by_due_date_and_then_by_age(person):
    opened()
    voters.sent(person)
    duties.duty(DutyState.RETURNED, person)
    proposals.proposal(title="关于修桥的建议")
    text, _ = front(person.user)
    order = ["履职记录退回了", "群众给您留言", "2026 年自评", "1 件建议等人附议"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_deputy_sees_nothing_of_what_waits_for_another(person):
    other = make.deputy()
    duties.duty(DutyState.RETURNED, other)
    proposals.proposal(State.ANSWERED, lead=other)
    voters.sent(other)
    contact.assigned(who=contact.holder(name="何守信"), target=other)
    assert NOTHING in front(person.user)[0]


def more(person):
    """One more row of everything that the desk lists."""
    number = make.serial()
    duties.duty(DutyState.RETURNED, person, quantity=1, done_on=date(2026, 5, 1 + number % 9))
    proposals.proposal(State.ANSWERED, lead=person)
    proposals.proposal(State.RETURNED, lead=person)
    proposals.proposal(State.SUBMITTED)
    begun = proposals.proposal(State.ASSIGNED, lead=person, unit=make.unit(f"{number}局"))
    proposals.met(begun.lead_assignment, Stage.BEFORE)
    voters.sent(person, letter=replace(voters.LETTER, words=f"第 {number} 盏路灯坏了"))
    of = fields.group(f"第{number}专业小组")
    fields.join(person, of=of)
    fields.called(person, of=of)
    contact.assigned(who=person)
    facts.posted(person, "C1", on=date(2026, 4, 20), by=make.director())
    items = [plans.Item(5, 6, f"工作 {number}", "代工委")]
    place = make.assembly("township", make.township(f"{number}镇"))
    plans.published(plans.draft(items, year=2026, assembly=place))


def test_the_desk_costs_the_same_at_one_row_and_at_three():
    person = calm(levels=("county", "township"))
    contact.post(person)
    facts.book()
    facts.book("township")
    opened()
    more(person)
    first = price(person.user)
    more(person)
    more(person)
    assert price(person.user) == first
