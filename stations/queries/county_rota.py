"""全县轮值: every station's year at a glance, and the same as a sheet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from stations.models import ReceptionDay, RotaSlot
from stations.states import SlotState
from stations.wording import day_words

GAPS = ("short", "empty")


class Cell(NamedTuple):
    """One station's day at a glance: how many are on, of how many; gaps stand out."""

    day: int
    on: date
    planned_on: date
    have: int
    seats: int
    state: str

    @property
    def moved(self) -> bool:
        return self.on != self.planned_on

    @property
    def title(self) -> str:
        moved = (
            f"（原定 {self.planned_on.month} 月 {self.planned_on.day} 日）" if self.moved else ""
        )
        return f"{day_words(self.on)}{moved}：{self.have}/{self.seats} 人"

    @property
    def is_gap(self) -> bool:
        return self.state in GAPS


class Line(NamedTuple):
    """One station's year: a cell for each date of the county's year, None where it has no day."""

    pk: int
    name: str
    township: str
    cells: list[Cell | None]

    @property
    def gaps(self) -> int:
        return sum(cell.is_gap for cell in self.cells if cell)


@dataclass(frozen=True)
class Sheet:
    """The county's year: the months with how many dates each has, the dates, the stations."""

    months: list[tuple[int, int]]
    dates: list[date]
    lines: list[Line]

    @property
    def gaps(self) -> int:
        return sum(line.gaps for line in self.lines)


def county(year: int, today: date, area: int | None = None, *, gaps: bool = False) -> Sheet:
    """Every station that has a rota, its days under the dates they were planned for; two queries.

    A station that came late has its first day under that day's date and nothing before it.
    """
    days = ReceptionDay.objects.of_year(year).select_related("station__area")
    if area:
        days = days.filter(station__area=area)
    rows = list(days.order_by("station__area__position", "station__position", "station"))
    states: dict[int, list[str]] = defaultdict(list)
    live = RotaSlot.objects.live().filter(day__planned_on__year=year).order_by()
    for day, state in live.values_list("day", "state"):
        states[day].append(state)
    dates = sorted({row.planned_on for row in rows})
    place = {on: number for number, on in enumerate(dates)}
    found: dict[int, Line] = {}
    for row in rows:
        at = row.station
        line = found.get(at.pk)
        if line is None:
            line = found[at.pk] = Line(at.pk, at.name, at.area.name, [None] * len(dates))
        line.cells[place[row.planned_on]] = _cell(row, states[row.pk], today)
    months = list(Counter(on.month for on in dates).items())
    return Sheet(months, dates, [line for line in found.values() if line.gaps or not gaps])


def _cell(row: ReceptionDay, states: Sequence[str], today: date) -> Cell:
    past = row.held_on < today
    have = states.count(SlotState.ATTENDED) if past else len(states)
    enough, state = (have, "done") if past else (have >= row.seats, "full")
    gap = "empty" if past else "short"
    return Cell(row.pk, row.held_on, row.planned_on, have, row.seats, state if enough else gap)


def townships(year: int) -> list[tuple[int, str]]:
    """Those that have a rota that year."""
    rows = ReceptionDay.objects.of_year(year).order_by("station__area__position")
    found = rows.values_list("station__area", "station__area__name")
    return list(dict.fromkeys(found))


def table(year: int, area: int | None = None) -> Iterable[list[object]]:
    """The county's rota as rows of a sheet: one turn each."""
    rows = RotaSlot.objects.live().filter(day__planned_on__year=year)
    if area:
        rows = rows.filter(day__station__area=area)
    related = rows.select_related("day__station__area", "deputy", "stands_in_for__deputy")
    order = ("day__station__area__position", "day__station__position", "day__held_on", "pk")
    for slot in related.order_by(*order):
        giver = slot.stands_in_for.deputy.name if slot.stands_in_for else ""
        day = slot.day
        place = (day.station.area.name, day.station.name)
        moved = (day.planned_on if day.reason else "", day.reason)
        yield [*place, day.held_on, *moved, slot.deputy.name, slot.get_state_display(), giver]
