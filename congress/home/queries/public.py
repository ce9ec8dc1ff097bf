"""What the public sees that takes more than one app: the front page, a deputy's page, the stars."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congress.home.queries.public_stars import Lit, TenStars, lit, ten_stars
from congress.shared import pictures
from deputies.models import Deputy
from deputies.queries import public as people
from deputies.queries.messages import answered
from deputies.states import Measure
from proposals.queries import public as loop
from proposals.queries import public_numbers, public_tally
from proposals.queries.clocks import Clock
from scoring.permissions.publicity import publicity_until
from scoring.queries.meetings import Public, public_reports
from scoring.queries.publicity import running
from stations.queries import public as places
from stations.queries.hours import reception_words
from stations.queries.next_day import next_day

IN_HAND_SHOWN = 5
LATEST_SHOWN = 5


@dataclass(frozen=True)
class Front:
    """The county at a glance."""

    year: int
    numbers: public_numbers.Year
    receptions: int
    in_hand: int
    rows: tuple[loop.Row, ...]
    next: places.Soonest
    homes: int
    stations: int
    stars: TenStars | None
    publicity_until: date | None
    """评定公示 that is running, and until when."""


@dataclass(frozen=True)
class Kept:
    """One pledge beside the fact it is held against; `done` is None where nothing is counted."""

    text: str
    fact: str
    done: bool | None


@dataclass(frozen=True)
class DeputyPage:
    """What stands behind a deputy's code."""

    person: people.Person
    pledges: tuple[Kept, ...]
    this_year: people.Year
    last_year: people.Year
    portrait: str
    portrait_narrow: str
    calendar: str
    calendar_narrow: str
    latest: tuple[people.Deed, ...]
    proposals: tuple[loop.Row, ...]
    station: places.Line | None
    day: places.Day
    own: bool
    """Whether it is the deputy's own turn on that day."""
    reports: tuple[Public, ...]
    """述职: that it took place, when and where."""
    lit: Lit | None


def front(today: date) -> Front:
    """公开首页."""
    clock, open_ones = Clock.on(today), loop.Filters(answer="open")
    where, published = places.lines(today), running(today)
    homes = sum(place.is_home for place in where)
    return Front(
        year=today.year,
        numbers=public_numbers.year_numbers(today.year, today),
        receptions=places.receptions(today.year),
        in_hand=public_tally.tally(open_ones, clock).total,
        rows=tuple(loop.rows(open_ones, clock, span=slice(IN_HAND_SHOWN))),
        next=places.soonest(today),
        homes=homes,
        stations=len(where) - homes,
        stars=ten_stars(),
        publicity_until=publicity_until(published[0]) if published else None,
    )


def deputy_page(code: str, today: date) -> DeputyPage | None:
    """一码亮身份、亮承诺 (policy text): None when no sitting deputy has the code."""
    deputy = people.find(code, today)
    if deputy is None:
        return None
    this_year, last_year = people.years(deputy, (today.year, today.year - 1), today)
    days = people.days(deputy, today.year)
    shares = _shares(this_year.categories)
    person = people.person(deputy, today)
    turn = next_day(deputy, today)
    return DeputyPage(
        person=person,
        pledges=tuple(_kept(each, deputy, today) for each in person.pledges),
        this_year=this_year,
        last_year=last_year,
        portrait=pictures.portrait(shares),
        portrait_narrow=pictures.portrait(shares, narrow=True),
        calendar=pictures.heat_calendar(today.year, days, today=today),
        calendar_narrow=pictures.heat_calendar(today.year, days, today=today, narrow=True),
        latest=people.deeds(people.deeds_in(deputy, today.year)[:LATEST_SHOWN]),
        proposals=tuple(loop.rows(loop.Filters(lead=deputy.pk), Clock.on(today))),
        station=places.line_of(turn.station)
        if turn.own and turn.station
        else places.place_of(deputy.pk, today),
        day=places.day_of(turn.on, today)._replace(
            hours=reception_words(turn.station, turn.on) if turn.station else ""
        ),
        own=turn.own,
        reports=tuple(public_reports(deputy, today)),
        lit=lit(deputy),
    )


def _kept(promise: people.Promise, deputy: Deputy, today: date) -> Kept:
    """亮承诺: the fact counted today, and whether the year's number is reached."""
    if promise.measure == Measure.MESSAGES:
        seen = answered(deputy, today.year, today)
        if not seen.sent:
            return Kept(promise.text, "今年还没有群众留言", None)
        late = f"，{seen.late} 件晚了" if seen.late else ""
        words = f"今年 {seen.sent} 件，{seen.on_time} 件按时答复{late}"
        return Kept(promise.text, words, not seen.late and not seen.waiting)
    if promise.measure == Measure.CONTACTS:
        times, unit = people.contacts_in(deputy, today.year), "次"
    elif promise.measure == Measure.PROPOSALS:
        led = loop.Filters(lead=deputy.pk, year=today.year)
        times, unit = loop.matching(led, Clock.on(today)).count(), "件"
    else:
        return Kept(promise.text, "", None)
    goal = f"，承诺 {promise.target} {unit}" if promise.target else ""
    reached = times >= promise.target if promise.target else None
    return Kept(promise.text, f"今年已有 {times} {unit}{goal}", reached)


def _shares(categories: Collection[people.Category]) -> list[tuple[str, Decimal]]:
    return [
        (each.name, Decimal(each.items_done) / each.items if each.items else Decimal(0))
        for each in categories
    ]
