"""答复期限: pure, and proven over all days from 2024 to 2040."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.shared.calendar import add_months
from proposals.deadline import (
    Stand,
    Terms,
    contact_due_on,
    due_on,
    nominal,
    opinion_due_on,
    stood,
)

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
NEW_YEAR = {date(2026, 1, 1), date(2026, 1, 2)}


def weekdays(day):
    return day.weekday() < 5 and day not in NEW_YEAR


def always(day):
    return True


@st.composite
def stands(draw, *, after=date(2024, 1, 1)):
    """Intervals one after the other, none touching the next."""
    found, day = [], after
    for _ in range(draw(st.integers(0, 4))):
        start = day + timedelta(days=draw(st.integers(1, 30)))
        day = start + timedelta(days=draw(st.integers(1, 40)))
        found.append(Stand(start, day))
    return tuple(found)


def test_three_months_that_end_on_a_saturday_end_on_the_monday():
    terms = Terms(date(2026, 3, 6), 3)
    assert nominal(terms) == date(2026, 6, 6)
    assert due_on(terms, weekdays) == date(2026, 6, 8)
    assert due_on(Terms(date(2026, 3, 6), 3, rolls=False), weekdays) == date(2026, 6, 6)


def test_the_last_day_rolls_over_a_holiday_and_a_make_up_day_ends_it():
    eve = Terms(date(2025, 10, 1), 3)
    assert due_on(eve, weekdays) == date(2026, 1, 5), "Thursday and Friday off, then the weekend"
    assert due_on(eve, lambda day: weekdays(day) or day == date(2026, 1, 4)) == date(2026, 1, 4)


@given(DAYS, st.integers(1, 6), st.integers(0, 3))
def test_an_extension_is_counted_from_the_assignment_and_not_on_top(day, months, extra):
    assert due_on(Terms(day, months, extra), always) == due_on(Terms(day, months + extra), always)


@given(DAYS, st.integers(1, 6))
def test_the_last_day_is_a_working_day_at_most_a_few_days_after_the_months(day, months):
    due = due_on(Terms(day, months), weekdays)
    assert weekdays(due)
    assert 0 <= (due - add_months(day, months)).days <= 5


@given(DAYS, st.integers(1, 6), stands())
def test_each_day_stood_in_time_is_a_day_more_and_order_never_matters(day, months, intervals):
    terms = Terms(day, months, stands=intervals)
    counted = [each for each in intervals if each.from_on <= due_on(terms, always)]
    assert due_on(terms, always) == nominal(terms) + timedelta(days=stood(counted))
    assert due_on(Terms(day, months, stands=intervals[::-1]), always) == due_on(terms, always)


@given(DAYS, st.integers(1, 6), stands())
def test_more_standing_never_makes_it_earlier(day, months, intervals):
    dues = [
        due_on(Terms(day, months, stands=intervals[:count]), weekdays)
        for count in range(len(intervals) + 1)
    ]
    assert dues == sorted(dues)


@pytest.mark.parametrize(
    ("begins", "ends", "last"), [(6, 16, 16), (7, 17, 18), (8, 18, 18), (8, 20, 22), (9, 21, 8)]
)
def test_what_begins_on_the_last_day_still_moves_it_and_what_begins_later_does_not(
    begins, ends, last
):
    """Three months end on Saturday, 6 June, and the reply is in time until Monday, the 8th.

    A stand that begins after the Saturday moves the Monday: counted from the Saturday, one of 12
    days from the Monday would end on the 20th and leave a last day of the 18th, already past.
    """
    still = (Stand(date(2026, 6, begins), date(2026, 6, ends)),)
    assert due_on(Terms(date(2026, 3, 6), 3, stands=still), weekdays) == date(2026, 6, last)


@given(DAYS, st.integers(1, 6), st.integers(0, 9), st.integers(1, 40), st.booleans())
def test_nobody_is_late_on_the_day_on_which_a_clock_goes_on_again(day, months, back, length, rolls):
    """Whatever began in time, on the last day too, ends no later than the day that it gives."""
    terms = Terms(day, months, rolls=rolls)
    begins = due_on(terms, weekdays) - timedelta(days=back)
    ends = begins + timedelta(days=length)
    assert due_on(replace(terms, stands=(Stand(begins, ends),)), weekdays) >= ends


@pytest.mark.parametrize(("rolls", "last"), [(True, 23), (False, 21)])
def test_days_for_an_opinion_and_the_first_contact_roll_where_the_county_lets_them(rolls, last):
    """Five working days end on Friday, 13 March; eight days more are Saturday, the 21st."""
    still = (Stand(date(2026, 3, 9), date(2026, 3, 17)),)
    terms = Terms(date(2026, 3, 6), 3, stands=still, rolls=rolls)
    assert opinion_due_on(terms, 5, weekdays, date(2026, 6, 8)) == date(2026, 3, last)
    assert contact_due_on(terms.assigned_on, 5, still, weekdays, rolls=rolls) == date(2026, 3, last)


def test_an_open_stand_counts_nothing_yet():
    still = (Stand(date(2026, 3, 10), None),)
    assert due_on(Terms(date(2026, 3, 6), 3, stands=still), weekdays) == date(2026, 6, 8)


@pytest.mark.parametrize(("until", "days"), [(11, 1), (20, 10)])
def test_an_interval_begins_with_its_first_day_and_ends_before_its_last(until, days):
    assert stood((Stand(date(2026, 3, 10), date(2026, 3, until)),)) == days


@given(stands())
def test_the_days_stood_are_those_on_which_it_stands(intervals):
    span = range((date(2025, 6, 1) - date(2024, 1, 1)).days)
    days = [date(2024, 1, 1) + timedelta(days=each) for each in span]
    assert stood(intervals) == sum(
        any(each.from_on <= day < each.until_on for each in intervals) for day in days
    )


@given(DAYS, st.integers(1, 6), st.integers(0, 3), stands(), st.randoms(use_true_random=False))
def test_pauses_and_extensions_in_any_order_give_the_same_day(day, months, extra, still, chance):
    """Whatever came first, the day rests on what there is: nothing is added to a rolled day."""
    acts = [("extend", extra), *(("pause", each) for each in still)]
    chance.shuffle(acts)
    terms = Terms(day, months)
    for what, how in acts:
        if what == "extend":
            terms = replace(terms, extra_months=how)
        else:
            terms = replace(terms, stands=(*terms.stands, how))
    expected = due_on(Terms(day, months, extra, still), weekdays)
    assert due_on(terms, weekdays) == expected


@given(st.lists(DAYS, min_size=1, max_size=20), DAYS)
def test_a_late_holiday_moves_exactly_those_whose_last_day_it_touches(days, holiday):
    terms = [Terms(day, 3) for day in days]
    before = [due_on(each, weekdays) for each in terms]
    after = [due_on(each, lambda day: weekdays(day) and day != holiday) for each in terms]
    for was, now in zip(before, after, strict=True):
        assert (was != now) == (was == holiday)


@given(DAYS, st.integers(1, 6), st.integers(5, 40), stands())
def test_an_opinion_is_never_due_after_the_reply(day, months, days, still):
    terms = Terms(day, months, stands=still)
    reply = due_on(terms, weekdays)
    last = opinion_due_on(terms, days, weekdays, reply)
    assert weekdays(last)
    assert last <= reply
