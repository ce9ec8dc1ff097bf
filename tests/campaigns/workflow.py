"""`make campaign ONLY=workflow N=20000`: the proposals' loop beside its model."""

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.campaigns import assigning, ending, gathering, handling, raising, taking, timing
from tests.campaigns.cases import NUMBERED, Case
from tests.campaigns.rounds import Rounds
from tests.campaigns.scratch import say, scratch, told_to_stop


class Deed(NamedTuple):
    """A verb as the machine plays it, how often beside the others, and where it may be taken."""

    do: Callable[[Rounds, Case], None] | Callable[[Rounds, Case | None], None]
    often: float
    apt: frozenset[str]


SIGNING, SUBMITTED = frozenset({"signing"}), frozenset({"submitted"})
OPEN = SIGNING | SUBMITTED
RETURNED, ACCEPTED, MERGED = (frozenset({each}) for each in ("returned", "accepted", "merged"))
REHEARSED, ASSIGNED = frozenset({"rehearsed"}), frozenset({"assigned"})
ANSWERED = frozenset({"answered"})
UNDECIDED = OPEN | RETURNED | ACCEPTED | REHEARSED | MERGED | ASSIGNED

DEEDS: Mapping[str, Deed] = {
    "submission.submit": Deed(raising.submits, 0, OPEN),
    "submission.call_for_signatures": Deed(raising.calls, 0, OPEN),
    "signing.cosign": Deed(raising.cosigns, 3, OPEN),
    "signing.withdraw_signature": Deed(raising.steps_back, 1, OPEN | RETURNED),
    "invitations.invite": Deed(gathering.invites, 1, OPEN),
    "invitations.decline": Deed(gathering.declines, 1.7, OPEN),
    "invitations.withdraw_invitation": Deed(gathering.uninvites, 0.7, OPEN),
    "submission.reword": Deed(raising.rewords, 1.3, SIGNING),
    "submission.hand_in": Deed(raising.hands_in, 2, SIGNING),
    "review.accept": Deed(raising.accepts, 8, SUBMITTED),
    "review.split": Deed(raising.splits, 1, ACCEPTED),
    "review.send_back": Deed(raising.sends_back, 1.5, SUBMITTED),
    "submission.resubmit": Deed(raising.resubmits, 1, RETURNED),
    "review.refuse": Deed(raising.refuses, 0.7, SUBMITTED),
    "review.treat_as_letter": Deed(raising.becomes_letter, 0.7, SUBMITTED),
    "review.merge": Deed(raising.merges, 8, ACCEPTED),
    "review.unmerge": Deed(raising.parts_again, 1, MERGED),
    "submission.withdraw": Deed(raising.withdraws, 0.7, UNDECIDED),
    "assignment.assign": Deed(assigning.assigns, 1.5, ACCEPTED),
    "sheets.draw_up_sheet": Deed(assigning.draws_up, 1.5, ACCEPTED),
    "sheets.change_share": Deed(assigning.changes_share, 3, REHEARSED),
    "sheets.rehearse": Deed(assigning.rehearses, 1, REHEARSED),
    "sheets.settle": Deed(assigning.settles, 4, REHEARSED),
    "sheets.drop_sheet": Deed(assigning.drops, 0.25, REHEARSED),
    "objections.object_to": Deed(taking.objects, 2, REHEARSED | ASSIGNED),
    "objections.uphold_objection": Deed(taking.upholds, 1, REHEARSED | ASSIGNED),
    "objections.dismiss_objection": Deed(taking.dismisses, 1, REHEARSED | ASSIGNED),
    "receiving.receive": Deed(taking.receives, 1, ASSIGNED),
    "receiving.hand_on": Deed(taking.hands_on, 1, ASSIGNED),
    "clocks.pause": Deed(timing.pauses, 1, ASSIGNED),
    "clocks.resume": Deed(timing.resumes, 2, ASSIGNED),
    "clocks.ask_extension": Deed(timing.asks_for_more, 1, ASSIGNED),
    "clocks.consent_extension": Deed(timing.consents, 1, ASSIGNED),
    "clocks.decline_extension": Deed(timing.declines, 1, ASSIGNED),
    "clocks.grant_extension": Deed(timing.grants, 3, ASSIGNED),
    "clocks.refuse_extension": Deed(timing.grants_none, 0.4, ASSIGNED),
    "clocks.recompute": Deed(timing.recomputes, 0.6, UNDECIDED),
    "meetings.record_meeting": Deed(handling.meets, 4, ASSIGNED),
    "meetings.confirm_meeting": Deed(handling.bears_out, 4, ASSIGNED),
    "meetings.deny_meeting": Deed(handling.contradicts, 0.7, ASSIGNED),
    "meetings.take_back_meeting": Deed(handling.takes_back, 0.5, ASSIGNED),
    "meetings.waive_meeting": Deed(handling.waives, 1, ASSIGNED),
    "meetings.excuse_meeting": Deed(handling.excuses, 1, ASSIGNED),
    "opinions.send_opinion": Deed(handling.opines, 1, ASSIGNED),
    "replies.save_reply": Deed(handling.writes, 3, ASSIGNED | ANSWERED),
    "replies.submit_for_signing": Deed(handling.asks_to_sign, 2, ASSIGNED | ANSWERED),
    "replies.return_draft": Deed(handling.gives_back, 1.3, ASSIGNED | ANSWERED),
    "replies.countersign": Deed(handling.signs_with, 3, ASSIGNED | ANSWERED),
    "replies.sign": Deed(handling.signs, 2, ASSIGNED | ANSWERED),
    "evaluation.rate": Deed(ending.rates, 1, ASSIGNED | ANSWERED),
    "publication.withhold": Deed(ending.withholds, 0.7, NUMBERED),
    "publication.lift_withholding": Deed(ending.lifts, 1, NUMBERED),
    "publication.publish": Deed(ending.publishes, 1, ANSWERED),
}
OFTEN = [deed.often for deed in DEEDS.values()]
"""Two raise another as soon as fewer than `live` are on their way."""

