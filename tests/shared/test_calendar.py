from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.shared.calendar import (
    add_months,
    add_working_days,
    reception_days,
    working_days_until,
)
from congress.shared.models import Workday

DATES = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def test_three_months_from_the_last_day_of_november_is_the_last_day_of_february():
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


@given(DATES, DATES, st.integers(0, 24))
def test_adding_months_never_turns_the_order_of_two_dates_round(one, other, months):
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)


@given(DATES, st.integers(1, 60))
def test_the_nth_working_day_is_n_working_days_away(start, days):
    due = add_working_days(start, days, weekdays)
    assert weekdays(due)
    assert working_days_until(start, due, weekdays) == days


@given(DATES, st.integers(0, 200))
def test_days_past_are_days_left_seen_from_the_other_side(start, span):
    end = start + timedelta(days=span)
    assert working_days_until(end, start, weekdays) == -working_days_until(start, end, weekdays)


@given(st.integers(2020, 2100))
def test_every_year_has_36_reception_days_three_in_each_month(year):
    days = reception_days(year)
    assert len(set(days)) == 36
    assert [sum(day.month == month for day in days) for month in range(1, 13)] == [3] * 12


def test_the_last_day_of_february_stands_for_its_30th():
    assert date(2026, 2, 28) in reception_days(2026)
    assert date(2028, 2, 29) in reception_days(2028)


@pytest.mark.django_db
def test_holidays_and_make_up_days_come_from_the_calendar():
    works = Workday.objects.works()
    assert not works(date(2026, 10, 1))  # 国庆节, a Thursday
    assert not works(date(2026, 5, 1))
    assert works(date(2026, 5, 12))


@pytest.mark.django_db
def test_staff_may_declare_a_holiday_of_their_own():
    Workday.objects.create(on=date(2026, 5, 12), works=False, reason="县庆放假")
    assert not Workday.objects.works()(date(2026, 5, 12))
