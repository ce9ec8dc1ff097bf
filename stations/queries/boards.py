"""家站活跃度: what each place did in a year, and which of them has been still for long.

Every number is the length of the list that it links to, in a number of queries that does not grow.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from congress.shared.actors import Actor
from stations.models import (
    Activity,
    Council,
    Issue,
    Matter,
    ReceptionDay,
    RotaSlot,
    Station,
)
from stations.models.issues import LIVE
from stations.queries.board_ways import Way
from stations.queries.board_ways import ways as ways_of
from stations.queries.register import stands
from stations.queries.stillness import is_idle, last_days
from stations.rules import IDLE_DAYS
from stations.states import CouncilState, IssueState, MatterState, SlotState, StationState

HEAD = (
    *("乡镇", "家站", "应接待", "已接待", "空岗", "到岗人次", "其中替班", "缺岗人次"),
    *(
        "未登记人次",
        "来访件数",
        "来访人数",
        "民情",
        "超期",
        "已告知",
        "议事",
        "议定",
        "办成",
        "活动",
        "六有",
        "最近一次",
        "几天没动静",
    ),
)
MARKS: dict[str, str] = {SlotState.ATTENDED: "kept", SlotState.ABSENT: "missed"}
"""缺岗 is what somebody has noted, as the rota says it; before that a turn is not marked."""
ORDERS = (
    ("", "乡镇次序"),
    ("idle", "没动静最久的在前"),
    ("empty", "空岗多的在前"),
    ("late", "民情超期多的在前"),
)


@dataclass(frozen=True)
class Line:
    """One place in one year."""

    station: Station
    days: int
    held: int
    kept: int
    stood_in: int
    missed: int
    unmarked: int
    """Turns of past days of which nobody has said whether the deputy came."""
    visits: int
    people: int
    issues: int
    late: int
    told: int
    talks: int
    agreed: int
    done: int
    acts: int
    """Activities of the group that is posted there."""
    checked: bool
    lacks: tuple[str, ...]
    last_on: date | None
    still: int | None
    """Days since anything was done here; None where nothing ever was."""
    idle: bool

    @property
    def empty(self) -> int:
        return self.days - self.held

    @property
    def fittings(self) -> str:
        """六有 in a word."""
        return (
            "今年没查" if not self.checked else f"缺 {len(self.lacks)} 项" if self.lacks else "都有"
        )

    @property
    def quiet(self) -> str:
        """How long it has been still, in words."""
        if self.still is None:
            return "从来没有"
        return "今天" if self.still == 0 else f"{self.still} 天前"


@dataclass(frozen=True)
class Board:
    """The places of a township or the county, and the sums of what is shown."""

    lines: list[Line]
    ways: list[Way]
    idle: int
    idle_days: int

    def sum_of(self, name: str) -> int:
        """What two places of one group have in common is counted once."""
        if name == "acts":
            return sum({line.station.group_id: line.acts for line in self.lines}.values())
        return sum(getattr(line, name) for line in self.lines)

    @property
    def sums(self) -> dict[str, int]:
        """Of every column that is a number."""
        return {name: self.sum_of(name) for name in NUMBERS}


NUMBERS = (
    *("days", "held", "empty", "kept", "stood_in", "missed", "unmarked", "visits", "people"),
    *("issues", "late", "told", "talks", "agreed", "done", "acts"),
)


def board(
    actor: Actor,
    year: int,
    today: date,
    *,
    area: int | None = None,
    show: str = "",
    order: str = "",
) -> Board:
    """Of the places that stood in that year and whose rota this post runs or looks at."""
    stood = Q(state=StationState.OPEN) | Q(closed_on__year__gte=year)
    places = Station.objects.run_by(actor).filter(stood)
    issues = Issue.objects.visible_to(actor)
    if area:
        places, issues = places.filter(area=area), issues.filter(station__area=area)
    usual = ("area__position", "area", "kind", "position", "pk")
    found = list(places.select_related("area").order_by(*usual))
    idle_days = IDLE_DAYS.on(today)
    lines = _lines(found, year, today, idle_days)
    ways = [] if show else ways_of(_of_year(issues, year), today)
    idle = sum(line.idle for line in lines)
    if show == "idle":
        lines = [line for line in lines if line.idle]
    return Board(_ordered(lines, order), ways, idle, idle_days)


def _ordered(lines: list[Line], order: str) -> list[Line]:
    if order == "idle":
        return sorted(lines, key=lambda line: (line.still is not None, -(line.still or 0)))
    if order:
        return sorted(lines, key=lambda line: -getattr(line, order))
    return lines


def _of_year(rows: QuerySet[Issue], year: int) -> QuerySet[Issue]:
    """What the list shows of that year: nothing that was taken down by mistake."""
    return rows.exclude(state=IssueState.WITHDRAWN).filter(raised_at__year=year).order_by()


def _lines(places: list[Station], year: int, today: date, idle_days: int) -> list[Line]:
    past = ReceptionDay.objects.of_year(year).filter(station__in=places, held_on__lt=today)
    days = Counter(past.order_by().values_list("station", flat=True))
    turns: dict[int, Counter[str]] = defaultdict(Counter)
    held: dict[int, set[int]] = defaultdict(set)
    slots = RotaSlot.objects.live().filter(day__in=past.order_by()).order_by()
    for at, day, state, for_whom in slots.values_list(
        "day__station", "day", "state", "stands_in_for"
    ):
        came = state == SlotState.ATTENDED
        turns[at][MARKS.get(state, "unmarked")] += 1
        if came:
            turns[at]["stood_in"] += for_whom is not None
            held[at].add(day)
    issues = {
        at: numbers
        for at, *numbers in _of_year(Issue.objects.filter(station__in=places), year)
        .values_list("station")
        .annotate(
            all=Count("pk"),
            late=Count("pk", filter=Q(state__in=LIVE, due_on__lt=today)),
            told=Count("pk", filter=Q(state=IssueState.TOLD)),
            visits=Count("visit"),
            people=Sum("visit__people", default=0),
        )
    }
    talks, matters = _talks(places, year)
    groups = [place.group_id for place in places if place.group_id]
    acts = _by_group(Activity.objects.held().filter(group__in=groups, held_on__year=year))
    known = stands([place.pk for place in places])
    last = last_days(places)
    made = []
    for place in places:
        at = place.pk
        all_, late, told, visits, people = issues.get(at, (0, 0, 0, 0, 0))
        agreed, done = matters.get(at, (0, 0))
        checked_on, lacks = known.get(at, (None, ()))
        on = last.get(at)
        still = (today - on).days if on else None
        made.append(
            Line(
                station=place,
                days=days[at],
                held=len(held[at]),
                kept=turns[at]["kept"],
                stood_in=turns[at]["stood_in"],
                missed=turns[at]["missed"],
                unmarked=turns[at]["unmarked"],
                visits=visits,
                people=people,
                issues=all_,
                late=late,
                told=told,
                talks=talks.get(at, 0),
                agreed=agreed,
                done=done,
                acts=acts.get(place.group_id or 0, 0),
                checked=checked_on is not None and checked_on.year >= year,
                lacks=lacks,
                last_on=on,
                still=still,
                idle=is_idle(place, still, days[at], idle_days),
            )
        )
    return made


def _talks(
    places: Sequence[Station], year: int
) -> tuple[dict[int, int], dict[int, tuple[int, int]]]:
    """议事 and what was settled there, by place."""
    held = Council.objects.held().filter(station__in=places, held_on__year=year).order_by()
    times = dict(held.values_list("station").annotate(Count("pk")))
    rows = Matter.objects.filter(
        council__station__in=places,
        council__state=CouncilState.NOTED,
        council__held_on__year=year,
    ).order_by()
    ended = Count("pk", filter=Q(state=MatterState.DONE))
    counted = rows.values_list("council__station").annotate(agreed=Count("pk"), done=ended)
    return times, {at: (agreed, ended) for at, agreed, ended in counted}


def _by_group(rows: QuerySet[Activity]) -> dict[int, int]:
    counted = rows.order_by().values_list("group").annotate(Count("pk"))
    return {group: times for group, times in counted if group}


def sheet(found: Board) -> Iterator[list[object]]:
    """各家站 as rows of a table."""
    for line in found.lines:
        yield [
            *(line.station.area.name, line.station.name, line.days, line.held, line.empty),
            *(line.kept, line.stood_in, line.missed, line.unmarked, line.visits, line.people),
            *(line.issues, line.late, line.told, line.talks, line.agreed, line.done, line.acts),
            line.fittings,
            *(line.last_on or "", "" if line.still is None else line.still),
        ]
