"""手机日历: reception days and turns as a calendar has them, each with how often it was changed."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from congress.shared.models import AuditEvent
from deputies.models import Deputy
from stations.models import Activity, ReceptionDay, RotaSlot, Station
from stations.states import SlotState

CHANGED = {
    ReceptionDay: ("day_moved",),
    Activity: ("activity_moved", "called_off"),
}
"""What the trail calls a change that whoever has the entry must hear of."""


class Entry(NamedTuple):
    """One day: RFC 5545's UID, how often it was changed (SEQUENCE), and whether it is off."""

    key: str
    day: ReceptionDay
    words: str
    times: int
    off: bool = False


def times(model: type[ReceptionDay | Activity], pks: Collection[int]) -> Counter[int]:
    """How often each of them was moved or called off."""
    steps = AuditEvent.objects.filter(subject=model._meta.label, subject_id__in=pks)
    return Counter(steps.filter(now__in=CHANGED[model]).values_list("subject_id", flat=True))


def _described(stations: Collection[int]) -> Counter[int]:
    """How often a place was described anew: its hours of reception may be others since."""
    steps = AuditEvent.objects.filter(subject=Station._meta.label, subject_id__in=stations)
    return Counter(steps.filter(now="described").values_list("subject_id", flat=True))


def of_station(station: Station, today: date) -> list[Entry]:
    """A station's reception days to come."""
    days = ReceptionDay.objects.filter(station=station).ahead(today).select_related("station")
    moved, told = times(ReceptionDay, [day.pk for day in days]), _described([station.pk])
    return [
        Entry(f"reception-{day.pk}", day, day.reason, moved[day.pk] + told[station.pk])
        for day in days
    ]


def of_deputy(deputy: Deputy, today: date) -> list[Entry]:
    """A deputy's turns to come; one that was given up stays, as cancelled, until taken again."""
    by_day: dict[int, list[RotaSlot]] = defaultdict(list)
    days = ReceptionDay.objects.ahead(today).order_by()
    slots = RotaSlot.objects.of_deputy(deputy).filter(day__in=days)
    for slot in slots.select_related("day__station").order_by("day__held_on", "pk"):
        by_day[slot.day_id].append(slot)
    moved = times(ReceptionDay, by_day.keys())
    told = _described({rows[0].day.station_id for rows in by_day.values()})
    return [
        _turn(deputy, rows, moved[pk] + told[rows[0].day.station_id]) for pk, rows in by_day.items()
    ]


def _turn(deputy: Deputy, rows: list[RotaSlot], moved: int) -> Entry:
    """Each turn and each giving up of it is one change more."""
    last, given = rows[-1], sum(row.state == SlotState.GIVEN_UP for row in rows)
    off = last.state == SlotState.GIVEN_UP
    words = f"逢十接待日轮值，已让出：{last.why}" if off else "逢十接待日轮值"
    changed = moved + len(rows) - 1 + given
    return Entry(f"rota-turn-{last.day_id}-{deputy.pk}", last.day, words, changed, off)
