"""今日待办 of the deputy-affairs office: every queue with its age and limit, and the lights."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse

from congress.home.queries import office_queues, office_watch
from congress.home.queries.queue import Queue, most_urgent_first
from congress.shared.actors import Actor
from congress.shared.calendar import Works, reception_days
from congress.shared.models import Workday
from congress.shared.pictures import UnitLights, lights_by_unit
from proposals.models import Assignment, Pause, Proposal, Rehandling
from proposals.queries.clocks import Clock, day
from proposals.states import HANDED, Part, State
from stations.models import ReceptionDay

UNITS_SHOWN = 10
ALARMS_SHOWN = 5
SLOTS = ("late", "soon", "ok", "paused", "done")


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
    """Each unit's part and each 重新办理 that is past its day."""
    late_proposals: int
    """Of so many proposals, as the list of those has it."""
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
    queues = most_urgent_first(office_queues.queues(by, today, works))
    units, late = unit_lights(Clock.on(today)), _late(today)
    return OfficeDesk(
        today=f"{today.month} 月 {today.day} 日",
        is_office=by.is_staff,
        own=office_queues.own_queues(by, today, works),
        waiting=sum(queue.count for queue in queues),
        late=len(late),
        late_proposals=Proposal.objects.visible_to(by).overdue(today).count() if late else 0,
        alarms=late[:ALARMS_SHOWN],
        queues=queues,
        watched=most_urgent_first(office_watch.watched(by, today, works)),
        lights=lights_by_unit(units),
        lights_narrow=lights_by_unit(units, narrow=True),
        open_count=sum(unit.open for unit in units),
        month=_month(today, works),
        month_name=f"{today.year} 年 {today.month} 月",
    )


def _late(today: date) -> list[Alarm]:
    """办理超期: each part and each 重新办理 past its own day, the oldest first."""
    parts = Assignment.objects.overdue(today).select_related("proposal", "unit")
    orders = Rehandling.objects.overdue(today)
    found = [
        *(
            (row.due_on, row, "应于 {}前" + ("答复" if row.answers else "送意见"))
            for row in parts
            if row.due_on
        ),
        *(
            (row.due_on, row.assignment, "重新办理，应于 {}前再答复")
            for row in orders.select_related("assignment__proposal", "assignment__unit")
        ),
    ]
    return [
        Alarm(
            "办理超期",
            f"{part.proposal.number} {part.proposal.title}"
            f"（{part.unit.short_name}{words.format(day(due_on, today))}）",
            reverse("proposals:dossier", args=[part.proposal_id]),
        )
        for due_on, part, words in sorted(found, key=lambda each: (each[0], each[1].pk))
    ]


def unit_lights(clock: Clock) -> list[UnitLights]:
    """Each unit's parts, whatever their role, by their own clocks; the most pressed first.

    What is handled anew has the clock of its order, and is not done.
    """
    paused = Exists(Pause.objects.open().filter(assignment=OuterRef("pk")))
    again = Rehandling.objects.open().filter(assignment=OuterRef("pk")).order_by()
    rows = (
        Assignment.objects.filter(state__in=HANDED, assigned_on__isnull=False)
        .annotate(paused=paused, again=Subquery(again.values("due_on")))
        .values_list("unit__short_name", "state", "proposal__state", "due_on", "paused", "again")
    )
    counts: dict[str, list[int]] = {}
    for unit, part, state, due_on, still, ordered in rows:
        kind = "paused" if still or due_on is None else clock.light(due_on).kind
        if ordered:
            kind = clock.light(ordered).kind
        elif state != State.ASSIGNED or part == Part.DONE:
            kind = "done"
        counts.setdefault(unit, [0] * len(SLOTS))[SLOTS.index(kind)] += 1
    order = sorted(counts.items(), key=lambda pair: [-number for number in pair[1]])
    return [UnitLights(unit, *numbers) for unit, numbers in order[:UNITS_SHOWN]]


def _receptions(today: date) -> dict[date, str]:
    """This month's reception days as they are held; the calendar's before a rota is planned."""
    rows = ReceptionDay.objects.held().order_by()
    rows = rows.filter(held_on__year=today.year, held_on__month=today.month)
    held = dict(rows.values_list("held_on").annotate(Count("pk")))
    if not held:
        return dict.fromkeys(reception_days(today.year), "接待日")
    most = max(held.values())
    return {on: "接待日" if count == most else f"{count} 站接待" for on, count in held.items()}


def _month(today: date, works: Works) -> list[Day | None]:
    first = today.replace(day=1)
    due = dict(
        Assignment.objects.ticking()
        .filter(due_on__year=today.year, due_on__month=today.month)
        .values_list("due_on")
        .annotate(Count("pk"))
    )
    receptions = _receptions(today)
    days: list[Day | None] = [None] * first.weekday()
    for number in range(1, 32):
        try:
            day = first.replace(day=number)
        except ValueError:
            break
        words = f"{due[day]} 份到期" if day in due else receptions.get(day, "")
        kind = "now" if day == today else "" if works(day) else "off"
        days.append(Day(number, words, kind))
    return days
