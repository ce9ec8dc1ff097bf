"""A phone far away, whose line can be cut, and whose phone it is."""

from datetime import date

import pytest

from tests.deputies import walk
from tests.home.screens import calm
from tests.journeys.conftest import PHONE
from tests.journeys.line import Line


@pytest.fixture
def line(live_server):
    between = Line(live_server.url)
    yield between
    between.close()


@pytest.fixture
def phone(open_page, line):
    """A phone at the far end of the line."""
    return open_page(
        PHONE, address=line.address, has_touch=True, is_mobile=True, service_workers="allow"
    )


@pytest.fixture
def person():
    found = calm("罗明贵")
    walk.report(found, item=walk.item("C4"), place="桃园村委会", done_on=date(2026, 4, 2))
    return found
