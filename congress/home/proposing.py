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
from stations.actions import findings, issues
from stations.models import Finding, Issue

TITLE = 60


@transaction.atomic
def begin_proposal(issue: Issue, *, by: Actor) -> str:
    """The address of the draft, or of the proposal that it has become; twice is one draft."""
    issue, key = lock(issue), f"stations.issue:{issue.pk}"
    if known := _known(key):
        return known
    heard = issues.note_proposing(issue, by=by)
    facts = personal_numbers.masked(f"{heard}\n{issue.words}")
    typed = Typed(title=f"关于{issue.title}的建议"[:TITLE], facts=facts)
    source = (key, heard)
    draft = drafting.save_draft(
        deputy=issue.deputy, token=uuid4(), typed=typed, by=by, source=source
    )
    return _draft(draft.pk)


@transaction.atomic
def begin_proposal_of_finding(finding: Finding, *, by: Actor) -> str:
    """The same of what a deputy found at an activity or a 议事."""
    finding, key = lock(finding), f"stations.finding:{finding.pk}"
    if known := _known(key):
        return known
    heard = findings.note_proposing_finding(finding, by=by)
    facts = personal_numbers.masked(f"{heard}\n{finding.words}")
    typed = Typed(title=f"关于解决{finding.title}的建议"[:TITLE], facts=facts)
    draft = drafting.save_draft(
        deputy=finding.deputy, token=uuid4(), typed=typed, by=by, source=(key, heard)
    )
    return _draft(draft.pk)


def _known(key: str) -> str:
    """The draft or the proposal that was begun from there, or nothing."""
    known = Source.objects.filter(key=key).select_related("proposal").first()
    if known and known.proposal:
        return reverse("proposals:detail", args=[known.proposal.pk])
    return _draft(known.draft_id) if known and known.draft_id else ""


def _draft(pk: int) -> str:
    return f"{reverse('proposals:submit')}?draft={pk}"
