"""接待时间: a place's own, or else what the county's rule says for that day."""

from collections.abc import Callable
from datetime import date
from functools import cache

from congress.shared.local_rules import on_any_day
from stations import hours
from stations.hours import Hours
from stations.models import Station
from stations.rules import HOURS_FROM, HOURS_UNTIL

Reception = Callable[[Hours | None, date], Hours]


def reception() -> Reception:
    """When any place receives on any day, by its own hours; the rules are asked for once."""
    county = cache(lambda: on_any_day(HOURS_FROM, HOURS_UNTIL))

    def at(own: Hours | None, day: date) -> Hours:
        if own:
            return own
        first, last = (hours.clock_time(figure) for figure in county()(day))
        return Hours(first, max(first, last))

    return at


def reception_words(station: Station, day: date) -> str:
    """上午 8:30—11:30 of one place on one day."""
    return reception()(station.own_hours, day).words
