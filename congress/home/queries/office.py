"""今日待办 of the deputy-affairs office: every queue with its age and limit, and the lights."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F
from django.urls import reverse

from congress.home.queries import office_queues, office_watch
from congress.home.queries.office_queues import Queue
from congress.shared.actors import Actor
from congress.shared.calendar import Works, reception_days, working_days_until
from congress.shared.models import Workday
from congress.shared.pictures import UnitLights, lights_by_unit
from proposals.models import Assignment, Proposal
from proposals.rules import NEAR_DAYS
from proposals.states import IN_HAND, Part, State

UNITS_SHOWN = 10
ALARMS_SHOWN = 5


@dataclass(frozen=True)
class Alarm:
    """What must be dealt with today."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class OfficeDesk:
    today: str
    is_office: bool
    own: list[Queue]
    waiting: int
    late: int
    alarms: list[Alarm]
    queues: list[Queue]
    watched: list[Queue]
    lights: str
    lights_narrow: str
    open_count: int
    month: list["Day | None"]
    month_name: str


@dataclass(frozen=True)
class Day:
    """A day of the month's sheet."""

    number: int
    words: str
    kind: str


def desk(by: Actor, today: date) -> OfficeDesk:
    """Everything the workbench opens on; the queues most in need first."""
    works = Workday.objects.works()
    queues = office_queues.most_urgent_first(office_queues.queues(by, today, works))
    units = _units(today, works)
    return OfficeDesk(
        today=f"{today.month} 月 {today.day} 日",
        is_office=by.is_staff,
        own=office_queues.own_queues(by),
        waiting=sum(queue.count for queue in queues),
        late=Assignment.objects.overdue(today).count(),
        alarms=_alarms(today),
        queues=queues,
        watched=office_queues.most_urgent_first(office_watch.watched(by, today, works)),
        lights=lights_by_unit(units),
        lights_narrow=lights_by_unit(units, narrow=True),
        open_count=sum(unit.late + unit.soon + unit.ok for unit in units),
        month=_month(today, works),
        month_name=f"{today.year} 年 {today.month} 月",
    )


def _alarms(today: date) -> list[Alarm]:
    rows = Assignment.objects.overdue(today).select_related("proposal", "unit")
    return [
        Alarm(
            "办理超期",
            f"{row.proposal.number} {row.proposal.title}（{row.unit.short_name}应于"
            f" {row.due_on.month} 月 {row.due_on.day} 日前{'答复' if row.answers else '送意见'}）",
            reverse("proposals:dossier", args=[row.proposal_id]),
        )
        for row in rows.order_by("due_on", "pk")[:ALARMS_SHOWN]
        if row.due_on
    ]


def _units(today: date, works: Works) -> list[UnitLights]:
    near = NEAR_DAYS.on(today)
    rows = (
        Assignment.objects.answering()
        .filter(state__in=IN_HAND)
        .values_list("unit__short_name", "state", "proposal__state", F("due_on"))
    )
    counts: dict[str, list[int]] = {}
    for unit, part, state, due_on in rows:
        slot = 3
        if state == State.ASSIGNED and part != Part.DONE:
            left = working_days_until(today, due_on, works)
            slot = 0 if due_on < today else 1 if left <= near else 2
        counts.setdefault(unit, [0, 0, 0, 0])[slot] += 1
    order = sorted(counts.items(), key=lambda pair: [-number for number in pair[1]])
    return [UnitLights(unit, *numbers) for unit, numbers in order[:UNITS_SHOWN]]


def _month(today: date, works: Works) -> list[Day | None]:
    first = today.replace(day=1)
    due = dict(
        Proposal.objects.in_hand()
        .filter(due_on__year=today.year, due_on__month=today.month)
        .values_list("due_on")
        .annotate(Count("pk"))
    )
    receptions = set(reception_days(today.year))
    days: list[Day | None] = [None] * first.weekday()
    for number in range(1, 32):
        try:
            day = first.replace(day=number)
        except ValueError:
            break
        words = f"{due[day]} 件到期" if day in due else "接待日" if day in receptions else ""
        kind = "now" if day == today else "" if works(day) else "off"
        days.append(Day(number, words, kind))
    return days
