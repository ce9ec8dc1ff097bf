"""轮值的排法, pure: the dates, the solver, and how even it is."""

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.shared.calendar import Calendar
from stations.dates import KEEP, LATER, SOONER, days_of, planned_dates
from stations.evenness import measured
from stations.rota import Rota, Server, Turn, plan, seats_for

YEARS = range(2024, 2041)
TENS = (10, 20, 30)
DAYS = planned_dates(2027, TENS)
NO_HOLIDAYS = Calendar({})


def test_every_year_has_its_36_days_and_february_ends_on_its_last():
    for year in YEARS:
        days = planned_dates(year, TENS)
        assert len(days) == 36
        leap = year % 4 == 0
        assert [day.day for day in days if day.month == 2] == [10, 20, 29 if leap else 28]
        assert {day.day for day in days if day.month != 2} == {10, 20, 30}


def test_days_off_roll_as_the_county_has_set_and_say_why():
    holiday = {date(y, 10, d): (False, "国庆节") for y in YEARS for d in range(1, 21)}
    for year in YEARS:
        for works in (NO_HOLIDAYS, Calendar(holiday)):
            kept, later, sooner = (
                days_of(year, TENS, roll, works) for roll in (KEEP, LATER, SOONER)
            )
            assert all(each.held_on == each.planned_on and not each.reason for each in kept)
            for found, sign in ((later, 1), (sooner, -1)):
                held = [each.held_on for each in found]
                assert len(set(held)) == 36
                assert all(works(day) for day in held)
                assert all((each.held_on - each.planned_on).days * sign >= 0 for each in found)
                assert all(bool(each.reason) == (each.held_on != each.planned_on) for each in found)
    first = days_of(2027, TENS, LATER, NO_HOLIDAYS)[0]
    assert (first.planned_on, first.held_on) == (date(2027, 1, 10), date(2027, 1, 11))
    assert first.reason == "遇周日顺延"


@st.composite
def stations(draw):
    count = draw(st.integers(0, 12))
    days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=8, unique=True))
    away = st.frozensets(st.sampled_from(days), max_size=len(days))
    levels = st.sampled_from(["county", "township"])
    people = [Server(pk, draw(levels), draw(away)) for pk in range(1, count + 1)]
    return days, people, draw(st.integers(1, 3))


def turns_of(rota: Rota, people: list[Server]) -> list[int]:
    counts = Counter(turn.deputy for turn in rota.turns)
    return [counts[each.pk] for each in people]


@settings(max_examples=30, deadline=None)
@given(stations())
def test_a_rota_respects_leave_fills_what_can_be_filled_and_shares_evenly(station):
    days, people, seats = station
    rota = plan(days, people, seats)
    away = {each.pk: each.away for each in people}
    assert len(set(rota.turns)) == len(rota.turns)
    assert all(turn.day not in away[turn.deputy] for turn in rota.turns)
    on = Counter(turn.day for turn in rota.turns)
    for day in days:
        here = sum(day not in each.away for each in people)
        assert on[day] == min(seats, here)  # nobody who is there is needed twice on one day
        assert rota.unfilled.get(day, 0) == seats - on[day]
    counts = Counter(turn.deputy for turn in rota.turns)
    for turn in rota.turns:  # nobody could take a turn from whoever has two more
        for other in people:
            free = turn.day not in other.away and Turn(turn.day, other.pk) not in rota.turns
            assert not free or counts[turn.deputy] - counts[other.pk] < 2
    assert plan(days[::-1], people[::-1], seats) == rota


@settings(max_examples=30, deadline=None)
@given(stations(), st.integers(0, 5))
def test_what_stands_is_kept_and_planning_again_gives_nothing_more(station, gone):
    days, people, seats = station
    wanted = dict.fromkeys(days, seats)
    stood = plan(days, people, seats).turns
    again = plan(days, people, wanted, stood)
    assert again.turns == ()
    kept = stood[gone:]
    rest = plan(days, people, wanted, kept)
    assert not set(rest.turns) & set(kept)
    assert len(rest.turns) == min(gone, len(stood))


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60), st.integers(1, 3), st.sampled_from(YEARS))
def test_everybody_who_is_posted_has_a_turn_in_the_year(count, least, year):
    days = planned_dates(year, TENS)
    people = [Server(pk, "county" if pk % 5 == 0 else "township") for pk in range(count)]
    rota = plan(days, people, seats_for(least, count, len(days)))
    counts = turns_of(rota, people)
    assert min(counts) >= 1
    assert max(counts) - min(counts) <= 1


def test_the_figures_beside_a_rota_are_its_own():
    people = [Server(pk, "county" if pk < 4 else "township") for pk in range(18)]
    rota = plan(DAYS, people, 2)
    even = measured(rota.turns, {each.pk: each.level for each in people})
    assert (even.least, even.most, even.spread, even.none) == (4, 4, 0, 0)
    assert (even.mixed, even.mixable) == (16, 16)
    assert even.closest >= 60
    assert even.words == (
        f"每人 4—4 次，同站最多相差 0 次，人人都有，各级代表搭配 16/16 天，"
        f"同一代表两次轮值最近相隔 {even.closest} 天"
    )


def test_a_whole_year_of_leave_takes_no_turn_from_the_others():
    people = [Server(1, "county", frozenset(DAYS)), Server(2, "county"), Server(3, "county")]
    rota = plan(DAYS, people, 2)
    assert turns_of(rota, people) == [0, 36, 36]
