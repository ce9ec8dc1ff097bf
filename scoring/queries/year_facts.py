"""一年的事实, loaded for many deputies at once: what the stars are judged by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from congress.shared.local_rules import on_any_day
from deputies import codes
from deputies.models import DutyRecord
from proposals.models import Cosignature, Meeting, Proposal, Rating, Reply, Waiver
from proposals.states import ANSWERING, NUMBERED, Stage
from scoring import rules
from scoring.models import ReviewCycle
from scoring.queries.reporting import tallies
from scoring.queries.spans import Span, span_of
from scoring.stars import Marks, YearFacts
from stations.models import Attendance, Presence, ReceptionDay, RotaSlot
from stations.models.events import AttendanceQuerySet
from stations.models.rota import MARKED
from stations.states import SlotState

Counts = dict[int, int]


def marks_on(day: date) -> Marks:
    """点亮条件 in force on that day."""
    return Marks(*on_any_day(*rules.STARS)(day))


def year_facts(
    cycle: ReviewCycle, deputy_ids: Collection[int], *, day: date, withheld: Mapping[int, str]
) -> dict[int, YearFacts]:
    """The facts of the cycle's days as they stand on `day`, in a fixed number of queries."""
    found = facts_between(cycle.assembly_id, span_of(cycle), deputy_ids, day=day)
    return {pk: replace(facts, withheld=withheld.get(pk, "")) for pk, facts in found.items()}


def facts_between(
    assembly_id: int, span: Span, deputy_ids: Collection[int], *, day: date
) -> dict[int, YearFacts]:
    """The same of any days, of a year under way as well."""
    known: dict[int, dict[str, Any]] = {pk: {} for pk in deputy_ids}
    for name, counts in {
        **_from_calls(assembly_id, span, deputy_ids),
        **_from_rota(span, deputy_ids),
        **_from_duties(span, deputy_ids),
        **_from_proposals(span, deputy_ids),
        **_from_replies(span, deputy_ids, day),
    }.items():
        for deputy_id, count in counts.items():
            known[deputy_id][name] = count
    for deputy_id, tally in tallies(deputy_ids, *span).items():
        own = known[deputy_id]
        own |= {"ballots": tally.valid, "content": tally.content}
        own["reports"] = max(own.get("reports", 0), tally.reports)
    return {pk: YearFacts(**facts) for pk, facts in known.items()}


def _from_calls(assembly_id: int, span: Span, deputy_ids: Collection[int]) -> dict[str, Counts]:
    """签到: how often called, and with what result."""
    rows = Attendance.objects.filter(
        deputy__in=deputy_ids, activity__held_on__range=span
    ).order_by()
    congress = rows.filter(
        activity__item__code=codes.CONGRESS_MEETING, activity__assembly=assembly_id
    )
    activities = rows.filter(activity__item__code__startswith=codes.ACTIVITIES)
    sat = list(_called(congress))
    acted = list(_called(activities))
    return {
        "congress_calls": {row[0]: row[1] for row in sat},
        "congress_leaves": {row[0]: row[2] for row in sat},
        "congress_absences": {row[0]: row[3] for row in sat},
        "calls": {row[0]: row[1] for row in acted},
        "came": {row[0]: row[1] - row[2] - row[3] for row in acted},
        "on_leave": {row[0]: row[2] for row in acted},
    }


def _called(rows: AttendanceQuerySet) -> QuerySet[Attendance, tuple[int, int, int, int]]:
    """Deputy, calls, leaves, absences."""
    return rows.values_list("deputy_id").annotate(
        calls=Count("id"),
        leaves=Count("id", filter=Q(presence=Presence.LEAVE)),
        absences=Count("id", filter=Q(presence=Presence.ABSENT)),
    )


