"""调整期限: what a holiday announced late moves, shown before and told after."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Workday
from proposals.actions import clocks
from proposals.actions.due_days import renew
from proposals.models import Answer, RatingWindow, Reply
from proposals.permissions.evaluation import why_not_rate
from proposals.queries import deputies
from proposals.queries.clocks import day
from proposals.queries.due_changes import due_changes, seal_of
from proposals.queries.objections import why_objection
from proposals.queries.papers import feedback
from proposals.queries.stood import on_paper
from proposals.queries.terms import DueDays
from proposals.queries.timeline import timeline
from proposals.states import SheetState, State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk

pytestmark = pytest.mark.django_db
ASKED_ON = date(2026, 5, 12)


def rate_page(reply):
    return reverse("proposals:rate", args=[reply.pk])


def holiday(day=walk.DUE_ON):
    Workday.objects.update_or_create(on=day, defaults={"works": False, "reason": "县庆放假"})


def recompute(**changes):
    given = {"seal": seal_of(due_changes(ASKED_ON)), "by": make.actor(), "today": ASKED_ON}
    return clocks.recompute(**(given | changes))


def test_recompute_moves_what_a_late_holiday_touches_and_nothing_else():
    touched = facts.handed()
    other = walk.proposal(State.ACCEPTED)
    walk.assignment.assign(other, shares=walk.shares(), by=make.actor(), today=date(2026, 3, 9))
    holiday()
    assert recompute() == 1
    assert facts.again(touched).due_on == date(2026, 6, 9)
    other.refresh_from_db()
    assert other.due_on == date(2026, 6, 9)
    assert AuditEvent.objects.filter(now="recomputed").count() == 1
    assert not due_changes(ASKED_ON)


def test_a_day_that_moves_there_and_back_is_told_each_time():
    part, days = facts.handed(), [walk.DUE_ON + timedelta(days=more) for more in (1, 0, 1)]
    for works in (False, True, False):
        Workday.objects.update_or_create(on=walk.DUE_ON, defaults={"works": works})
        recompute()
    rows = Notice.objects.filter(person=part.proposal.lead.user, text__contains="调整为")
    assert [
        f"调整为{clocks.in_full(each)}" in row.text
        for each, row in zip(days, rows.order_by("pk"), strict=True)
    ] == [True] * 3


def test_recompute_moves_the_last_day_for_objections_while_the_units_are_heard():
    clerk, sheet = walk.unit_clerk(), facts.sheet(SheetState.REHEARSED)
    holiday(facts.OBJECT_UNTIL)
    (change,) = due_changes(facts.REHEARSED_ON)
    after = facts.OBJECT_UNTIL + timedelta(days=1)
    assert (change.before, change.after, change.moved) == (facts.OBJECT_UNTIL, after, "晚 1 天")
    begins, last, free = change.why
    assert begins == (day(facts.REHEARSED_ON), "预交办，请单位看，次日起算")
    assert (last.when, last.words.split("（")[0]) == (day(after), "第 5 个工作日")
    assert free == ("2 天", "中间的周末和节假日，不算在内")
    assert recompute(seal=seal_of([change]), today=facts.REHEARSED_ON) == 1
    sheet.refresh_from_db()
    assert sheet.object_until == after
    assert Notice.objects.filter(person=clerk.user, key__startswith="proposal.heard_until").exists()


def test_recompute_moves_the_last_day_to_rate_everywhere_and_the_deputy_learns_of_it():
    proposal = walk.proposal(State.ANSWERED)
    reply, lead = proposal.reply, make.as_deputy(proposal.lead)
    holiday(walk.RATE_UNTIL)
    (change,) = due_changes(walk.REPLIED_ON)
    after = walk.RATE_UNTIL + timedelta(days=1)
    assert (change.of, change.who) == ("评价截止", f"{proposal.lead.name}代表")
    assert (change.before, change.after) == (walk.RATE_UNTIL, after)
    assert change.why[1].when == day(after)
    assert why_not_rate(lead, reply, after)
    assert recompute(seal=seal_of([change]), today=walk.REPLIED_ON) == 1
    moved = Reply.objects.get(pk=reply.pk)
    assert (moved.first_rate_until, moved.rate_until) == (walk.RATE_UNTIL, after)
    answer = Answer.objects.select_related("reply").get(reply=reply)
    assert answer.reply.rate_until == Reply._base_manager.get(pk=reply.pk).rate_until == after
    assert not why_not_rate(lead, moved, after)
    assert why_not_rate(lead, moved, after + timedelta(days=1))
    assert feedback(moved, make.actor()).until == on_paper(after)
    (owed,) = [each for line in deputies.mine(lead, after) for each in line.owed]
    assert owed.until == after
    told = Notice.objects.get(person=lead.user, key__startswith="proposal.rate_until")
    assert (f"调整为{clocks.in_full(after)}" in told.text, told.link) == (True, rate_page(reply))
    read = [line.words for line in timeline(proposal, lead, walk.REPLIED_ON)]
    assert f"调整为 {day(after)}" in " ".join(read)
    assert due_changes(walk.REPLIED_ON) == []


def test_a_window_for_ratings_that_has_closed_is_not_opened_anew_nor_closed_for_the_past():
    proposal = walk.proposal(State.ANSWERED)
    holiday(walk.RATE_UNTIL)
    assert due_changes(walk.RATE_UNTIL + timedelta(days=1)) == []
    Workday.objects.filter(on=walk.RATE_UNTIL).delete()
    saturday = walk.REPLIED_ON + timedelta(days=5 - walk.REPLIED_ON.weekday())
    Workday.objects.update_or_create(on=saturday, defaults={"works": True, "reason": "补班"})
    assert due_changes(walk.RATE_UNTIL) == [], "earlier by a day, which would be over"
    (change,) = due_changes(walk.REPLIED_ON)
    assert (change.row, change.after < walk.RATE_UNTIL) == (proposal.reply, True)


def test_only_the_newest_reply_is_still_rated():
    proposal = walk.proposal(State.ANSWERED)
    walk.answered(facts.again(proposal.lead_assignment))
    holiday(walk.RATE_UNTIL)
    (change,) = due_changes(walk.REPLIED_ON)
    assert change.row.version == 2


def test_the_database_keeps_every_last_day_to_rate():
    window = RatingWindow.objects.create(
        reply=walk.proposal(State.ANSWERED).reply, until=walk.RATE_UNTIL
    )
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RatingWindow.objects.filter(pk=window.pk).update(until=walk.REPLIED_ON)


def test_a_window_for_objections_that_has_closed_is_not_opened_anew():
    facts.sheet(SheetState.REHEARSED)
    holiday(facts.OBJECT_UNTIL)
    assert due_changes(facts.OBJECT_UNTIL + timedelta(days=1)) == []


def made_up(on):
    """A day off that is worked, announced late."""
    Workday.objects.update_or_create(on=on, defaults={"works": True, "reason": "调休补班"})


def test_a_window_for_objections_is_not_closed_for_a_day_that_is_over():
    sheet = facts.sheet(SheetState.REHEARSED)
    made_up(date(2026, 3, 1))
    assert due_changes(facts.OBJECT_UNTIL) == []
    part = sheet.lines.first()
    assert why_objection(part)[-1] == (
        f"{day(facts.OBJECT_UNTIL)} 周三",
        "先前告知的最后一天，没有改到更早，到这一天都算按期",
    )
    (change,) = due_changes(facts.OBJECT_UNTIL - timedelta(days=1))
    assert change.after == facts.OBJECT_UNTIL - timedelta(days=1)
    assert "没有改到更早" not in str(change.why)


def test_the_last_day_of_a_reply_is_not_moved_into_the_past():
    part = facts.handed()
    made_up(date(2026, 6, 6))
    assert due_changes(walk.DUE_ON) == []
    assert renew(part, walk.DUE_ON) == (walk.DUE_ON, walk.DUE_ON)
    when, words = DueDays().why(facts.again(part))[-1]
    assert (when, "没有改到更早" in words) == (f"{day(walk.DUE_ON)} 周一", True)
    (change,) = due_changes(date(2026, 6, 6))
    assert (change.after, "没有改到更早" in str(change.why)) == (date(2026, 6, 6), False)


def test_who_was_late_is_given_the_day_that_a_late_holiday_adds():
    facts.handed()
    holiday()
    (change,) = due_changes(date(2026, 6, 20))
    assert (change.before, change.after) == (walk.DUE_ON, date(2026, 6, 9))


def test_recompute_is_refused_when_nothing_differs_or_something_else_does():
    facts.handed()
    with pytest.raises(Refused, match="不用调整"):
        recompute()
    seal = seal_of(due_changes(ASKED_ON))
    holiday()
    with pytest.raises(Refused, match="再看一遍"):
        recompute(seal=seal)


def test_the_list_of_changes_costs_the_same_at_1_row_and_at_3(django_assert_num_queries):
    def one():
        facts.handed(), walk.proposal(State.ANSWERED), facts.sheet(SheetState.REHEARSED)

    one()
    with django_assert_num_queries(14):
        due_changes(facts.REHEARSED_ON)
    one(), one()
    with django_assert_num_queries(14):
        due_changes(facts.REHEARSED_ON)
