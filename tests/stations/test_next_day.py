"""A deputy is told of the turn that is theirs, on the day on which it is held."""

from datetime import date

import pytest

from stations.models import Posting, ReceptionDay
from stations.queries.next_day import next_day
from tests import make
from tests.stations import rota_walk

pytestmark = pytest.mark.django_db


def test_before_a_rota_is_planned_it_is_the_calendars_day():
    found = rota_walk.station()
    assert next_day(found.deputies[0], rota_walk.TODAY) == (date(2026, 5, 20), found.place, False)
    assert next_day(make.deputy(), rota_walk.TODAY) == (date(2026, 5, 20), None, False)


def test_a_turn_goes_before_other_days_and_a_moved_day_is_told_as_moved(
    django_assert_num_queries,
):
    found = rota_walk.planned()
    slot = rota_walk.turns(found)[0]
    one = slot.deputy
    day = ReceptionDay.objects.get(pk=slot.day_id)
    with django_assert_num_queries(1):
        assert next_day(one, rota_walk.TODAY) == (day.held_on, found.place, True)
    moved = date(2026, 5, 13)
    ReceptionDay.objects.filter(pk=day.pk).update(held_on=moved, reason="汛期")
    assert next_day(one, rota_walk.TODAY) == (moved, found.place, True)


def test_who_has_no_turn_is_told_when_the_station_receives():
    found = rota_walk.planned()
    one = make.deputy()
    Posting.objects.create(deputy=one, station=found.place, from_on=rota_walk.TODAY)
    days = ReceptionDay.objects.ahead(rota_walk.TODAY)
    ReceptionDay.objects.filter(pk=days[0].pk).update(held_on=date(2026, 5, 14), reason="汛期")
    assert next_day(one, rota_walk.TODAY) == (date(2026, 5, 14), found.place, False)
