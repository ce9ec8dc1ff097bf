"""The proposals' loop against a model: 20,000 steps by the real verbs, chosen by Hypothesis.

A county is made with proposals at every stage. Each life begins there, takes up to two hundred
steps and is undone; of what breaks the fewest are told. Long lives: `make campaign ONLY=workflow`.
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
from tests.campaigns.workflow import DEEDS, LEFT_OUT, step
from tests.proposals.verbs_assigned import ASSIGNED
from tests.proposals.verbs_handled import HANDLED
from tests.proposals.verbs_raised import RAISED

IN_ALL, SEED = 20_000, 20261129
LIVES, RULES, AT_ONCE = 265, 48, 6
STOCK = (
    ("submission.submit", 40),
    ("submission.call_for_signatures", 10),
    ("signing.cosign", 60),
    ("invitations.invite", 10),
    ("review.send_back", 3),
    ("review.accept", 36),
    ("assignment.assign", 18),
    ("objections.object_to", 2),
    ("review.merge", 4),
    ("sheets.draw_up_sheet", 4),
    ("sheets.rehearse", 2),
    ("meetings.record_meeting", 62),
    ("meetings.deny_meeting", 3),
    ("meetings.confirm_meeting", 57),
    ("replies.save_reply", 50),
    ("replies.submit_for_signing", 11),
    ("replies.countersign", 1),
    ("replies.sign", 3),
    ("clocks.ask_extension", 3),
    ("clocks.pause", 12),
    ("publication.withhold", 2),
)
"""Verbs in the order of a proposal's course, and how often each: what lies on the desks."""
TAKEN = {
    **dict.fromkeys(DEEDS, 10),
    "review.accept": 300,
    "review.merge": 60,
    "replies.sign": 40,
    "a lead leaves": 20,
    "a late holiday": 20,
}
"""How often at least each verb, and not only refused; and what befalls in a night."""


class Loop(RuleBasedStateMachine):
    """Any deed by anybody: what the model foretells is what the database has."""

    county: ClassVar[Rounds]
    did: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.rounds = self.county.again()
        self.life = transaction.atomic()
        self.life.__enter__()

    @rule(taken=st.integers(0, 2**AT_ONCE - 1), seed=st.integers(0, 2**24 - 1))
    def deeds(self, taken: int, seed: int) -> None:
        """Up to six steps, each with dice of its own: one left out changes no other.

        So what breaks is shrunk by leaving out: whole calls, and of the others bits of `taken`.
        Of numbers up to 24 bits each is as likely: of longer ones Hypothesis likes the small ones.
        """
        for each in range(AT_ONCE):
            if taken >> each & 1:
                dice = Random(seed * AT_ONCE + each)  # noqa: S311 -- the same deed for the same seed
                self.rounds.dice = dice
                step(self.rounds)

    @invariant()
    def is_as_foretold(self) -> None:
        assert not self.rounds.broken, history(self.rounds)

    def teardown(self) -> None:
        try:
            self.rounds.compare_everything()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            assert not self.rounds.broken, history(self.rounds)
            self.did.update(self.rounds.did)
        finally:
            transaction.set_rollback(True)
            self.life.__exit__(None, None, None)


def history(rounds: Rounds) -> str:
    """What differs, and each step of this life before it."""
    return "\n".join([*rounds.broken, *rounds.story])


def begin() -> Rounds:
    """A county with proposals at every stage, so that each life has everything to do."""
    county = Rounds(SEED, days_a_step=0)
    for verb, often in STOCK:
        wanted = county.did[verb] + often
        for _ in range(200):
            if county.did[verb] == wanted:
                break
            case = county.lean(county.cases, lambda case: case.state in DEEDS[verb].apt)  # noqa: B023 -- at once
            DEEDS[verb].do(county, case)
    county.live = len(county.cases)
    county.compare_everything()
    assert not county.broken, history(county)
    return county


@pytest.mark.machine
@pytest.mark.django_db
@pytest.mark.timeout(2_700)  # some 170 s on an idle core
def test_twenty_thousand_steps_lose_no_signature_number_gate_or_pen(capsys):
    county = Loop.county = begin()
    county.days_a_step, Loop.did = 1 / 25, Counter()
    lives = settings(
        max_examples=LIVES,
        stateful_step_count=RULES,
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
    assert did.total() >= IN_ALL
    assert taken > did.total() / 8, "enough steps are no mere refusals"
    seldom = {verb: did[verb] for verb, often in TAKEN.items() if did[verb] < often}
    assert seldom == {}, "a fault in one of ten of these would not be met"


def test_every_verb_of_proposals_is_played_or_left_out_for_a_reason():
    verbs = {name.split(" of ")[0] for name in (*RAISED, *ASSIGNED, *HANDLED)}
    assert sorted(verbs) == sorted([*DEEDS, *LEFT_OUT])
