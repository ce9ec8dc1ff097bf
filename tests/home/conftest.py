"""The day on which the desk is looked at."""

import pytest

from tests import make
from tests.scoring import facts


@pytest.fixture
def in_may():
    with facts.on(make.TODAY):
        yield
