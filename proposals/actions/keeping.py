"""草稿的去处: files go with what was raised, or end with their draft. Parts of verbs."""

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from proposals.models import Attachment, Draft, DraftExhibit, Proposal, Source


def keep_draft_with(proposal: Proposal) -> int:
    """The draft it was raised or mended from is no more; its files are the proposal's: how many.

    From which one it was raised stays known, for whoever comes back to the draft's address.
    """
    own = Q(token=proposal.token, deputy=proposal.lead_id) | Q(proposal=proposal)
    known, added = proposal.attachments.values("digest"), 0
    for draft in _locked(own):
        drop(*draft.attachments.filter(digest__in=known))
        added += draft.attachments.update(draft=None, proposal=proposal)
        Source.objects.filter(draft=draft).update(draft=None, proposal=proposal)
        if draft.proposal_id is None:
            proposal.raised_from = draft.pk
            proposal.save(update_fields=["raised_from"])
        draft.delete()
    return added


def end_draft(proposal: int) -> None:
    """What was being mended in a proposal that is mended no more."""
    for draft in _locked(Q(proposal=proposal)):
        drop(*draft.attachments.all())
        draft.delete()


def _locked(own: Q) -> QuerySet[Draft]:
    """Whoever adds a file at this moment is waited for, or comes too late and is told so."""
    return Draft.objects.filter(own).select_for_update(no_key=True).order_by("pk")


def drop(*attachments: Attachment | DraftExhibit) -> None:
    """These are gone, their files too once the transaction holds."""
    for attachment in attachments:
        storage, name = attachment.file.storage, attachment.file.name
        attachment.delete()
        transaction.on_commit(partial(storage.delete, name))
