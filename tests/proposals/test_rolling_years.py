"""滚动办 over random years and terms: nothing open is lost, nothing twice, no clock moves."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.shared import clock
from tests.proposals import rolling_years

WORLDS = settings(
    max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """Made once; each world is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield rolling_years.county()
        transaction.set_rollback(True)


@pytest.mark.django_db
@WORLDS
@given(seed=st.integers(0, 2**32))
def test_nothing_open_is_lost_nothing_comes_twice_and_no_clock_moves(county, seed):
    with clock.at(datetime(2027, 1, 6, 2, tzinfo=UTC)), transaction.atomic():
        found = rolling_years.wrongs(Random(seed), county)  # noqa: S311 - chance, not secrecy
        transaction.set_rollback(True)
    assert found == []
