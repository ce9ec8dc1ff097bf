"""Every stage of what is written in answer, of its pictures, and of what is bound."""

from proposals.actions import (
    replies,
    volumes,
)
from proposals.actions.assignment import assign
from proposals.models import Proposal, ReplyDraft, Volume
from proposals.sharing import Share
from proposals.states import State, UnitRole
from tests import make
from tests.proposals import walk
from tests.proposals.cast import JOINT
from tests.proposals.stages_of_parts import ASKED_ON, met, written


def draft_written():
    return ReplyDraft.objects.get(assignment=written())


def draft_to_sign():
    return walk.to_sign(met())


def draft_issued():
    part = met()
    walk.answered(part)
    return ReplyDraft.objects.get(assignment=part)


def draft_to_sign_jointly():
    row = walk.proposal(State.ACCEPTED)
    shares = [Share(make.unit(), UnitRole.LEAD), Share(make.unit(JOINT), UnitRole.JOINT)]
    assign(row, shares=shares, by=make.actor(), today=walk.ASSIGNED_ON)
    part = Proposal.objects.get(pk=row.pk).parts[0]
    walk.gated(part)
    return walk.to_sign(part)


REPLY_DRAFTS = {"written": draft_written, "to sign": draft_to_sign, "issued": draft_issued}


def exhibit_kept(draft=None):
    return walk.shown(draft or draft_written())[0]


def exhibit_to_sign():
    part = met()
    kept = exhibit_kept(walk.drafted(part))
    replies.submit_for_signing(part, by=walk.unit_clerk(), today=ASKED_ON)
    return kept


def exhibit_issued():
    kept = exhibit_to_sign()
    replies.sign(kept.draft, by=walk.unit_head(), today=ASKED_ON)
    return kept


DRAFT_EXHIBITS = {
    "written": exhibit_kept,
    "to sign": exhibit_to_sign,
    "issued": exhibit_issued,
}


JOINT_DRAFTS = {"to sign": draft_to_sign_jointly}


REPLIES = {
    "answered": lambda: walk.proposal(State.ANSWERED).reply,
    "published": lambda: walk.proposal(State.PUBLISHED).reply,
}


def to_bind():
    return walk.proposal(State.ACCEPTED).session


def asked_volume():
    return volumes.ask_volume(to_bind(), by=make.actor())


def made_volume():
    volume = asked_volume()
    volumes.keep_volume(volume, pdf=b"%PDF", book=b"PK", cases=1)
    return Volume.objects.get(pk=volume.pk)


def failed_volume():
    volume = asked_volume()
    volumes.give_up_volume(volume)
    return Volume.objects.get(pk=volume.pk)


BOUND = {
    "never": to_bind,
    "asked": lambda: asked_volume().session,
    "made": lambda: made_volume().session,
    "failed": lambda: failed_volume().session,
}
