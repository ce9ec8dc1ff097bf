"""常态查: a unit's open proposals as a visiting committee takes them along, and what was seen."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from congress.shared.actors import Actor
from proposals.follow_states import LookBackState
from proposals.models import (
    Assignment,
    Inspection,
    InspectionNote,
    LookBack,
    Promise,
    Rehandling,
)
from proposals.permissions.inspections import (
    why_not_drop_inspection,
    why_not_note_finding,
    why_not_publish_inspection,
)
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.supervision import standing_among
from proposals.supervision_states import Finding


class Again(NamedTuple):
    """重新办理 or 回头看 that waits for this unit, with its own light and day."""

    words: str
    due: str
    light: Light


class VisitLine(NamedTuple):
    """One of the unit's open proposals; what was seen of it this time, once it was."""

    part: Assignment
    light: Light | None
    key: bool
    due: str
    met: str
    again: list["Again"]
    promises: list[str]
    note: InspectionNote | None
    before: str


def inspections(year: int) -> "QuerySet[Inspection]":
    """All visits of that year, the newest first, with how much was written down."""
    rows = Inspection.objects.filter(visit_on__year=year).select_related("organisation", "unit")
    return rows.annotate(
        seen=Count("notes"), differs=Count("notes", filter=~Q(notes__finding=Finding.TRUE))
    ).order_by("-visit_on", "-pk")


def visit_lines(inspection: Inspection, today: date) -> list[VisitLine]:
    """The unit's open parts, and those with something to do again, to look back at or to keep.

    What was seen stays on the list.
    """
    open_parts = Q(pk__in=Assignment.objects.running().filter(unit=inspection.unit).values("pk"))
    promised = Promise.objects.open().filter(reply__assignment__unit=inspection.unit)
    kept = Q(pk__in=promised.values("reply__assignment"))
    ordered = Rehandling.objects.open().filter(assignment__unit=inspection.unit)
    looked = LookBack.objects.open().filter(reply__assignment__unit=inspection.unit)
    waits = Q(pk__in=ordered.values("assignment")) | Q(pk__in=looked.values("reply__assignment"))
    noted = Q(pk__in=inspection.notes.values("assignment"))
    rows = (
        Assignment.objects.filter(open_parts | kept | waits | noted)
        .with_case()
        .order_by("due_on", "pk")
    )
    parts = list(rows)
    numbers = [each.pk for each in parts]
    timing, keys = Clock.on(today), standing_among(each.proposal_id for each in parts)
    steps, again = _promises(numbers, today), _again(ordered, looked, timing)
    notes = {each.assignment_id: each for each in inspection.notes.select_related("noted_by")}
    before = _seen_before(inspection, numbers, today)
    return [
        VisitLine(
            part,
            timing.light_of(part) if part.is_running else None,
            part.proposal_id in keys,
            day(part.due_on, today),
            _met(part, today),
            again[part.pk],
            steps[part.pk],
            notes.get(part.pk),
            before.get(part.pk, ""),
        )
        for part in parts
    ]


def _again(
    ordered: "QuerySet[Rehandling]", looked: "QuerySet[LookBack]", timing: Clock
) -> dict[int, list[Again]]:
    """By part, what is done again first; of a look-back that is reported the office has the pen."""
    found: dict[int, list[Again]] = defaultdict(list)
    for order in ordered.order_by("due_on", "pk"):
        due = f"{day(order.due_on, timing.today)}前再次答复"
        words = f"要求重新办理：{order.words.removesuffix('。')}"
        found[order.assignment_id].append(Again(words, due, timing.light(order.due_on)))
    for look in (
        looked.filter(state=LookBackState.OPEN).select_related("reply").order_by("report_by")
    ):
        due = f"{day(look.report_by, timing.today)}前报告落实情况"
        light = timing.light(look.report_by)
        found[look.reply.assignment_id].append(Again("回头看", due, light))
    return found


def _promises(parts: Iterable[int], today: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Promise.objects.open().filter(reply__assignment__in=list(parts)).order_by("due_on", "pk")
    for each in rows.select_related("reply"):
        found[each.reply.assignment_id].append(f"{day(each.due_on, today)}前{each.words}")
    return found


def _seen_before(inspection: Inspection, parts: Iterable[int], today: date) -> dict[int, str]:
    """What an earlier visit saw last."""
    rows = InspectionNote.objects.filter(assignment__in=list(parts)).exclude(inspection=inspection)
    found = {}
    for each in rows.select_related("inspection").order_by("inspection__visit_on", "pk"):
        when = day(each.inspection.visit_on, today)
        found[each.assignment_id] = f"{when}：{each.get_finding_display()}"
    return found


def _met(part: Assignment, today: date) -> str:
    held = part.held
    if not held:
        return "还没有见面"
    last = max(held, key=lambda each: each.met_on)
    return f"{day(last.met_on, today)}{last.get_stage_display()}"


def page(inspection: Inspection, actor: Actor, today: date) -> dict[str, object]:
    """一次检查: the sheet, what was seen, and what may be done."""
    return {
        "row": inspection,
        "past": inspection.visit_on < today,
        "lines": visit_lines(inspection, today),
        "no_note": why_not_note_finding(actor, inspection, today=today),
        "no_drop": why_not_drop_inspection(actor, inspection),
        "no_publish": why_not_publish_inspection(actor, inspection),
    }
