"""`make campaign ONLY=workflow N=20000`: the proposals' loop beside its model."""

import time

from tests.campaigns import handling, raising
from tests.campaigns.rounds import LIVE, Rounds
from tests.campaigns.scratch import say, scratch, told_to_stop

DEEDS = {
    raising.cosigns: 9,
    raising.steps_back: 2,
    raising.rewords: 1,
    raising.hands_in: 4,
    raising.accepts: 6,
    raising.sends_back: 2,
    raising.resubmits: 3,
    raising.refuses: 1,
    raising.becomes_letter: 1,
    raising.merges: 2,
    raising.parts_again: 1,
    raising.withdraws: 1,
    handling.assigns: 6,
    handling.meets: 16,
    handling.bears_out: 12,
    handling.contradicts: 2,
    handling.waives: 2,
    handling.writes: 9,
    handling.asks_to_sign: 9,
    handling.gives_back: 2,
    handling.signs_with: 6,
    handling.signs: 9,
    handling.publishes: 3,
}
DAYS_A_STEP = 1 / 60
LOOK_EVERY, COMPARE_EVERY = 8, 2_000
MOST_BROKEN = 20


def step(rounds: Rounds) -> None:
    """One deed chosen by the dice, and now and then another day."""
    if len(rounds.cases) < LIVE:
        raising.raises(rounds)
        return
    deed = rounds.dice.choices(list(DEEDS), list(DEEDS.values()))[0]
    case = rounds.dice.choice(rounds.cases)
    before = rounds.tried
    deed(rounds, case)
    if before // LOOK_EVERY < rounds.tried // LOOK_EVERY:
        rounds.compare(case)
    if rounds.dice.random() < DAYS_A_STEP:
        rounds.next_day()


def run(number: int, seed: int) -> dict[str, object]:
    """`tried` steps, and `broken`: how many times something differed."""
    began, stopped = time.monotonic(), told_to_stop()
    say(
        f"workflow: {number} steps, seed {seed}; again: make campaign ONLY=workflow N=… SEED={seed}"
    )
    with scratch():
        rounds, compared = Rounds(seed), 0
        while rounds.tried < number and len(rounds.broken) < MOST_BROKEN and not stopped:
            step(rounds)
            if rounds.tried >= compared + COMPARE_EVERY:
                compared = rounds.tried
                rounds.compare_everything()
                pace = rounds.tried / (time.monotonic() - began)
                say(f"{rounds.tried} steps, {rounds.today}, {pace:.0f} a second")
        rounds.compare_everything()
    for words in rounds.broken:
        say(words)
    return {
        "campaign": "workflow",
        "tried": rounds.tried,
        "broken": len(rounds.broken),
        "proposals": len(rounds.cases) + len(rounds.over),
        "did": dict(rounds.did.most_common()),
        "until": str(rounds.today),
        "seed": seed,
        "seconds": round(time.monotonic() - began),
    }
