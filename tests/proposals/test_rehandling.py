"""重新办理: in batches, in the committee's words, with a clock of its own; then both convened."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from lxml import html

from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.roles import Role
from proposals import tasks
from proposals.actions import convening, rehandling
from proposals.models import Proposal, Rehandling
from proposals.rating_states import ConveningState, RehandlingState, Satisfaction
from proposals.states import State
from tests import make
from tests.proposals import walk
from tests.proposals.verbs_rated import AFTER, LATER, ORDER, answered, convened, ordered, rated
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 29)
"""A month from 27 May is a Saturday."""


def told(person):
    return list(Notice.objects.filter(person=person).values_list("key", flat=True))


def test_an_order_has_its_own_last_day_and_tells_clerk_and_head_alone():
    clerk, head = walk.unit_clerk().user, walk.unit_head().user
    row = rated()
    order = ordered(row)
    assert (order.state, order.round, order.due_on) == (RehandlingState.ORDERED, 1, DUE)
    key = f"proposal.rehandling:{order.pk}"
    assert [key in told(each) for each in (clerk, head, row.lead.user)] == [True, True, False]


def test_a_batch_is_ordered_whole_or_not_at_all_and_may_hold_a_pick_of_the_look_back():
    bad, pick, late = rated(), walk.proposal(State.ANSWERED), walk.proposal(State.ANSWERED)
    by = {"by": make.actor(), "today": AFTER}
    walk.answered(Proposal.objects.get(pk=late.pk).lead_assignment, today=AFTER)
    with pytest.raises(Refused, match=f"{late.number}：评价 6 月 25 日才截止"):
        rehandling.order_rehandling([(bad.reply, ORDER), (late.reply, ORDER)], **by)
    assert not Rehandling.objects.exists()
    both = rehandling.order_rehandling([(bad.reply, ORDER), (pick.reply, ORDER)], **by)
    assert [each.words for each in both] == [ORDER, ORDER]


def test_no_order_before_the_last_day_to_rate_and_none_in_the_deputys_words():
    row = walk.proposal(State.ANSWERED)
    said = {"process": Satisfaction.FAIR, "result": Satisfaction.UNSATISFIED}
    own = "护栏只装了北边那一段，南边娃娃上学还是怕"
    by = make.as_deputy(row.lead)
    walk.rate(row.reply, words=own, by=by, today=walk.REPLIED_ON, **said)
    office = make.actor()
    with pytest.raises(Refused, match="5 月 26 日才截止"):
        rehandling.order_rehandling([(row.reply, ORDER)], by=office, today=walk.RATE_UNTIL)
    quoted = "请解决：那一段，南边娃娃 上学还是怕的问题"
    with pytest.raises(Refused, match="连着 10 个字"):
        rehandling.order_rehandling([(row.reply, quoted)], by=office, today=AFTER)
    with pytest.raises(Refused, match="用代工委自己的话"):
        rehandling.order_rehandling([(row.reply, "  ")], by=office, today=AFTER)


@pytest.mark.parametrize("state", [State.ANSWERED, State.PUBLISHED])
def test_the_unit_answers_by_its_ordinary_verbs_though_all_is_public_already(state):
    order = answered(ordered(rated(state)))
    assert (order.state, order.answer.version) == (RehandlingState.ANSWERED, 2)
    assert order.ended_on == AFTER
    row = Proposal.objects.get(pk=order.assignment.proposal_id)
    assert (row.state, row.reply) == (state, order.answer)
    by, fair = make.as_deputy(row.lead), Satisfaction.FAIR
    again = walk.rate(row.reply, process=fair, result=fair, by=by, today=AFTER)
    assert again.number == 1


def test_what_is_public_and_not_ordered_is_answered_no_more():
    row = walk.proposal(State.PUBLISHED)
    with pytest.raises(Refused):
        walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, today=AFTER)


def test_reminders_go_to_the_head_from_the_first_on_and_to_leaders_once_late():
    head, leader = walk.unit_head().user, make.actor(Role.LEADER).user
    ordered()
    for day, more in ((DUE - timedelta(days=9), 0), (DUE + timedelta(days=1), 1)):
        with on(day):
            assert (tasks.remind_rehandlings(), tasks.remind_rehandlings()) == (1, 1)
        found = [sum("rehandling_due" in key for key in told(each)) for each in (head, leader)]
        assert found == [1 + more, more]


def test_the_units_desk_and_case_say_what_is_to_be_done_by_when(client):
    order = ordered()
    client.force_login(walk.unit_clerk().user)
    with on(AFTER):
        for page in ("unit_desk", "case"):
            args = [order.assignment.proposal_id] if page == "case" else []
            seen = client.get(reverse(f"proposals:{page}", args=args)).content.decode()
            assert (ORDER in seen, "6 月 29 日前再答复" in seen) == (True, True)


def test_the_office_orders_what_is_ticked_and_gets_back_what_was_refused(client):
    row = rated()
    client.force_login(make.actor().user)
    page = reverse("proposals:rehandlings")
    sent = {"reply": [row.reply.pk], f"words_{row.reply.pk}": ""}
    with on(AFTER):
        shown = client.get(page).content.decode()
        assert "结果不满意" in shown
        (box,) = html.fromstring(shown).xpath("//input[@name='reply']")
        assert box.attrib["aria-label"] == f"选“{row.reply.assignment.proposal.title}”的答复"
        refused = client.post(reverse("proposals:order_rehandling"), sent)
        assert (refused.status_code, "checked" in refused.content.decode()) == (409, True)
        sent[f"words_{row.reply.pk}"] = ORDER
        seen = client.post(reverse("proposals:order_rehandling"), sent, follow=True)
    assert ORDER in seen.content.decode()
    client.force_login(make.actor(Role.LEADER).user)
    with on(AFTER):
        assert "不满意</" not in client.get(page).content.decode()


def test_both_sides_are_convened_and_what_they_agree_is_written_down(client):
    row = convened()
    lead = row.assignment.proposal.lead.user
    assert f"proposal.convening:{row.pk}" in told(lead)
    office = {"by": make.actor(), "today": LATER}
    with pytest.raises(Refused, match="谁到了场"):
        convening.record_convening(row, people="", agreed="装完。", **office)
    client.force_login(make.actor().user)
    sent = {"people": "代表、局长", "agreed": "12 月 20 日前装完。"}
    with on(LATER):
        client.post(reverse("proposals:record_convening", args=[row.pk]), sent)
    row.refresh_from_db()
    assert (row.state, row.agreed) == (ConveningState.HELD, "12 月 20 日前装完。")


def test_nobody_is_convened_before_the_further_answer_has_been_rated():
    order = answered()
    said = {"meets_on": LATER, "place": "会议室", "by": make.actor()}
    with pytest.raises(Refused, match="再次答复的评价截止"):
        convening.convene(order, today=order.answer.rate_until, **said)
