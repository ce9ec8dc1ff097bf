"""The day on which most of these stories happen."""

import pytest

from tests import make
from tests.scoring.facts import on


@pytest.fixture
def in_may(db):
    make.organisation("township")
    with on(make.TODAY):
        yield


@pytest.fixture
def in_may_with_congress(in_may):
    make.assembly()
