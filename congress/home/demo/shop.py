"""积分超市 of the demo county: two counters, last year's purses, what was had and what waits."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.actors import SYSTEM, Actor
from congress.shared.models import Post
from congress.shared.roles import Role
from deputies.models import Deputy
from scoring.actions import gifts, handing, purses, redeeming
from scoring.actions.gifts import Offer
from scoring.models import Gift, Purse, Redemption, ReviewCycle
from scoring.states import TOLD
from stations.models import Posting, Station

GOODS = (
    ("毛巾两条", 10, 40),
    ("洗衣液一桶", 20, 30),
    ("保温杯", 30, 20),
    ("雨伞", 15, 24),
    ("电热水壶", 60, 6),
    ("农技书一套", 25, 12),
)
FEW = 5
"""How many others have to do with these days."""


def tell(cast: Cast) -> None:
    """Purses in January, gifts in spring, hand-outs through the year, holds of these days."""
    year = cast.today.year
    cycle = ReviewCycle.objects.filter(year=year - 1, state__in=TOLD).first()
    stations = _counters(cast)
    if cycle is None or not stations:
        return
    on = max(date(year, 1, 16), _day(cycle))
    with clock.at(moment(on, 9)):
        purses.open_purses(cycle, by=cast.director, today=on)
    opened = on + timedelta(days=40)
    for number, (station, keeper) in enumerate(stations):
        for name, price, count in GOODS[:: number + 1]:
            with clock.at(moment(opened, 10)):
                offer = Offer(name=name, price=price, limit=2)
                pieces = count // (number + 1)
                gifts.offer_gift(station, offer=offer, count=pieces, by=keeper, today=opened)
        _year_of(cast, station, keeper, opened, number)
    _these_days(cast, *stations[0])


def _day(cycle: ReviewCycle) -> date:
    at = cycle.final_at
    return at.date() if at else date(cycle.year + 1, 1, 1)


def _counters(cast: Cast) -> list[tuple[Station, Actor]]:
    """The keeper's own station first; then the one at which the star serves."""
    standing = Station.objects.standing().order_by("position", "pk")
    kept = standing.stations().filter(keeper__isnull=False)
    star = Posting.objects.open().filter(deputy=cast.star).values("station")
    first = kept.first()
    if first is None:
        return []
    others = standing.exclude(pk=first.pk)
    second = others.filter(pk__in=star).first() or kept.exclude(pk=first.pk).first()
    found = [first, *([second] if second else [])]
    return [(each, _keeper(each, cast)) for each in found]


def _keeper(station: Station, cast: Cast) -> Actor:
    post = Post.objects.filter(user=station.keeper_id, role=Role.KEEPER, to_on=None).first()
    return Actor(post.user, post, (post,)) if post else cast.clerk


def _people(cast: Cast) -> list[Deputy]:
    """Whoever has a purse and can sign in, the two you log in as left for these days."""
    rows = Purse.objects.filter(year=cast.today.year).select_related("deputy__user")
    later = {each.pk for each in (cast.star, cast.second) if each}
    found = [row.deputy for row in rows.order_by("deputy__stroke_key", "pk")]
    return [each for each in found if each.pk in cast.actors and each.pk not in later]


def _year_of(cast: Cast, station: Station, keeper: Actor, opened: date, number: int) -> None:
    """Some come every few weeks; one hold is cancelled, one nobody fetches."""
    people = _people(cast)[number * 12 : number * 12 + 12]
    for step, deputy in enumerate(people):
        day = opened + timedelta(days=7 + step * 19)
        if day > cast.today - timedelta(days=25):
            break
        row = _reserve(cast, station, deputy, day, step)
        with clock.at(moment(day + timedelta(days=3), 11)):
            _end(row, station, keeper, step, day + timedelta(days=3))


def _end(row: Redemption, station: Station, keeper: Actor, step: int, day: date) -> None:
    if step == 4:
        redeeming.cancel_hold(row, why="奖品到货晚，换一批再领", by=keeper)
    elif step == 7:
        late = row.until + timedelta(days=1)
        redeeming.expire_hold(row, by=SYSTEM, today=late)
    else:
        handing.hand_out(station, code=row.code, by=keeper, today=day)


def _reserve(cast: Cast, station: Station, deputy: Deputy, day: date, step: int) -> Redemption:
    """One of the gifts that are left there and not too dear, another at each step."""
    purse, by = Purse.objects.get(deputy=deputy, year=day.year), cast.actors[deputy.pk]
    shelf = Gift.objects.filter(station=station, price__lte=purse.available).order_by("pk")
    left = [each for each in shelf if each.left]
    gift = left[step % len(left)]
    token = uuid5(NAMESPACE_URL, f"gift {gift.pk} {deputy.pk} {day}")
    with clock.at(moment(day, 20)):
        return redeeming.reserve(gift, deputy=purse.deputy, token=token, by=by, today=day)


def _these_days(cast: Cast, station: Station, keeper: Actor) -> None:
    """Some wait to be fetched; a broken piece and a wrong hand-out wait to be confirmed."""
    waiting = [each for each in (cast.star, cast.second) if each and _has_purse(each, cast)]
    people = _people(cast)[-FEW:]
    for number, deputy in enumerate([*waiting, *people[1:]]):
        _reserve(cast, station, deputy, cast.today - timedelta(days=2 + number), number)
    lately = cast.today - timedelta(days=9)
    if not people:
        return
    wrong, by, today = _reserve(cast, station, people[0], lately, 0), keeper, cast.today
    with clock.at(moment(lately + timedelta(days=1), 10)):
        handing.hand_out(station, code=wrong.code, by=by, today=lately + timedelta(days=1))
    with clock.at(moment(today - timedelta(days=1), 15)):
        handing.ask_reversal(wrong, came_back=True, reason="同名，发错了人", by=by, today=today)
        broken = Gift.objects.filter(station=station).order_by("-on_shelf").first()
        if broken and broken.left:
            gifts.ask_write_off(broken, count=1, reason="受潮发霉", by=by, today=today)


def _has_purse(deputy: Deputy, cast: Cast) -> bool:
    return Purse.objects.filter(deputy=deputy, year=cast.today.year, available__gte=60).exists()