def _from_duties(span: Span, deputy_ids: Collection[int]) -> dict[str, Counts]:
    """核实过的履职 of these days, added up by item."""
    rows = (
        DutyRecord.objects.verified().filter(deputy__in=deputy_ids, done_on__range=span).order_by()
    )
    sums = rows.values_list("deputy_id", "item__code").annotate(total=Sum("quantity"))
    of: defaultdict[str, Counts] = defaultdict(dict)
    for deputy_id, code, quantity in sums:
        of[code][deputy_id] = quantity
    return {
        "speeches": _added(of[code] for code in codes.SPEECHES),
        "supervisions": of[codes.SUPERVISION],
        "receptions": of[codes.RECEPTION],
        "lessons": _added(of[code] for code in codes.LESSONS),
        "reports": of[codes.REPORT_TO_VOTERS],
    }


def _from_proposals(span: Span, deputy_ids: Collection[int]) -> dict[str, Counts]:
    """建议 accepted in these days: their duties and points are of that day (decision 33)."""
    rows = Proposal.objects.filter(state__in=NUMBERED, accepted_on__range=span)
    led = (
        rows.filter(lead__in=deputy_ids)
        .order_by()
        .values_list("lead_id")
        .annotate(count=Count("id"))
    )
    signed = Cosignature.objects.standing().filter(
        deputy__in=deputy_ids,
        proposal__state__in=NUMBERED,
        proposal__accepted_on__range=span,
    )
    cosigned = signed.order_by().values_list("deputy_id").annotate(count=Count("id"))
    return {"led": dict(led), "cosigned": dict(cosigned)}


def _from_replies(span: Span, deputy_ids: Collection[int], day: date) -> dict[str, Counts]:
    """领衔建议 whose rating window closed in these days before `day`: before that nothing is late.

    Of each unit the reply that stands that day, and of no proposal taken back: who was to rate
    another anew owes none for the old.
    Only whether a rating was given in time is read, never what it says.
    """
    first, last = span
    before = min(last + timedelta(days=1), day)
    closed = (
        Reply.objects.standing(day)
        .of_standing()
        .window_closed(before, since=first)
        .filter(assignment__role__in=ANSWERING, assignment__proposal__lead__in=deputy_ids)
        .order_by()
    )
    in_time = Rating.objects.filter(
        reply=OuterRef("pk"), rated_at__date__lte=OuterRef("rate_until")
    )
    replies = list(
        closed.values_list("pk", "assignment", "assignment__proposal__lead", Exists(in_time))
    )
    met = _met([part for _, part, _, _ in replies])
    answered: defaultdict[int, int] = defaultdict(int)
    followed: defaultdict[int, int] = defaultdict(int)
    for _, part, lead, rated in replies:
        answered[lead] += 1
        followed[lead] += met[part] == set(Stage) and rated
    return {"answered": answered, "followed": followed}


def _met(parts: Collection[int]) -> defaultdict[int, set[str]]:
    """Of each part the meetings that both sides bear out, or that were waived or excused."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    held = Meeting.objects.filter(assignment__in=parts, confirmed_at__isnull=False).order_by()
    for part, stage in held.values_list("assignment", "stage"):
        found[part].add(stage)
    spared = Waiver.objects.filter(assignment__in=parts).order_by()
    for part, stage in spared.values_list("assignment", "stage"):
        found[part].add(stage)
    return found


def _from_rota(span: Span, deputy_ids: Collection[int]) -> dict[str, Counts]:
    """轮值: turns that one still had on the day; what was swapped or given up is another's."""
    rows = RotaSlot.objects.live().filter(deputy__in=deputy_ids, day__held_on__range=span)
    rows = rows.filter(day__in=ReceptionDay.objects.held().order_by())
    counted = (
        rows.order_by()
        .values_list("deputy_id")
        .annotate(
            noted=Count("pk", filter=Q(state__in=MARKED)),
            kept=Count("pk", filter=Q(state=SlotState.ATTENDED)),
            unnoted=Count("pk", filter=Q(state=SlotState.PLANNED)),
        )
    )
    turns = list(counted)
    return {
        "turns": {row[0]: row[1] for row in turns},
        "kept": {row[0]: row[2] for row in turns},
        "unnoted": {row[0]: row[3] for row in turns},
    }


def _added(parts: Iterable[Counts]) -> Counts:
    total: defaultdict[int, int] = defaultdict(int)
    for part in parts:
        for deputy_id, count in part.items():
            total[deputy_id] += count
    return total
