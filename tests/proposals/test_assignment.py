from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from proposals.actions import assignment
from proposals.models import Assignment
from proposals.states import State, UnitRole
from tests import make
from tests.proposals import walk
from tests.race import at_once
from tests.tamper import as_owner

pytestmark = pytest.mark.django_db


def assign(proposal, **changes):
    unit, helpers = changes.pop("unit", None), changes.pop("assisting", ())
    shares = walk.shares(unit, helpers)
    given = {"shares": shares, "by": make.actor(), "today": walk.ASSIGNED_ON}
    return assignment.assign(proposal, **(given | changes))


def test_assign_gives_the_lead_unit_three_months_and_leaves_a_trail():
    helper = make.unit("县财政局")
    proposal = assign(walk.proposal(State.ACCEPTED), assisting=[helper])
    assert (proposal.state, proposal.due_on) == (State.ASSIGNED, walk.DUE_ON)
    rows = Assignment.objects.values_list("unit__name", "role", "assigned_on", "due_on")
    assert set(rows) == {
        ("县交通运输局", UnitRole.LEAD, walk.ASSIGNED_ON, walk.DUE_ON),
        ("县财政局", UnitRole.ASSISTING, walk.ASSIGNED_ON, date(2026, 4, 20)),
    }
    event = AuditEvent.objects.get(now="assigned")
    assert event.note == "交县交通运输局主办，县财政局协办，2026 年 6 月 8 日前答复。"


def test_assign_tells_the_units_people_and_the_lead():
    clerk, helper = walk.unit_clerk(), walk.unit_clerk(make.unit("县财政局"))
    stranger = walk.unit_clerk(make.unit("县教育局"))
    proposal = assign(walk.proposal(State.ACCEPTED), assisting=[make.unit("县财政局")])
    told = set(
        Notice.objects.filter(key__startswith="proposal.assigned").values_list("person", flat=True)
    )
    assert told == {clerk.user.pk, helper.user.pk, proposal.lead.user_id}
    assert stranger.user.pk not in told
    own = Notice.objects.get(key__startswith="proposal.assigned", person=helper.user).text
    assert own.endswith("交县财政局协办，2026 年 4 月 20 日前送意见。")


def test_the_months_are_the_countys_own_rule_from_its_day_on():
    Setting.objects.create(
        key="proposals.reply_months",
        value=Decimal(2),
        from_on=date(2026, 3, 1),
        basis="本县办理办法",
    )
    assert assign(walk.proposal(State.ACCEPTED)).due_on == date(2026, 5, 6)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED, State.ASSIGNED, State.ANSWERED])
def test_assign_is_refused_out_of_turn(state):
    with pytest.raises(Refused, match="不需要交办"):
        assign(walk.proposal(state))


def test_assign_is_refused_to_what_is_no_unit_and_to_one_unit_twice():
    proposal = walk.proposal(State.ACCEPTED)
    with pytest.raises(Refused, match="承办单位"):
        assign(proposal, unit=make.organisation())
    with pytest.raises(Refused, match="只能有一种办理方式"):
        assign(proposal, assisting=[make.unit()])


@pytest.mark.django_db(transaction=True)
def test_two_clerks_assign_once():
    proposal = walk.proposal(State.ACCEPTED)
    outcomes = at_once(
        4,
        assignment.assign,
        proposal,
        shares=walk.shares(),
        by=make.actor(),
        today=walk.ASSIGNED_ON,
    )
    assert outcomes == ["done", "refused", "refused", "refused"]
    assert Assignment.objects.count() == 1


def test_the_database_knows_one_lead_unit_and_no_case_without_a_day():
    proposal = walk.proposal(State.ASSIGNED, assisting=[make.unit("县财政局")])
    with pytest.raises(IntegrityError, match="lead_comes_first"), as_owner(), transaction.atomic():
        Assignment.objects.filter(role=UnitRole.ASSISTING).update(role=UnitRole.LEAD)
    with pytest.raises(IntegrityError, match="in_hand_has_due_date"), transaction.atomic():
        type(proposal).objects.filter(pk=proposal.pk).update(due_on=None)
