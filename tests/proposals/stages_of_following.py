"""Every stage of a promise, a look-back, an upgrade and a challenge, made by the real verbs."""

from datetime import date, timedelta

from proposals.actions import challenges, lookback, promises, review, upgrades
from proposals.follow_states import LookBackState
from proposals.models import Challenge, Lineage, LookBack, OutcomeClass, Promise, Proposal, Reply
from proposals.states import Kind, State
from tests import make, put_down
from tests.proposals import walk

TODAY = walk.REPLIED_ON
LATER = date(2027, 5, 4)
"""The first of the promised steps is over."""
AGAIN_ON = date(2026, 7, 1)


@put_down.again(Reply)
def answered(outcome="B"):
    """The reply of one proposal that called itself this."""
    row = walk.proposal(State.ASSIGNED)
    walk.gated(row.lead_assignment)
    return walk.answered(Proposal.objects.get(pk=row.pk).lead_assignment, outcome=outcome)


def answered_again(reply):
    """The same unit has written a further version."""
    part = Proposal.objects.get(pk=reply.assignment.proposal_id).lead_assignment
    return walk.answered(part, text="情况有了变化，改到明年三月。")


@put_down.again(Promise)
def promise():
    return answered().promises.first()


def reported(found=None):
    found = found or promise()
    promises.report_step(found, words="设计已评审。", by=walk.unit_clerk(), today=TODAY)
    return Promise.objects.get(pk=found.pk)


def confirmed(found=None):
    return promises.confirm_step(reported(found), by=make.actor(), today=TODAY)


def missed():
    found = promise()
    lookback.open_due(LATER)
    return Promise.objects.get(pk=found.pk)


def replaced():
    found = promise()
    answered_again(found.reply)
    return Promise.objects.get(pk=found.pk)


PROMISES = {
    "due": promise,
    "reported": reported,
    "missed": missed,
    "confirmed": confirmed,
    "replaced": replaced,
}


def looked_at():
    return LookBack.objects.get(promise=missed())


def look_reported():
    found = looked_at()
    by = walk.unit_clerk()
    return lookback.report_look_back(found, report="还差资金。", by=by, today=LATER)


def settled(ending=LookBackState.KEPT, found=None):
    return lookback.settle_look_back(
        found or look_reported(),
        ending=ending,
        words="资金年底到位。",
        next_on=LATER + timedelta(days=90) if ending == LookBackState.KEPT else None,
        by=make.actor(),
        today=LATER,
    )


LOOK_BACKS = {"open": looked_at, "reported": look_reported, "kept": settled}


def kept_whole():
    """A reply all of whose steps are kept and confirmed."""
    reply = answered()
    for each in reply.promises.all():
        confirmed(each)
    return reply


def asked():
    return ask(kept_whole())


def ask(reply, by=None):
    return upgrades.ask_upgrade(
        reply,
        ask=reply.answers.get().ask,
        becomes=OutcomeClass.objects.get(code="A"),
        evidence="竣工验收单〔2027〕3 号",
        by=by or walk.unit_clerk(),
        today=TODAY,
    )


def upgraded():
    return upgrades.confirm_upgrade(asked(), by=make.actor(), today=TODAY)


def refused():
    return upgrades.refuse_upgrade(asked(), words="还没通车。", by=make.actor(), today=TODAY)


REPLIES = {
    "promised": answered,
    "kept": kept_whole,
    "later": lambda: answered("C"),
    "solved": lambda: answered("A"),
    "upgrade asked": lambda: asked().reply,
}
UPGRADES = {"asked": asked, "confirmed": upgraded, "refused": refused}


def raised_again(reply=None, today=AGAIN_ON):
    """A later proposal that says it continues what was called solved, accepted."""
    earlier = (reply or answered("A")).assignment.proposal
    row = walk.submitted(kind=Kind.INTERSESSION, continues=earlier, today=today)
    return review.accept(row, by=make.actor(), today=today)


def challenge():
    again = raised_again()
    challenges.open_challenges(AGAIN_ON)
    return Challenge.objects.get(proposal=again)


def challenge_confirmed():
    return challenges.confirm_challenge(challenge(), by=make.actor(), today=AGAIN_ON)


def challenge_explained():
    return challenges.explain_challenge(
        challenge_confirmed(), explanation="当时修的是桥面。", by=walk.unit_clerk(), today=AGAIN_ON
    )


def challenge_settled(*, stands=False):
    return challenges.settle_challenge(
        challenge_explained(), stands=stands, words="护栏又断了。", by=make.actor(), today=AGAIN_ON
    )


def challenge_dismissed():
    return challenges.dismiss_challenge(
        challenge(), words="一座是东桥，一座是西桥。", by=make.actor(), today=AGAIN_ON
    )


def solved_before(row):
    """The earlier one that a later proposal says it continues."""
    return Lineage.objects.get(proposal=row).earlier


TO_CHALLENGE = {
    "raised again": raised_again,
    "found": lambda: challenge().proposal,
    "dismissed": lambda: challenge_dismissed().proposal,
}
CHALLENGES = {
    "found": challenge,
    "confirmed": challenge_confirmed,
    "explained": challenge_explained,
    "settled": challenge_settled,
    "dismissed": challenge_dismissed,
}
