"""Each kind of row of the loop in each of its states, made by the real verbs.

The first of a table is where its verbs are tried by everybody.
"""

from proposals.actions import (
    invitations,
    review,
    signing,
    submission,
)
from proposals.models import RefusalGround
from proposals.states import State
from tests import make
from tests.proposals import sheets as facts
from tests.proposals import verbs_rated, walk


def signing_open():
    """One has signed already."""
    row = walk.signing()
    walk.signed(row)
    return row


def submitted():
    """One has signed already."""
    row = walk.submitted()
    walk.signed(row)
    return row


def refused():
    return review.refuse(
        walk.submitted(),
        ground=RefusalGround.objects.first(),
        words="属于检察院。",
        by=make.actor(),
    )


def letter():
    return review.treat_as_letter(walk.submitted(), words="转县信访局。", by=make.actor())


def withdrawn():
    row = walk.submitted()
    by = make.as_deputy(row.lead)
    return submission.withdraw(row, reason="已经解决。", by=by, today=walk.SUBMITTED_ON)


PROPOSALS = {
    "signing": signing_open,
    "submitted": submitted,
    "returned": lambda: walk.proposal(State.RETURNED),
    "accepted": lambda: walk.accepted(2)[0],  # into the other it may be merged
    "rehearsed": lambda: facts.planned().proposal,
    "merged": lambda: walk.merged()[0],
    "assigned": lambda: walk.proposal(State.ASSIGNED),
    "answered": lambda: walk.proposal(State.ANSWERED),
    "published": lambda: walk.proposal(State.PUBLISHED),
    "refused": refused,
    "letter": letter,
    "withdrawn": withdrawn,
}

WITHHELD = PROPOSALS | {
    "withheld": lambda: walk.proposal(State.ANSWERED, withheld="涉及个人隐私"),
    "kept back": verbs_rated.kept_back,
}


def standing():
    return walk.signed(walk.signing())


def standing_on_accepted():
    row = walk.submitted()
    signature = walk.signed(row)
    review.accept(row, by=make.actor(), today=walk.ACCEPTED_ON)
    signature.refresh_from_db()
    return signature


def signature_withdrawn():
    signature = standing()
    return signing.withdraw_signature(signature, by=make.as_deputy(signature.deputy))


def outdated():
    signature = standing()
    row = signature.proposal
    said = walk.words() | {"facts": "桥建于 1996 年，护栏断了 6 米。"}
    by = make.as_deputy(row.lead)
    submission.reword(row, **said, by=by, today=walk.SUBMITTED_ON)
    signature.refresh_from_db()
    return signature


SIGNATURES = {
    "standing": standing,
    "standing on an accepted one": standing_on_accepted,
    "withdrawn": signature_withdrawn,
    "outdated": outdated,
}


def answered(act):
    """What became of an invitation: signed, declined or taken back."""

    def make_row():
        row = walk.invitation()
        act(row)
        row.refresh_from_db()
        return row

    return make_row


def cosigns(row):
    by = make.as_deputy(row.deputy)
    signing.cosign(row.proposal, deputy=row.deputy, by=by, today=walk.SUBMITTED_ON)


def accepted_meanwhile():
    row = walk.invitation(walk.submitted())
    review.accept(row.proposal, by=make.actor(), today=walk.ACCEPTED_ON)
    row.refresh_from_db()
    return row


INVITATIONS = {
    "asked": walk.invitation,
    "signed": answered(cosigns),
    "declined": answered(lambda row: invitations.decline(row, by=make.as_deputy(row.deputy))),
    "withdrawn": answered(
        lambda row: invitations.withdraw_invitation(row, by=make.as_deputy(row.proposal.lead))
    ),
    "asked for an accepted one": accepted_meanwhile,
}

OWN_DRAFTS = {"written": walk.draft}
ATTACHMENTS = {
    "in a draft": walk.attachment,
    "raised": walk.attachment_raised,
    "of a returned one": walk.attachment_returned,
}
