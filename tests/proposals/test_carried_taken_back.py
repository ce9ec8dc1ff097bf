"""撤回结转: one proposal goes on no more, with why; it may be carried over once more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice
from proposals.actions import carrying
from proposals.models import CarriedProposal, Proposal, Sheet
from proposals.permissions.carrying import undecided
from proposals.queries import carrying as queries
from proposals.queries.carrying import marks_among
from proposals.queries.visibility import readable
from proposals.rolling import CarryReason
from proposals.states import SheetState, State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import stages_of_following as stages
from tests.proposals import walk
from tests.proposals.keys import decided
from tests.proposals.verbs_rolling import TODAY, YEAR, carried, carries, row_of
from tests.race import at_once
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
MARK = "滚动办理 · 2026 年结转"
WHY = "已经办结，误列入结转"


def take_back(row, by=None, **kept):
    said = {"reason": WHY, "by": by or make.director(), "today": TODAY} | kept
    return carrying.take_back_carried(row, **said)


def test_taking_back_keeps_the_row_leaves_a_trail_and_tells_whoever_was_told():
    clerk = walk.unit_clerk()
    row = carried()
    by = make.director()
    back = take_back(row_of(row), by)
    kept = CarriedProposal.objects.get(pk=back.pk)
    assert (kept.taken_back_on, kept.taken_back_why) == (TODAY, WHY)
    assert kept.taken_back_by == by.user
    step = AuditEvent.objects.get(subject="proposals.CarriedProposal", now="carried_taken_back")
    assert (step.subject_id, step.note) == (back.pk, WHY)
    told = Notice.objects.filter(key__startswith="proposal.carried_taken_back", text__contains=WHY)
    assert {clerk.user, row.lead.user} <= {each.person for each in told}


def test_the_mark_goes_everywhere_and_the_parties_read_why(client):
    row = carried()
    with on(TODAY):
        client.force_login(make.director().user)
        dossier = reverse("proposals:dossier", args=[row.pk])
        page = reverse("proposals:take_back_carried", args=[row_of(row).pk])
        assert page in client.get(dossier).text
        year = reverse("proposals:carried_year")
        assert page in client.get(year, {"year": YEAR}).text
        client.post(page, {"words": WHY})
        assert WHY in client.get(dossier).text
        assert page not in client.get(dossier).text
        client.force_login(row.lead.user)
        detail = client.get(reverse("proposals:detail", args=[row.pk])).text
        assert (MARK in detail, WHY in detail) == (False, True)
        client.logout()
        shown = client.get(reverse("proposals:public_detail", args=[row.number])).text
        assert (MARK in shown, "结转" in shown, WHY in shown) == (False, False, False)
        listed = client.get(reverse("proposals:public_list"), {"carried": "1"}).text
        assert row.number not in listed
        client.force_login(walk.unit_clerk().user)
        assert MARK not in client.get(reverse("proposals:unit_desk"), {"carried": "1"}).text
    assert marks_among([row.pk]) == {}
    assert not readable(None, [row.pk]).filter(subject="proposals.CarriedProposal").exists()


def test_what_was_taken_back_may_be_carried_over_again():
    row = carried()
    take_back(row_of(row))
    seen = queries.year_of(make.assembly(), YEAR, TODAY)
    assert (seen.new, seen.carried, seen.after.done) == (1, 0, 0)
    carries(row, make.director())
    assert row.carried.standing().count() == 1
    assert row.carried.count() == 2
    assert marks_among([row.pk]) == {row.pk: MARK}


def further(row):
    carries(row, make.director(), year=YEAR + 1, today=TODAY.replace(year=2028))


def answered(row):
    walk.gated(row.lead_assignment)
    walk.answered(row.lead_assignment)


def key(row):
    decided(row, year=YEAR + 1, decided_on=TODAY, today=TODAY)


def on_the_sheet(row):
    made = facts.sheet(SheetState.SETTLED, count=1)
    Sheet.objects.filter(pk=made.pk).update(settled_on=TODAY)


@pytest.mark.parametrize("decides", [further, answered, key, on_the_sheet])
def test_what_the_next_year_has_decided_on_is_not_taken_back(decides, client):
    row = carried()
    made = row_of(row)
    client.force_login(make.director().user)
    offer = reverse("proposals:take_back_carried", args=[made.pk])

    def shown():
        return client.get(reverse("proposals:carried_year"), {"year": YEAR}).text

    assert offer in shown()
    decides(row)
    with pytest.raises(Refused, match="不能撤回"):
        take_back(made)
    assert offer not in shown(), "what would be refused is not offered"


def test_what_the_next_year_has_kept_of_a_promise_is_not_taken_back():
    step = stages.promise()
    row = Proposal.objects.get(pk=step.reply.assignment.proposal_id)
    carries(row, make.director())
    stages.confirmed(step)
    with pytest.raises(Refused, match="兑现承诺"):
        take_back(row_of(row))
    assert undecided([row_of(row).pk]) == set()


def test_what_is_merged_into_a_key_proposal_of_the_next_year_is_not_taken_back():
    merged, into = walk.merged()
    carries(merged, make.director())
    decided(into, year=YEAR + 1, decided_on=TODAY, today=TODAY)
    with pytest.raises(Refused, match="重点督办"):
        take_back(row_of(merged))
    assert undecided([row_of(merged).pk]) == set()


def test_it_is_refused_to_others_twice_and_without_a_reason():
    made = row_of(carried())
    with pytest.raises(Refused, match="代工委主任"):
        take_back(made, by=make.actor())
    with pytest.raises(Refused, match="请写明为什么撤回"):
        take_back(made, reason=" ")
    take_back(made)
    with pytest.raises(Refused, match="已经撤回"):
        take_back(made)


@pytest.mark.django_db(transaction=True)
def test_four_at_once_take_it_back_once():
    made, by = row_of(carried()), make.director()
    outcomes = at_once(4, carrying.take_back_carried, made, reason=WHY, by=by, today=TODAY)
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]


def test_the_database_carries_nothing_of_another_congress_and_nothing_that_is_not_accepted():
    over = row_of(carried()).carry_over
    rule = "carried_is_accepted_and_of_its_congress"
    said = {"carry_over": over, "reason": CarryReason.IN_HAND, "carried_on": TODAY}
    for wrong in (walk.of_township(State.ASSIGNED), walk.submitted()):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            CarriedProposal.objects.create(proposal=wrong, **said)
    CarriedProposal.objects.create(proposal=walk.proposal(State.ACCEPTED), **said)


CHANGES = [
    {"taken_back_on": None, "taken_back_by": None, "taken_back_why": ""},
    {"taken_back_on": TODAY + timedelta(days=1)},
    {"taken_back_why": "另一个原因"},
]


def test_the_database_lets_nobody_undo_or_reword_what_was_taken_back():
    row = take_back(row_of(carried()))
    kept = CarriedProposal.objects.filter(pk=row.pk)
    for change in CHANGES:
        with pytest.raises(IntegrityError, match="was taken back"), transaction.atomic():
            kept.update(**change)
    kept.update(taken_back_why=WHY)
