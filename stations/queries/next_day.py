"""The next reception day as one deputy meets it: their own turn first."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Min

from congress.shared.calendar import next_reception
from deputies.models import Deputy
from stations.models import Posting, ReceptionDay, RotaSlot, Station


class NextDay(NamedTuple):
    """When and where; `own` where it is the deputy's turn, otherwise the station just receives."""

    on: date
    station: Station | None
    own: bool


def next_day(deputy: Deputy, today: date) -> NextDay:
    """The turn that comes next; without one the next day of the station where the deputy is
    posted, as it is held; before a rota is planned the next 逢十 day.
    """
    turns = RotaSlot.objects.of_deputy(deputy).filter(day__in=ReceptionDay.objects.held())
    if turn := turns.ahead(today).select_related("day__station__area").first():
        return NextDay(turn.day.held_on, turn.day.station, own=True)
    posted = Posting.objects.running(today).filter(deputy=deputy)
    posting = posted.select_related("station").first()
    station = posting.station if posting else None
    days = ReceptionDay.objects.filter(station=station).ahead(today) if station else None
    day = days.first() if days is not None else None
    return NextDay(day.held_on if day else next_reception(today), station, own=False)


def next_held(today: date, stations: Collection[Station] | None = None) -> dict[int, date]:
    """Each place's own next reception day as it is held, in one query; of all, or of these."""
    days = ReceptionDay.objects.ahead(today).order_by()
    if stations is not None:
        days = days.filter(station__in=stations)
    return dict(days.values_list("station").annotate(Min("held_on")))
