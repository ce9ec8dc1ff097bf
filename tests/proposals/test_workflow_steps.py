"""The proposals' loop against a model: 20,000 random steps by the real verbs."""

import sys

import pytest

from tests.campaigns.rounds import Rounds
from tests.campaigns.workflow import COMPARE_EVERY, step

STEPS, SEED = 20_000, 20261129


@pytest.mark.django_db
@pytest.mark.timeout(600)  # about two minutes on an idle core
def test_twenty_thousand_steps_lose_no_signature_number_gate_or_pen(capsys):
    rounds, compared = Rounds(SEED), 0
    while rounds.tried < STEPS and not rounds.broken:
        step(rounds)
        if rounds.tried >= compared + COMPARE_EVERY:
            compared = rounds.tried
            rounds.compare_everything()
    rounds.compare_everything()
    assert not rounds.broken
    taken = sum(count for what, count in rounds.did.items() if "refused" not in what)
    assert taken > STEPS / 8, "enough steps are no mere refusals"
    with capsys.disabled():
        sys.stdout.write(f" {rounds.tried} steps, {taken} taken, {len(rounds.over)} ended ")
