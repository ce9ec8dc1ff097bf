"""Two verbs on one proposal at once: whoever comes second meets what is left, and says so."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from congress.shared.errors import Refused
from congress.shared.models import Workday
from proposals.actions import (
    assignment,
    deliveries,
    locking,
    opinions,
    receiving,
    sheets,
    submission,
)
from proposals.models import Assignment, Sheet
from proposals.states import Part, SheetState, State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.race import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN = {"text": "同意。", "file_number": "竹财函〔2026〕1 号", "signer": "王某"}


@pytest.fixture(autouse=True)
def calendar():
    """The one day off that `walk` lets pass is nobody else's."""
    yield
    Workday.objects.filter(on=walk.DUE_ON).delete()


def withdraws(proposal, today):
    lead = make.as_deputy(proposal.lead)
    return lambda: submission.withdraw(proposal, reason="不提了", by=lead, today=today)


def states(sheet):
    parts = Assignment.objects.filter(sheet=sheet).order_by("pk")
    return [(part.proposal.state, part.state) for part in parts.select_related("proposal")]


def test_settle_hands_over_what_is_left_when_a_lead_withdraws_meanwhile():
    sheet, by = facts.sheet(SheetState.REHEARSED), make.actor()
    first = sheet.lines.order_by("pk").first().proposal
    meanwhile(
        withdraws(first, facts.SETTLED_ON),
        lambda: sheets.settle(sheet, by=by, today=facts.SETTLED_ON),
    )
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.SETTLED
    assert states(sheet) == [(State.WITHDRAWN, Part.REMOVED), (State.ASSIGNED, Part.HANDED)]


def test_rehearse_shows_what_is_left_when_a_lead_withdraws_meanwhile():
    sheet, by = facts.sheet(), make.actor()
    first = sheet.lines.order_by("pk").first().proposal
    meanwhile(
        withdraws(first, facts.REHEARSED_ON),
        lambda: sheets.rehearse(sheet, by=by, today=facts.REHEARSED_ON),
    )
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.REHEARSED
    assert states(sheet) == [(State.WITHDRAWN, Part.REMOVED), (State.REHEARSED, Part.PLANNED)]


def test_drop_sheet_gives_back_what_is_left_when_a_lead_withdraws_meanwhile():
    sheet, by = facts.sheet(SheetState.REHEARSED), make.actor()
    first = sheet.lines.order_by("pk").first().proposal
    meanwhile(
        withdraws(first, facts.SETTLED_ON),
        lambda: sheets.drop_sheet(sheet, reason="重排", by=by, today=facts.SETTLED_ON),
    )
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.DROPPED
    assert states(sheet) == [(State.WITHDRAWN, Part.REMOVED), (State.ACCEPTED, Part.REMOVED)]


def test_withdraw_goes_on_when_a_helper_sends_its_opinion_meanwhile():
    helper = make.unit("县财政局")
    row = walk.proposal(State.ASSIGNED, assisting=[helper])
    part, by = Assignment.objects.get(proposal=row, unit=helper), walk.unit_clerk(helper)
    meanwhile(
        lambda: opinions.send_opinion(part, **GIVEN, by=by, today=walk.REPLIED_ON),
        withdraws(row, walk.REPLIED_ON),
    )
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert facts.again(part).state == Part.DONE


def test_receive_all_and_remind_wait_for_each_other_in_one_order(monkeypatch):
    """The parts are made in the other order than their proposals."""
    rows = [walk.proposal(State.ACCEPTED) for _ in range(2)]
    for row in reversed(rows):
        assignment.assign(row, shares=walk.shares(), by=make.actor(), today=walk.ASSIGNED_ON)
    parts = list(Assignment.objects.filter(proposal__in=rows).order_by("proposal"))
    assert parts[0].pk > parts[1].pk
    clerk, office, lock = walk.unit_clerk(), make.actor(), locking.lock

    def slow(row):
        found = lock(row)
        time.sleep(0.3)
        return found

    def alone(verb):
        try:
            return verb()
        except Refused:
            return 0
        finally:
            connection.close()

    monkeypatch.setattr(locking, "lock", slow)
    with ThreadPoolExecutor(2) as pool:
        received = pool.submit(alone, lambda: receiving.receive_all(parts[::-1], by=clerk))
        reminded = pool.submit(
            alone, lambda: deliveries.remind(parts, by=office, today=walk.ASSIGNED_ON)
        )
        assert len(received.result()) == 2
        assert reminded.result() in (0, 2), "what has been received is not reminded of"
