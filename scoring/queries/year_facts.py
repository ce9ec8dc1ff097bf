"""一年的事实, loaded for many deputies at once: what the stars are judged by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from deputies import codes
from deputies.models import DutyRecord
from proposals.models import Cosignature, Proposal, Rating, Reply
from proposals.states import ANSWERING, NUMBERED, Stage
from scoring import rules
from scoring.models import ReviewCycle
from scoring.stars import Marks, YearFacts
from stations.models import Attendance, Presence
from stations.models.events import AttendanceQuerySet

Counts = dict[int, int]


def marks_on(day: date) -> Marks:
    """点亮条件 in force on that day."""
    return Marks(
        leaves=rules.LEAVES.on(day),
        speeches=rules.SPEECHES.on(day),
        led=rules.LED.on(day),
        cosigned=rules.COSIGNED.on(day),
        supervisions=rules.SUPERVISIONS.on(day),
        receptions=rules.RECEPTIONS.on(day),
        turnout=rules.TURNOUT.on(day),
        lessons=rules.LESSONS.on(day),
    )


def year_facts(
    cycle: ReviewCycle, deputy_ids: Collection[int], *, day: date, withheld: Mapping[int, str]
) -> dict[int, YearFacts]:
    """The facts of each deputy's year as they stand on `day`, in a fixed number of queries."""
    known: dict[int, dict[str, Any]] = {pk: {"withheld": withheld.get(pk, "")} for pk in deputy_ids}
    for name, counts in {
        **_from_calls(cycle, deputy_ids),
        **_from_duties(cycle.year, deputy_ids),
        **_from_proposals(cycle.year, deputy_ids),
        **_from_replies(cycle.year, deputy_ids, day),
    }.items():
        for deputy_id, count in counts.items():
            known[deputy_id][name] = count
    return {pk: YearFacts(**facts) for pk, facts in known.items()}


def _from_calls(cycle: ReviewCycle, deputy_ids: Collection[int]) -> dict[str, Counts]:
    """签到: how often called, and with what result."""
    rows = Attendance.objects.filter(
        deputy__in=deputy_ids, activity__held_on__range=_year(cycle.year)
    ).order_by()
    congress = rows.filter(
        activity__item__code=codes.CONGRESS_MEETING, activity__assembly=cycle.assembly_id
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
    }


def _called(rows: AttendanceQuerySet) -> QuerySet[Attendance, tuple[int, int, int, int]]:
    """Deputy, calls, leaves, absences."""
    return rows.values_list("deputy_id").annotate(
        calls=Count("id"),
        leaves=Count("id", filter=Q(presence=Presence.LEAVE)),
        absences=Count("id", filter=Q(presence=Presence.ABSENT)),
    )


def _from_duties(year: int, deputy_ids: Collection[int]) -> dict[str, Counts]:
    """核实过的履职 of the year, added up by item."""
    rows = DutyRecord.objects.verified().done_in(year).filter(deputy__in=deputy_ids).order_by()
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


def _from_proposals(year: int, deputy_ids: Collection[int]) -> dict[str, Counts]:
    """建议 accepted in the year: their duties and points are of that day (decision 33)."""
    rows = Proposal.objects.filter(state__in=NUMBERED, accepted_on__range=_year(year))
    led = (
        rows.filter(lead__in=deputy_ids)
        .order_by()
        .values_list("lead_id")
        .annotate(count=Count("id"))
    )
    signed = Cosignature.objects.standing().filter(
        deputy__in=deputy_ids,
        proposal__state__in=NUMBERED,
        proposal__accepted_on__range=_year(year),
    )
    cosigned = signed.order_by().values_list("deputy_id").annotate(count=Count("id"))
    return {"led": dict(led), "cosigned": dict(cosigned)}


def _from_replies(year: int, deputy_ids: Collection[int], day: date) -> dict[str, Counts]:
    """领衔建议 whose rating window closed in the year before `day`: before that nothing is late.

    Of each unit the reply that stands that day, and of no proposal taken back: who was to rate
    another anew owes none for the old.
    Only whether a rating was given in time is read, never what it says.
    """
    first, last = _year(year)
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
    met = Count(
        "assignment__meetings__stage",
        distinct=True,
        filter=Q(assignment__meetings__confirmed_at__isnull=False),
    )
    replies = closed.values_list("pk").annotate(
        lead=F("assignment__proposal__lead_id"), met=met, rated=Exists(in_time)
    )
    answered: defaultdict[int, int] = defaultdict(int)
    followed: defaultdict[int, int] = defaultdict(int)
    for _, lead, meetings, rated in replies:
        answered[lead] += 1
        followed[lead] += meetings == len(Stage) and rated
    return {"answered": answered, "followed": followed}


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _added(parts: Iterable[Counts]) -> Counts:
    total: defaultdict[int, int] = defaultdict(int)
    for part in parts:
        for deputy_id, count in part.items():
            total[deputy_id] += count
    return total
