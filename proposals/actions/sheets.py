"""交办单: proposals go to their units together, after the units have been heard."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Organisation, Session, Workday
from congress.shared.workflow import lock, move, record, refuse_if
from proposals.actions import assignment
from proposals.actions.due_days import end_objection
from proposals.models import Assignment, Proposal, Sheet
from proposals.permissions.sheets import (
    Lines,
    why_not_change_share,
    why_not_draw_up_sheet,
    why_not_drop_sheet,
    why_not_rehearse,
    why_not_settle,
)
from proposals.queries.people import of_units
from proposals.rules import REHEARSE_DAYS
from proposals.sharing import Share, in_order, in_words
from proposals.states import Part, SheetState, State


@transaction.atomic
def draw_up_sheet(*, session: Session, name: str, lines: Lines, by: Actor, today: date) -> Sheet:
    """拟交办单: these proposals with their shares; no unit sees it yet."""
    chosen = sorted(lines, key=lambda line: line[0].pk)
    locked = [(lock(proposal), shares) for proposal, shares in chosen]
    refuse_if(why_not_draw_up_sheet(by, session, name, locked))
    sheet = Sheet(session=session, name=name.strip(), drawn_up_by=by.user, drawn_up_on=today)
    sheet.save(force_insert=True)
    record(sheet, SheetState.DRAFTED, by=by, note=f"拟交办单，{len(locked)} 件。")
    for proposal, shares in locked:
        move(proposal, State.REHEARSED, by=by, note=f"列入“{sheet.name}”。")
        _share_out(sheet, proposal, shares, by, today)
    return sheet


@transaction.atomic
def change_share(
    sheet: Sheet,
    *,
    proposal: Proposal,
    shares: Sequence[Share],
    by: Actor,
    today: date,
    seen: str | None = None,
) -> None:
    """改分工: while no unit has seen it, the parts of one proposal are drawn up anew.

    `seen` is of those that the office has read. Shares that stand already stay as they are.
    """
    sheet = lock(sheet)
    proposal = lock(proposal)
    refuse_if(why_not_change_share(by, sheet, proposal, shares))
    parts = list(sheet.lines.standing().filter(proposal=proposal).order_by("position"))
    if _says(parts) == [_words_of(share, today) for share in in_order(shares)]:
        return
    refuse_if(why_not_change_share(by, sheet, proposal, shares, seen))
    for part in parts:
        move(lock(part), Part.REMOVED, by=by)
    _share_out(sheet, proposal, shares, by, today)
    record(proposal, "share_changed", by=by, note=f"交办单上改分工：{in_words(shares)}。")


def _says(parts: Sequence[Assignment]) -> list[tuple[object, ...]]:
    """Unit, role, asks and months of each."""
    return [
        (each.unit_id, each.role, {ask.pk for ask in each.asks.all()}, each.months)
        for each in parts
    ]


def _words_of(share: Share, today: date) -> tuple[object, ...]:
    """As a part drawn up today would say."""
    months = assignment.months_of(share, today)
    return (share.unit.pk, share.role, set(share.asks), months)


def _share_out(
    sheet: Sheet, proposal: Proposal, shares: Sequence[Share], by: Actor, today: date
) -> None:
    for position, share in enumerate(in_order(shares)):
        assignment.draw_up(proposal, share, position=position, by=by, today=today, sheet=sheet)


@transaction.atomic
def rehearse(sheet: Sheet, *, by: Actor, today: date, seen: str | None = None) -> Sheet:
    """征求单位意见: the units see their parts and may object until the window ends.

    `seen`, here and below, is of the lines that the office has read.
    """
    sheet = lock(sheet)
    _proposals(sheet)
    refuse_if(why_not_rehearse(by, sheet, seen))
    until = add_working_days(today, REHEARSE_DAYS.on(today), Workday.objects.works())
    note = f"请单位看预交办，{until.year} 年 {until.month} 月 {until.day} 日前可以提异议。"
    move(sheet, SheetState.REHEARSED, by=by, note=note, heard_from=today, object_until=until)
    units: dict[int, Organisation] = {}
    for part in sheet.lines.standing().select_related("unit").order_by("pk"):
        move(lock(part), Part.PLANNED, by=by)
        units[part.unit_id] = part.unit
    notices.write(
        of_units(units.values(), today),
        key=f"proposal.rehearsed:{sheet.pk}",
        text=f"“{sheet.name}”里有预交给本单位的建议，{note}",
        link=reverse("proposals:planned"),
    )
    return sheet


@transaction.atomic
def settle(sheet: Sheet, *, by: Actor, today: date, seen: str | None = None) -> Sheet:
    """定稿交办: every proposal on it is handed over today, all or none."""
    sheet = lock(sheet)
    found = _proposals(sheet)
    refuse_if(why_not_settle(by, sheet, today, seen))
    for proposal in found:
        assignment.hand_over(proposal, by=by, today=today)
    note = f"定稿交办，{len(found)} 件。"
    return move(sheet, SheetState.SETTLED, by=by, note=note, settled_on=today)


@transaction.atomic
def drop_sheet(
    sheet: Sheet, *, reason: str = "", by: Actor, today: date, seen: str | None = None
) -> Sheet:
    """收回: its proposals wait to be handed over again, open objections end, units learn why."""
    sheet = lock(sheet)
    found = _proposals(sheet)
    refuse_if(why_not_drop_sheet(by, sheet, reason, seen))
    why = reason.strip()
    if sheet.state == SheetState.REHEARSED:
        _tell_taken_back(sheet, why, today)
    for each in sheet.lines.standing().select_related("unit").order_by("pk"):
        part = lock(each)
        end_objection(part, f"交办单收回：{why}", by=by, today=today)
        move(part, Part.REMOVED, by=by)
    for proposal in found:
        move(proposal, State.ACCEPTED, by=by, note=f"“{sheet.name}”收回，重新交办。")
    note = f"收回，{len(found)} 件重新交办。"
    return move(sheet, SheetState.DROPPED, by=by, note=note, drop_reason=why)


def _tell_taken_back(sheet: Sheet, why: str, today: date) -> None:
    """Every unit that has a part on it now."""
    units = Organisation.objects.filter(pk__in=sheet.lines.standing().values("unit"))
    words = f"“{sheet.name}”已收回，里面预交给本单位的建议先不办，也不用再提异议。原因：{why}"
    notices.write(
        of_units(units, today),
        key=f"proposal.taken_back:{sheet.pk}",
        text=words[:300],
        link=reverse("proposals:planned"),
    )


def _proposals(sheet: Sheet) -> list[Proposal]:
    """What still stands on it, locked in the order of numbers of rows.

    The lines are read again after the locks: a lead may have withdrawn meanwhile.
    """
    rows = Proposal.objects.filter(pk__in=sheet.lines.standing().values("proposal"))
    locked = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
    standing = set(sheet.lines.standing().values_list("proposal", flat=True))
    return [each for each in locked if each.pk in standing]
