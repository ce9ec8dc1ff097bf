"""The proposals' loop against a model: 20,000 steps by the real verbs, chosen by Hypothesis.

A county is made with proposals at every stage. Each life begins there, takes up to a hundred steps
and is undone; of what breaks the fewest steps are told. Long lives: `make campaign ONLY=workflow`.
"""

import sys
from collections import Counter
from random import Random
from typing import ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from tests.campaigns.rounds import Rounds
from tests.campaigns.workflow import step

BEFORE, SEED = 1_500, 20261129
LIVES, STEPS = 370, 100


class Loop(RuleBasedStateMachine):
    """Any deed by anybody: what the model foretells is what the database has."""

    county: ClassVar[Rounds]
    did: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.rounds = self.county.again()
        self.life = transaction.atomic()
        self.life.__enter__()

    @rule(dice=st.randoms(use_true_random=True))
    def deed(self, dice: Random) -> None:
        """Each step has dice of its own: one left out changes no other."""
        self.rounds.dice = dice
        step(self.rounds)

    @invariant()
    def is_as_foretold(self) -> None:
        assert not self.rounds.broken

    def teardown(self) -> None:
        try:
            self.rounds.compare_everything()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            assert not self.rounds.broken
            self.did.update(self.rounds.did)
        finally:
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)


def county() -> Rounds:
    """Two dozen proposals on their way, carried as far as dice have it."""
    rounds = Rounds(SEED)
    while rounds.tried < BEFORE:
        step(rounds)
    rounds.compare_everything()
    assert not rounds.broken
    return rounds


@pytest.mark.django_db
@pytest.mark.timeout(600)  # about two minutes on an idle core
def test_twenty_thousand_steps_lose_no_signature_number_gate_or_pen(capsys):
    Loop.county, Loop.did = county(), Counter()
    lives = settings(
        max_examples=LIVES,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    run_machine(Loop, settings=lives)
    did = Loop.did
    taken = sum(count for what, count in did.items() if "refused" not in what)
    with capsys.disabled():
        sys.stdout.write(f" {did.total()} steps, {taken} taken, {dict(did)} ")
    assert did.total() >= 20_000
    assert taken > did.total() / 8, "enough steps are no mere refusals"
