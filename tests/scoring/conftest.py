"""When the stories of the screens happen, and who opens them."""

import pytest

from tests import make
from tests.scoring import drafts, facts
from tests.scoring.year import as_


@pytest.fixture
def may(db):
    """Two days after the deeds, with a rule book."""
    facts.book()
    with facts.on(facts.DAY.replace(day=22)):
        yield


@pytest.fixture
def late(db):
    """Late in the year, when next year's rules are made."""
    with facts.on(drafts.TODAY):
        yield


@pytest.fixture
def office(client):
    return as_(client, make.director())


@pytest.fixture
def draft():
    return drafts.draft(facts.book())
