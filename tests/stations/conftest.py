"""The day on which most of these stories happen."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from congress.shared import clock

NOW = datetime(2026, 5, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def today(db):
    with clock.at(NOW):
        yield NOW.date()
