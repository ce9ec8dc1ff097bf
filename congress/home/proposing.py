"""据民情写建议: what a voter told becomes a draft that keeps where it came from."""

from uuid import uuid4

from django.db import transaction
from django.urls import reverse

from congress.shared import personal_numbers
from congress.shared.actors import Actor
from congress.shared.workflow import lock
from proposals.actions import drafting
from proposals.actions.drafting import Typed
from proposals.models import Source
from stations.actions import issues
from stations.models import Issue

TITLE = 60


@transaction.atomic
def begin_proposal(issue: Issue, *, by: Actor) -> str:
    """The address of the draft, or of the proposal that it has become; twice is one draft."""
    issue, key = lock(issue), f"stations.issue:{issue.pk}"
    known = Source.objects.filter(key=key).select_related("proposal").first()
    if known and known.proposal:
        return reverse("proposals:detail", args=[known.proposal.pk])
    if known and known.draft_id:
        return _draft(known.draft_id)
    heard = issues.note_proposing(issue, by=by)
    facts = personal_numbers.masked(f"{heard}\n{issue.words}")
    typed = Typed(title=f"关于{issue.title}的建议"[:TITLE], facts=facts)
    source = (key, heard)
    draft = drafting.save_draft(
        deputy=issue.deputy, token=uuid4(), typed=typed, by=by, source=source
    )
    return _draft(draft.pk)


def _draft(pk: int) -> str:
    return f"{reverse('proposals:submit')}?draft={pk}"
