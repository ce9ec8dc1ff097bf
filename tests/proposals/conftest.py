"""Days on which pages are opened, and whose browser opens them."""

from datetime import UTC, datetime, time

import pytest
from django.core.cache import cache

from congress.shared import clock
from tests import make
from tests.proposals import walk


@pytest.fixture
def on_8_january():
    with clock.at(datetime(2026, 1, 8, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def on_12_may():
    cache.clear()
    with clock.at(datetime(2026, 5, 12, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def on_the_day_of_the_reply():
    with clock.at(datetime.combine(walk.REPLIED_ON, time(2), UTC)):
        yield


@pytest.fixture
def office(client):
    client.force_login(make.actor().user)
    return client
