"""轮值 as screens and papers show it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from deputies.models import Deputy, Mandate
from stations.hours import Hours
from stations.models import Posting, ReceptionDay, RotaLeave, RotaSlot, Station, Swap
from stations.permissions.rota import (
    MARK_DAYS,
    why_not_appoint_substitute,
    why_not_check_in,
)
from stations.permissions.swaps import too_late
from stations.queries.hours import reception
from stations.states import SlotState
from stations.wording import day_words, left_words


class Turn(NamedTuple):
    """One deputy's turn in words; `for_whom` gave it up."""

    pk: int
    name: str
    state: str
    colour: str
    for_whom: str
    no_check_in: str | None
    no_substitute: str | None


@dataclass(frozen=True)
class Day:
    """One reception day of a station."""

    pk: int
    on: date
    words: str
    left: str
    moved: str
    turns: tuple[Turn, ...]
    missing: int
    open_turns: tuple[tuple[int, str], ...]
    """Turns given up that nobody has taken: the number, and whose they were."""
    no_move: str | None


UNMARKED = ("没有登记", "red")
"""A past turn of which nobody has said whether the deputy came."""
COLOURS = {
    SlotState.PLANNED: "blue",
    SlotState.ATTENDED: "green",
    SlotState.ABSENT: "red",
    SlotState.GIVEN_UP: "grey",
}


def stations_of(actor: Actor) -> QuerySet[Station]:
    """Whose rota this post runs or looks at."""
    return Station.objects.run_by(actor)


def days_of(station: Station, year: int, today: date, by: Actor) -> list[Day]:
    """The station's reception days of that year, with whoever is on turn, in three queries."""
    rows = list(ReceptionDay.objects.of_year(year).filter(station=station).order_by("held_on"))
    slots: dict[int, list[RotaSlot]] = defaultdict(list)
    found = RotaSlot.objects.filter(day__in=rows).select_related("deputy", "stands_in_for__deputy")
    for slot in found.order_by("deputy__stroke_key", "pk"):
        slots[slot.day_id].append(slot)
    for row in rows:
        row.station = station
    at = reception()
    return [_day(row, slots[row.pk], today, by, at(station.own_hours, row.held_on)) for row in rows]


def _day(row: ReceptionDay, slots: Sequence[RotaSlot], today: date, by: Actor, hours: Hours) -> Day:
    for slot in slots:
        slot.day = row
    live = [slot for slot in slots if slot.state != SlotState.GIVEN_UP]
    taken = {slot.stands_in_for_id for slot in slots}
    vacant = [slot for slot in slots if slot not in live and slot.pk not in taken]
    moved = f"原定{day_words(row.planned_on)}，{row.reason}" if row.reason else ""
    return Day(
        pk=row.pk,
        on=row.held_on,
        words=f"{day_words(row.held_on)} {hours.words}",
        left=left_words(row.held_on, today) if row.held_on >= today else "",
        moved=moved,
        turns=tuple(_turn(slot, today, by) for slot in live),
        missing=max(0, row.seats - len(live)),
        open_turns=tuple((slot.pk, slot.deputy.name) for slot in vacant),
        no_move=_no_move(row, live, today),
    )


def turn_state(slot: RotaSlot, today: date) -> tuple[str, str]:
    """Where this turn stands in a word, and its colour; the slot is asked for with its day."""
    state = SlotState(slot.state)
    if state == SlotState.PLANNED and slot.day.held_on < today:
        return UNMARKED
    return str(state.label), COLOURS[state]


def _turn(slot: RotaSlot, today: date, by: Actor) -> Turn:
    giver = slot.stands_in_for.deputy.name if slot.stands_in_for else ""
    return Turn(
        slot.pk,
        slot.deputy.name,
        *turn_state(slot, today),
        giver,
        why_not_check_in(by, slot, today=today),
        why_not_appoint_substitute(by, slot, today=today),
    )


def _no_move(row: ReceptionDay, live: Sequence[RotaSlot], today: date) -> str | None:
    """What `why_not_move_day` says of the day itself, of turns that are known."""
    if row.held_on < today:
        return "这次接待已经过去。"
    return "已经有代表签到。" if any(slot.marked_at for slot in live) else None


@dataclass(frozen=True)
class Own:
    """我的接待日: a deputy's page."""

    turns: list[tuple[RotaSlot, str, str, list[str], str | None]]
    past: list[tuple[RotaSlot, str]]
    asked_of_me: list[Swap]
    asked_by_me: list[Swap]
    leaves: list[RotaLeave]


def own(deputy: Deputy, today: date, swap_days: int) -> Own:
    """The next turn first, with who else is on; swaps that wait; leave not yet over."""
    mine = RotaSlot.objects.of_deputy(deputy).select_related("day__station", "deputy")
    ahead = list(mine.ahead(today))
    mates: dict[int, list[str]] = defaultdict(list)
    others = RotaSlot.objects.live().filter(day__in=[slot.day_id for slot in ahead])
    for day, name in others.exclude(deputy=deputy).values_list("day", "deputy__name"):
        mates[day].append(name)
    swaps = Swap.objects.waiting().select_related(
        "slot__deputy", "slot__day__station", "asked", "theirs__day__station"
    )
    asked_by_me = list(swaps.filter(slot__deputy=deputy))
    waiting, hours = {swap.slot_id for swap in asked_by_me}, reception()
    done = mine.filter(day__held_on__lt=today).live().order_by("-day__held_on")
    return Own(
        turns=[
            (
                slot,
                f"{day_words(slot.day.held_on)} "
                f"{hours(slot.day.station.own_hours, slot.day.held_on).words}",
                left_words(slot.day.held_on, today),
                mates[slot.day_id],
                "已经在请人换，等对方答复。"
                if slot.pk in waiting
                else too_late(slot, today, swap_days),
            )
            for slot in ahead
        ],
        past=[(slot, turn_state(slot, today)[0]) for slot in done[:6]],
        asked_of_me=list(swaps.filter(asked=deputy)),
        asked_by_me=asked_by_me,
        leaves=list(RotaLeave.objects.standing().filter(deputy=deputy, to_on__gte=today)),
    )


