"""What several of these tests stand on."""

import pytest

from scoring import tasks
from tests import make
from tests.scoring import facts


@pytest.fixture
def ledger():
    """A line, its seal and an audit of it."""
    facts.book()
    entry = facts.posted(make.deputy())
    tasks.audit_ledger()
    return entry
