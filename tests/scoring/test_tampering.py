"""Whoever has the owner's rights is found out: 200 random tamperings, each kind at least once."""

import random

import pytest

from scoring.queries.audit import findings
from tests.campaigns.tamper import small_ledger, wrong
from tests.campaigns.tamperings import TAMPERINGS

TIMES, SEED = 200, 20261128


@pytest.mark.django_db
@pytest.mark.timeout(600)  # some 20 s on an idle core
def test_every_tampering_is_found_and_named():
    small_ledger()
    assert findings().clean
    dice = random.Random(SEED)  # noqa: S311 -- the same tamperings every time
    chosen = [*TAMPERINGS, *dice.choices(TAMPERINGS, k=TIMES - len(TAMPERINGS))]
    missed = [words for each in chosen if (words := wrong(each, dice))]
    assert not missed
    assert findings().clean