def can_take(slot: RotaSlot, today: date) -> QuerySet[Deputy]:
    """Whoever may take this turn: free on that date, not away, and posted at that place.

    Only where nobody there is free, those who serve at the township's other places.
    """
    day = slot.day
    here = Posting.objects.serving(today).filter(station__area=day.station.area_id)
    busy = RotaSlot.objects.live().filter(day__held_on=day.held_on)
    away = RotaLeave.objects.standing().filter(from_on__lte=day.held_on, to_on__gte=day.held_on)
    people = Deputy.objects.filter(pk__in=here.values("deputy")).exclude(pk=slot.deputy_id)
    people = people.exclude(pk__in=busy.values("deputy")).exclude(pk__in=away.values("deputy"))
    near = people.filter(pk__in=here.filter(station=day.station_id).values("deputy"))
    return (near if near.exists() else people).in_name_order()


def turns_of_others(slot: RotaSlot, today: date) -> QuerySet[RotaSlot]:
    """Turns that could be taken in exchange, of those who could take this one."""
    rows = RotaSlot.objects.ahead(today).filter(deputy__in=can_take(slot, today).values("pk"))
    rows = rows.filter(day__station__area=slot.day.station.area_id)
    rows = rows.exclude(deputy=slot.deputy_id).exclude(day__held_on=slot.day.held_on)
    return rows.select_related("deputy", "day__station").order_by("day__held_on", "pk")


def posted_days(
    station: Station, today: date, count: int = 6
) -> list[tuple[ReceptionDay, str, list[str]]]:
    """The next reception days with who receives and at which level, as the wall shows them."""
    days = list(ReceptionDay.objects.filter(station=station).ahead(today)[:count])
    people = on_duty(days, today)
    return [(day, day_words(day.held_on), [one.words for one in people[day.pk]]) for day in days]


class OnDuty(NamedTuple):
    """Who receives: the name, and the first level they sit at."""

    name: str
    level: str

    @property
    def words(self) -> str:
        return f"{self.name}（{self.level}代表）" if self.level else self.name


def on_duty(days: Sequence[ReceptionDay], today: date) -> dict[int, list[OnDuty]]:
    """Of each of these days whoever has the turn, by 姓氏笔画, in two queries."""
    slots = RotaSlot.objects.live().filter(day__in=days).order_by("deputy__stroke_key", "pk")
    rows = list(slots.values_list("day", "deputy", "deputy__name"))
    seats = Mandate.objects.running(today).filter(deputy__in=[row[1] for row in rows])
    levels: dict[int, str] = {}
    order = seats.order_by("term__assembly__level__rank")
    for pk, level in order.values_list("deputy", "term__assembly__level__name"):
        levels.setdefault(pk, level)
    people: dict[int, list[OnDuty]] = {day.pk: [] for day in days}
    for day, pk, name in rows:
        people[day].append(OnDuty(name, levels.get(pk, "")))
    return people


def serving_at(station: Station, today: date) -> QuerySet[Deputy]:
    """Who serves at this place, by 姓氏笔画."""
    posted = Posting.objects.serving(today).filter(station=station)
    return Deputy.objects.filter(pk__in=posted.values("deputy")).in_name_order()


def leaves_at(station: Station, today: date) -> QuerySet[RotaLeave]:
    """请假 of those who serve here, as far as it is not over, the nearest first."""
    here = Posting.objects.open().filter(station=station)
    rows = RotaLeave.objects.standing().filter(deputy__in=here.values("deputy"), to_on__gte=today)
    return rows.select_related("deputy", "taken_by").order_by("from_on", "pk")


@dataclass(frozen=True)
class Empty:
    """空岗: a past day on which nobody was seen at the desk, and what is known of it."""

    day: ReceptionDay
    words: str
    names: str
    waits: bool
    """Whether the desk has still to say who came."""


def empty_days(actor: Actor, today: date) -> list[Empty]:
    """Those of which the desk may still note who came, the newest first, in two queries."""
    rows = ReceptionDay.objects.visible_to(actor).empty_before(today)
    days = list(
        rows.filter(held_on__gte=today - MARK_DAYS)
        .select_related("station__area", "station__keeper")
        .order_by("-held_on", "station__area__position", "station__position")
    )
    turns: dict[int, list[RotaSlot]] = defaultdict(list)
    slots = RotaSlot.objects.live().filter(day__in=days).select_related("deputy")
    for slot in slots.order_by("deputy__stroke_key", "pk"):
        turns[slot.day_id].append(slot)
    return [_empty(day, turns[day.pk]) for day in days]


def _empty(day: ReceptionDay, slots: Sequence[RotaSlot]) -> Empty:
    names = "、".join(slot.deputy.name for slot in slots)
    waits = any(slot.state == SlotState.PLANNED for slot in slots)
    words = "没有登记到岗" if waits else "都没有来" if slots else "没有排到代表"
    return Empty(day, words, names, waits)
