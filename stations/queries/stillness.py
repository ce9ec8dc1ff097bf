"""没动静: when something last happened at a place, and whether that is too long ago."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from stations.models import Activity, Council, RotaSlot, Station, StationKind, Visit
from stations.states import SlotState, StationState


def is_idle(place: Station, still: int | None, days: int, idle_days: int) -> bool:
    """没动静: a home where nobody receives has nothing to be still about until it is used."""
    if place.state != StationState.OPEN:
        return False
    if still is None:
        return place.kind == StationKind.STATION or bool(days)
    return still >= idle_days


def last_days(places: Sequence[Station]) -> dict[int, date]:
    """The last day on which a deputy stood at the desk, somebody came, or people met, by place.

    An activity of the group posted there counts, too.
    """
    here = {"station__in": places}
    slots = RotaSlot.objects.filter(state=SlotState.ATTENDED, day__station__in=places).order_by()
    visits = Visit.objects.taken().filter(**here).order_by()
    councils = Council.objects.held().filter(**here).order_by()
    last: dict[int, date] = {}
    for found in (
        slots.values_list("day__station").annotate(Max("day__held_on")),
        visits.values_list("station").annotate(Max("came_on")),
        councils.values_list("station").annotate(Max("held_on")),
    ):
        for at, on in found:
            last[at] = max(on, last.get(at, on))
    groups = [place.group_id for place in places if place.group_id]
    held = Activity.objects.held().filter(group__in=groups).order_by()
    acted = dict(held.values_list("group").annotate(Max("held_on")))
    for place in places:
        if on := acted.get(place.group_id):
            last[place.pk] = max(on, last.get(place.pk, on))
    return last
