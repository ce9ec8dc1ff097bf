"""交办单: drawn up, changed, heard, settled or dropped."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Notice, Setting
from congress.shared.roles import STAFF, Role
from proposals.actions import objections, sheets
from proposals.models import Assignment, Proposal, Sheet
from proposals.permissions.sheets import lines_seen, parts_seen
from proposals.sharing import Share
from proposals.states import ObjectionState, Part, SheetState, State, UnitRole
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import walk
from tests.race import at_once

pytestmark = pytest.mark.django_db
STRANGERS = pytest.mark.parametrize("role", sorted(set(Role) - STAFF))


def draw_up(lines, **changes):
    given = {
        "session": make.session(),
        "name": "五次会议交办单",
        "lines": lines,
        "by": make.actor(),
        "today": facts.DRAWN_ON,
    }
    return sheets.draw_up_sheet(**(given | changes))


def line():
    return (walk.proposal(State.ACCEPTED), walk.shares())


def states(sheet):
    return sorted(set(sheet.lines.values_list("state", "proposal__state")))


def test_draw_up_sheet_holds_the_proposals_and_no_unit_sees_them():
    clerk = walk.unit_clerk()
    sheet = facts.sheet(count=2)
    assert states(sheet) == [(Part.DRAFTED, State.REHEARSED)]
    assert not Assignment.objects.handled_by(clerk).exists()
    assert AuditEvent.objects.filter(now="rehearsed", was="accepted").count() == 2


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ASSIGNED, State.ANSWERED])
def test_draw_up_sheet_is_refused_out_of_turn(state):
    with pytest.raises(Refused, match="不需要交办"):
        draw_up([(walk.proposal(state), walk.shares())])


def test_draw_up_sheet_is_refused_without_name_lines_or_whole_shares():
    with pytest.raises(Refused, match="名称"):
        draw_up([line()], name=" ")
    with pytest.raises(Refused, match="至少选一件"):
        draw_up([])
    with pytest.raises(Refused, match="主办单位"):
        draw_up([(walk.proposal(State.ACCEPTED), [])])


@pytest.mark.django_db(transaction=True)
def test_one_proposal_stands_on_one_sheet_whoever_clicks():
    lines = [line()]
    outcomes = at_once(
        3,
        sheets.draw_up_sheet,
        session=make.session(),
        name="交办单",
        lines=lines,
        by=make.actor(),
        today=facts.DRAWN_ON,
    )
    assert outcomes == ["done", "refused", "refused"]


def change(sheet, **changes):
    given = {
        "proposal": sheet.lines.first().proposal,
        "shares": walk.shares(make.unit(facts.OTHER)),
        "by": make.actor(),
        "today": facts.DRAWN_ON,
    }
    sheets.change_share(sheet, **(given | changes))


def test_change_share_draws_the_parts_of_one_proposal_up_anew():
    sheet = facts.sheet(count=1)
    change(sheet)
    part = sheet.lines.standing().get()
    assert (part.unit.name, part.state) == (facts.OTHER, Part.DRAFTED)
    assert AuditEvent.objects.get(now="share_changed").note.endswith(f"交{facts.OTHER}主办。")


def test_change_share_is_refused_once_units_have_seen_it_and_for_strangers_to_the_sheet():
    with pytest.raises(Refused, match="征求单位意见"):
        change(facts.sheet(SheetState.REHEARSED, count=1))
    with pytest.raises(Refused, match="不在这张交办单上"):
        change(facts.sheet(count=1), proposal=walk.proposal(State.ACCEPTED))


def test_change_share_is_refused_once_a_colleague_has_changed_it_meanwhile():
    sheet = facts.sheet(count=1)
    seen = parts_seen(sheet, sheet.lines.get().proposal)
    change(sheet, seen=seen)
    with pytest.raises(Refused, match="刚刚改过"):
        change(sheet, seen=seen, shares=walk.shares(make.unit("县财政局")))
    assert sheet.lines.standing().count() == 1


@pytest.mark.django_db(transaction=True)
def test_changes_at_once_leave_one_lead_unit():
    sheet = facts.sheet(count=1)
    proposal, shares = sheet.lines.get().proposal, walk.shares(make.unit(facts.OTHER))
    how = {"proposal": proposal, "shares": shares, "by": make.actor(), "today": facts.DRAWN_ON}
    assert at_once(3, sheets.change_share, sheet, **how) == ["done"] * 3
    assert sheet.lines.standing().count() == 1


def test_rehearse_shows_units_their_parts_until_the_window_ends():
    clerk = walk.unit_clerk()
    sheet = facts.sheet(SheetState.REHEARSED)
    assert sheet.object_until == facts.OBJECT_UNTIL
    assert Assignment.objects.handled_by(clerk).count() == 2
    told = Notice.objects.get(person=clerk.user, key=f"proposal.rehearsed:{sheet.pk}")
    assert "3 月 4 日前可以提异议" in told.text


def test_rehearse_is_refused_twice():
    sheet = facts.sheet(SheetState.REHEARSED)
    with pytest.raises(Refused, match="不用再征求意见"):
        sheets.rehearse(sheet, by=make.actor(), today=facts.REHEARSED_ON)


def test_settle_hands_every_proposal_over_and_tells_units_and_deputies():
    clerk = walk.unit_clerk()
    sheet = facts.sheet(SheetState.SETTLED)
    assert states(sheet) == [(Part.HANDED, State.ASSIGNED)]
    assert set(Proposal.objects.values_list("due_on", flat=True)) == {walk.DUE_ON}
    assert sheet.settled_on == facts.SETTLED_ON
    told = Notice.objects.filter(key__startswith="proposal.assigned")
    assert told.filter(person=clerk.user).count() == 2


def test_settle_is_refused_before_the_window_has_ended_and_while_an_objection_is_open():
    with pytest.raises(Refused, match="先征求单位意见"):
        sheets.settle(facts.sheet(), by=make.actor(), today=facts.SETTLED_ON)
    sheet = facts.sheet(SheetState.REHEARSED)
    with pytest.raises(Refused, match="3 月 4 日前都可以提异议"):
        sheets.settle(sheet, by=make.actor(), today=facts.OBJECT_UNTIL)
    objection = facts.objected(sheet.lines.first())
    with pytest.raises(Refused, match="1 件异议没有答复"):
        sheets.settle(sheet, by=make.actor(), today=facts.SETTLED_ON)
    objections.dismiss_objection(
        objection, words="归贵局。", by=make.actor(), today=facts.SETTLED_ON
    )
    assert sheets.settle(sheet, by=make.actor(), today=facts.SETTLED_ON).settled_on


def test_drop_sheet_leaves_its_proposals_waiting_and_no_objection_open():
    sheet = facts.sheet(SheetState.REHEARSED)
    objection = facts.objected(sheet.lines.first())
    clerk = walk.unit_clerk(objection.assignment.unit)
    sheets.drop_sheet(sheet, reason="重新分工。", by=make.actor(), today=facts.SETTLED_ON)
    assert states(sheet) == [(Part.REMOVED, State.ACCEPTED)]
    objection.refresh_from_db()
    assert objection.words == "交办单收回：重新分工。"
    found = Sheet.objects.get()
    assert (found.state, found.drop_reason) == (SheetState.DROPPED, "重新分工。")
    notice = Notice.objects.get(person=clerk.user, key=f"proposal.taken_back:{sheet.pk}")
    assert notice.text.endswith("不用再提异议。原因：重新分工。")


def test_a_sheet_that_no_unit_has_seen_goes_back_without_a_word_to_anybody():
    clerk = walk.unit_clerk()
    sheets.drop_sheet(facts.sheet(count=1), by=make.actor(), today=facts.DRAWN_ON)
    assert Sheet.objects.get().drop_reason == ""
    assert not Notice.objects.filter(person=clerk.user).exists()
    assert not Assignment.objects.taken_back_from(clerk).exists()


def test_drop_sheet_ends_an_objection_as_answered_by_nobody_and_asks_the_office_no_more():
    office, part = make.actor(), facts.planned()
    objection = facts.objected(part)
    asked = Notice.objects.filter(person=office.user, key__contains=f"objected.{objection.pk}:")
    assert asked.filter(read_at=None).count() == 1
    sheets.drop_sheet(part.sheet, reason="重新分工。", by=office, today=facts.SETTLED_ON)
    objection.refresh_from_db()
    assert (objection.state, objection.decided_by) == (ObjectionState.LAPSED, None)
    assert objection.words == "交办单收回：重新分工。"
    assert not asked.filter(read_at=None).exists()


def test_drop_sheet_asks_why_once_units_have_seen_it():
    with pytest.raises(Refused, match="请写明为什么收回"):
        sheets.drop_sheet(
            facts.sheet(SheetState.REHEARSED), reason=" ", by=make.actor(), today=facts.SETTLED_ON
        )


def test_a_unit_whose_objection_was_upheld_reads_nothing_of_the_taking_back():
    objection = facts.objected()
    part, clerk = objection.assignment, walk.unit_clerk(objection.assignment.unit)
    on = {"by": make.actor(), "today": facts.REHEARSED_ON}
    objections.uphold_objection(objection, unit=objection.better_unit, words="归水利。", **on)
    other = walk.unit_clerk(objection.better_unit)
    sheets.drop_sheet(part.sheet, reason="重新分工。", **on)
    assert not Assignment.objects.taken_back_from(clerk).exists()
    assert Assignment.objects.taken_back_from(other).count() == 1


def test_drop_sheet_takes_back_the_lines_that_its_presser_has_read():
    sheet, by = facts.sheet(count=2), make.actor()
    seen = lines_seen(sheet)
    one = sheet.lines.first().proposal
    shares = walk.shares(make.unit(facts.OTHER))
    sheets.change_share(sheet, proposal=one, shares=shares, by=by, today=facts.DRAWN_ON)
    with pytest.raises(Refused, match="请看过现在的分工再收回"):
        sheets.drop_sheet(sheet, by=by, today=facts.DRAWN_ON, seen=seen)
    dropped = sheets.drop_sheet(sheet, by=by, today=facts.DRAWN_ON, seen=lines_seen(sheet))
    assert dropped.state == SheetState.DROPPED


def test_drop_sheet_is_refused_once_settled():
    with pytest.raises(Refused, match="不能收回"):
        sheets.drop_sheet(facts.sheet(SheetState.SETTLED), by=make.actor(), today=facts.SETTLED_ON)


def test_the_database_knows_no_heard_sheet_without_its_window_and_no_second_unit_twice():
    sheet = facts.sheet(SheetState.REHEARSED, count=1)
    with pytest.raises(IntegrityError, match="rehearsed_has_its_window"), transaction.atomic():
        Sheet.objects.update(object_until=None)
    with pytest.raises(IntegrityError, match="settled_has_its_day"), transaction.atomic():
        Sheet.objects.update(state=SheetState.SETTLED)
    part = sheet.lines.get()
    with pytest.raises(IntegrityError, match="assignment_once_per_unit"), transaction.atomic():
        Assignment.objects.create(
            proposal=part.proposal,
            unit=part.unit,
            role=UnitRole.ASSISTING,
            position=1,
            months=3,
            assigned_by=part.assigned_by,
        )


def test_the_months_are_those_of_the_day_on_which_the_sheet_is_settled():
    row = walk.proposal(State.ACCEPTED, request="一、装护栏。\n二、修引道。")
    pair = [
        Share(make.unit(), UnitRole.SEPARATE, [], 6),
        Share(make.unit(facts.OTHER), UnitRole.SEPARATE, []),
    ]
    sheet = draw_up([(row, pair)])
    sheets.rehearse(sheet, by=make.actor(), today=facts.REHEARSED_ON)
    for key, value in (("reply_months", 2), ("hard_months", 5)):
        Setting.objects.create(
            key=f"proposals.{key}", value=value, from_on=facts.SETTLED_ON, basis="本县办理办法"
        )
    assert list(sheet.lines.values_list("months", flat=True)) == [6, 3]
    sheets.settle(sheet, by=make.actor(), today=facts.SETTLED_ON)
    found = sheet.lines.order_by("position").values_list("months", "due_on")
    assert list(found) == [(5, date(2026, 8, 6)), (2, date(2026, 5, 6))]


def test_each_unit_has_its_months_and_separate_units_their_asks():
    row = walk.proposal(State.ACCEPTED, request="一、装护栏。\n二、修引道。")
    first, second = row.asks.all()
    pair = [
        Share(make.unit(), UnitRole.SEPARATE, [first.pk], 6),
        Share(make.unit(facts.OTHER), UnitRole.SEPARATE, [second.pk], 3),
    ]
    sheet = draw_up([(row, pair)])
    found = sheet.lines.values_list("unit__name", "months", "asks__position")
    assert set(found) == {("县交通运输局", 6, 1), (facts.OTHER, 3, 2)}
