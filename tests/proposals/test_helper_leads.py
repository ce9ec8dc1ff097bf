"""异议说该由会办、协办单位办: it takes the part over, or the office reads what else to do."""

from datetime import date

import pytest
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from proposals.actions import objections, opinions, sheets
from proposals.models import Assignment, Proposal
from proposals.permissions.objections import Windows
from proposals.sharing import Share
from proposals.states import ObjectionState, Part, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.proposals.test_objections import LAST_DAY, dismiss, uphold
from tests.race import at_once

pytestmark = pytest.mark.django_db


def with_helper(role=UnitRole.ASSISTING, state=State.ASSIGNED):
    """A lead unit's part, and that of another beside it."""
    lead, beside = make.unit(), make.unit(facts.OTHER)
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(lead, UnitRole.LEAD), Share(beside, role)]
    if state == State.ASSIGNED:
        walk.assignment.assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
        return row.assignments.order_by("position")
    asked = {"session": row.session, "by": make.actor(), "today": facts.DRAWN_ON}
    sheet = sheets.draw_up_sheet(lines=[(row, shares)], name="交办单", **asked)
    sheets.rehearse(sheet, by=make.actor(), today=facts.REHEARSED_ON)
    return row.assignments.order_by("position")


@pytest.mark.parametrize("role", [UnitRole.ASSISTING, UnitRole.JOINT])
def test_a_unit_that_helps_takes_the_lead_with_days_of_its_own_and_helps_no_more(role):
    part, helper = with_helper(role)
    objection = facts.objected(part, today=LAST_DAY)
    facts.objected(helper, to="县财政局", today=LAST_DAY)
    new = uphold(objection, today=LAST_DAY)
    assert (new.unit, new.role, new.position) == (helper.unit, UnitRole.LEAD, 0)
    assert (new.state, new.assigned_on, new.due_on) == (Part.HANDED, LAST_DAY, date(2026, 6, 15))
    assert [facts.again(each).state for each in (part, helper)] == [Part.REMOVED] * 2
    assert helper.objections.get().state == ObjectionState.LAPSED
    assert list(new.proposal.assignments.standing()) == [new]
    assert Proposal.objects.get(pk=new.proposal_id).due_on == new.due_on
    note = AuditEvent.objects.get(now=ObjectionState.UPHELD).note
    assert note.endswith(f"改由{new.unit.name}主办，不再{UnitRole(role).label}。")
    assert Windows([new]).ends(new) == date(2026, 3, 20)
    walk.gated(new)
    assert walk.answered(new).assignment == new


def test_a_unit_that_helps_on_a_sheet_takes_the_lead_and_the_sheet_is_settled():
    part, helper = with_helper(state=State.REHEARSED)
    new = uphold(facts.objected(part))
    assert (facts.again(new).state, new.role, new.sheet) == (
        Part.PLANNED,
        UnitRole.LEAD,
        part.sheet,
    )
    sheets.settle(part.sheet, by=make.actor(), today=facts.SETTLED_ON)
    (only,) = Proposal.objects.get(pk=part.proposal_id).parts
    assert (only.unit, only.state) == (helper.unit, Part.HANDED)


def test_who_has_sent_its_opinion_or_answers_apart_takes_no_other_part():
    part, helper = with_helper()
    said = {"text": "可以安排。", "file_number": "竹水函〔2026〕1 号", "signer": "柯尊文"}
    clerk = walk.unit_clerk(helper.unit)
    opinions.send_opinion(helper, by=clerk, today=walk.ASSIGNED_ON, **said)
    objection = facts.objected(part, today=LAST_DAY)
    with pytest.raises(Refused, match="已经报送意见，不能再改交给它；请改交别的单位，或者维持原"):
        uphold(objection, today=LAST_DAY)
    dismiss(objection, today=LAST_DAY)
    assert facts.again(part).state == Part.HANDED
    part, _ = with_helper(UnitRole.SEPARATE)
    with pytest.raises(Refused, match="自己就要答复其中一部分，不能再改交给它"):
        uphold(facts.objected(part, today=LAST_DAY), today=LAST_DAY)
    part, _ = with_helper(UnitRole.SEPARATE, State.REHEARSED)
    with pytest.raises(Refused, match="请收回交办单、改好分工再请单位看"):
        uphold(facts.objected(part))


def test_the_page_of_the_decision_says_what_becomes_of_the_part_of_who_helps(client):
    part, helper = with_helper()
    objection = facts.objected(part, today=LAST_DAY)
    client.force_login(make.actor().user)
    page = client.get(reverse("proposals:uphold_objection", args=[objection.pk])).content.decode()
    assert f'<option value="{helper.unit_id}" selected>' in page
    assert f"{helper.unit.name}现在是协办，改由它主办以后，原来那一部分随之了结" in page


@pytest.mark.django_db(transaction=True)
def test_three_clicks_let_the_helper_lead_once_and_leave_it_one_part():
    part, helper = with_helper()
    objection = facts.objected(part, today=LAST_DAY)
    how = {"unit": objection.better_unit, "words": "归水利。", "by": make.actor()}
    outcomes = at_once(3, objections.uphold_objection, objection, today=LAST_DAY, **how)
    assert outcomes == ["done", "refused", "refused"]
    assert Assignment.objects.standing().get().unit == helper.unit
