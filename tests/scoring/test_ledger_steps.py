"""The ledger against a model: 20,000 random steps by the real verbs; tests/campaigns has more."""

import sys

import pytest

from congress.shared import chain
from scoring.models import Entry
from scoring.queries.anchors import TRAIL
from scoring.queries.audit import findings
from tests.campaigns.agreement import compare_everything, compare_ranks
from tests.campaigns.deeds import step
from tests.campaigns.machine import Ledger

STEPS, SEED = 20_000, 20261128
AUDIT_EVERY, RANKS_EVERY = 10_000, 1_000
SINGLES = 2
"""Of a hundred steps; the others are lines of batches."""


@pytest.mark.machine
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(1_800)  # about a minute on an idle core, whoever else is at work
def test_twenty_thousand_steps_break_nothing(capsys):
    ledger = Ledger(SEED, deputies=60, batch=300)
    audited = ranked = 0
    while ledger.tried < STEPS and not ledger.broken:
        step(ledger, SINGLES)
        if ledger.tried >= ranked + RANKS_EVERY:
            ranked = ledger.tried
            compare_ranks(ledger)
        if ledger.tried >= audited + AUDIT_EVERY or ledger.tried >= STEPS:
            audited = ledger.tried
            chain.seal(TRAIL, Entry)
            found = findings()
            assert found.clean, [*found.faults[:3], found.chain]
    compare_everything(ledger)
    assert not ledger.broken
    with capsys.disabled():
        sys.stdout.write(f" {ledger.tried} steps, {ledger.model.lines} lines, {dict(ledger.did)} ")