LEFT_OUT: Mapping[str, str] = {
    "drafting.save_draft": "no proposal yet: nobody but its writer reads it, nothing follows",
    "drafting.discard_draft": "as save_draft",
    "drafting.attach": "files of a draft move no state; test_every_verb, test_drafting",
    "drafting.detach": "as attach",
    "exhibits.add_exhibits": "files of a reply's draft move no state; test_exhibits",
    "exhibits.remove_exhibit": "as add_exhibits",
    "templates.save_template": "a unit's own phrases, about no proposal",
    "templates.delete_template": "as save_template",
    "volumes.ask_volume": "prints what has happened, in the background; test_volumes",
    "deliveries.remind": "a notice and its day, no state; test_deliveries",
}
"""Why each of the others is not played."""

COMPARE_EVERY, SAY_EVERY = 100, 2_000
DAYS_OF_A_CAMPAIGN = 25
MOST_BROKEN = 20


def step(rounds: Rounds) -> None:
    """One verb chosen by the dice on something it can be tried on, and now and then another day."""
    before = rounds.tried
    if len(rounds.cases) < rounds.live:
        rounds.dice.choice((raising.submits, raising.calls))(rounds, None)
    while rounds.tried == before:
        deed = rounds.dice.choices(list(DEEDS.values()), OFTEN)[0]
        case = rounds.lean(rounds.cases, lambda case: case.state in deed.apt)  # noqa: B023 -- at once
        if case:
            deed.do(rounds, case)
    if rounds.dice.random() < rounds.days_a_step:
        rounds.next_day()


def run(number: int, seed: int) -> dict[str, object]:
    """`tried` steps, and `broken`: how many times something differed."""
    began, stopped = time.monotonic(), told_to_stop()
    say(
        f"workflow: {number} steps, seed {seed}; again: make campaign ONLY=workflow N=… SEED={seed}"
    )
    with scratch():
        rounds = Rounds(seed, DAYS_OF_A_CAMPAIGN / number)
        while rounds.tried < number and len(rounds.broken) < MOST_BROKEN and not stopped:
            step(rounds)
            if rounds.tried % COMPARE_EVERY == 0:
                rounds.compare_everything()
            if rounds.tried % SAY_EVERY == 0:
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
