"""A station's shop: its keeper, one gift of five pieces, and a deputy with last year's purse."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

from congress.shared.actors import SYSTEM, Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from scoring.actions import gifts, handing, purses, redeeming
from scoring.actions.gifts import Offer
from scoring.models import Gift, Purse, Redemption, ReviewCycle
from stations.models import Station, StationKind
from tests import make
from tests.home import facts as home_facts

TODAY = date(2026, 11, 28)
YEAR = 2026


@dataclass
class Shop:
    """Who has to do with one station's shop."""

    station: Station
    keeper: Actor
    clerk: Actor
    gift: Gift
    deputy: Deputy

    @property
    def me(self) -> Actor:
        return make.as_deputy(self.deputy)

    @property
    def purse(self) -> Purse:
        return Purse.objects.get(deputy=self.deputy)

    def reload(self) -> Gift:
        return Gift.objects.get(pk=self.gift.pk)


def station(name: str = "桃园村联络站", area=None) -> tuple[Station, Actor]:
    keeper = make.actor(Role.KEEPER)
    place = area or make.township()
    kind = StationKind.STATION
    return Station.objects.create(kind=kind, area=place, name=name, keeper=keeper.user), keeper


def strangers() -> list[Actor]:
    """One of every role that has nothing to do with this counter, another station's keeper too."""
    staff = {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}
    far = {Role.TOWNSHIP_CLERK: make.far_office()}
    return make.actors(*((role, far.get(role) or make.where(role)) for role in {*Role} - staff))


def offered(
    at: Station, keeper: Actor, *, name="保温杯", price=30, limit=1, count=5, **days
) -> Gift:
    offer = Offer(name=name, price=price, limit=limit, **days)
    return gifts.offer_gift(at, offer=offer, count=count, by=keeper, today=TODAY)


def purse(*deputies: Deputy, grade: str = "优秀", lit: int = 10, today: date = TODAY):
    """Last year's review is final, these have that grade, and whoever may has a purse."""
    known = ReviewCycle.objects.filter(year=today.year - 1).first()
    cycle = known or home_facts.review(year=today.year - 1)
    for each in deputies:
        home_facts.graded(cycle, each, lit=lit, grade=grade)
    purses.open_purses(cycle, by=SYSTEM, today=today)
    return cycle


def shop(*, count=5, price=30, limit=1, grade="优秀", opened: date = TODAY) -> Shop:
    at, keeper = station()
    deputy = make.deputy("刘春生")
    gift = offered(at, keeper, count=count, price=price, limit=limit)
    purse(deputy, grade=grade, today=opened)
    return Shop(at, keeper, make.actor(Role.TOWNSHIP_CLERK), gift, deputy)


def held(of: Shop, *, gift: Gift | None = None, by: Actor | None = None, today=TODAY) -> Redemption:
    chosen, who = gift or of.gift, by or of.me
    return redeeming.reserve(chosen, deputy=of.deputy, token=uuid4(), by=who, today=today)


def handed(of: Shop, row: Redemption | None = None, today=TODAY) -> Redemption:
    code = (row or held(of)).code
    done = handing.hand_out(of.station, code=code, by=of.keeper, today=today)
    assert done
    return done


def figures(of: Shop) -> SimpleNamespace:
    """What is kept beside the lines."""
    gift, has = of.reload(), of.purse
    return SimpleNamespace(
        shelf=gift.on_shelf, promised=gift.held, free=has.available, waits=has.held
    )
