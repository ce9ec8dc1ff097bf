"""A station with a keeper and three deputies, and its rota, made by the real verbs."""

from datetime import date
from types import SimpleNamespace

from congress.shared.actors import Actor
from congress.shared.roles import Role
from stations.actions import rota
from stations.models import Posting, RotaSlot, Station, StationKind
from tests import make

TODAY = date(2026, 5, 12)
YEAR = 2026


def station(people: int = 3, name: str = "柳河镇第一联络站", area=None):
    """`SimpleNamespace` of the place, its keeper and its deputies; the rota is not planned yet."""
    keeper = make.actor(Role.KEEPER)
    place = Station.objects.create(
        kind=StationKind.STATION, area=area or make.township(), name=name, keeper=keeper.user
    )
    deputies = [make.deputy() for _ in range(people)]
    for one in deputies:
        Posting.objects.create(deputy=one, station=place, from_on=make.ELECTED_ON)
    return SimpleNamespace(place=place, keeper=keeper, deputies=deputies)


def planned(people: int = 3):
    """The same with its rota of the year."""
    found = station(people)
    rota.plan_rota(year=YEAR, by=make.actor(), today=TODAY)
    return found


def turns(found) -> list[RotaSlot]:
    return list(RotaSlot.objects.ahead(TODAY).filter(day__station=found.place))


def of(slot: RotaSlot) -> Actor:
    """The deputy whose turn it is, as themselves."""
    return make.as_deputy(slot.deputy)


def free_for(found, slot: RotaSlot):
    """Somebody of the station who is not on that day."""
    on = {each.deputy_id for each in slot.day.slots.all()}
    return next(one for one in found.deputies if one.pk not in on)
