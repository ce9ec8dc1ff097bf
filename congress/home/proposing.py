"""据民情写建议: what a voter told becomes a draft that keeps where it came from."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.urls import reverse

from congress.home.queries.proposing import key_of, proposals_for
from congress.shared import personal_numbers
from congress.shared.actors import Actor
from congress.shared.workflow import lock, refuse_if
from proposals.actions import drafting
from proposals.actions.drafting import Typed
from proposals.models import Proposal, Source
from stations.actions import findings, issues
from stations.models import Finding, Issue, Outcome

TITLE = 60
NAMED = 80


@transaction.atomic
def begin_proposal(issue: Issue, *, by: Actor) -> str:
    """The address of the draft, or of the proposal that it has become; twice is one draft."""
    issue, key = lock(issue), key_of(issue)
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
def settle_proposed(
    issue: Issue, *, proposal: Proposal, result: str, by: Actor, today: date
) -> Issue:
    """已提出建议，办结: the matter ends with this proposal, and the voter reads which it is."""
    refuse_if(why_not_by_this(issue, proposal, by, today))
    return issues.settle_issue(
        issue,
        outcome=Outcome.PROPOSED,
        taken_up=named(proposal),
        proposal=proposal.pk,
        result=result,
        by=by,
        today=today,
    )


def why_not_by_this(issue: Issue, proposal: Proposal, by: Actor, today: date) -> str | None:
    """Only one of the township's own, or the one that was written from it."""
    if proposals_for(issue, by, today).filter(pk=proposal.pk).exists():
        return None
    return "这件建议不是本乡镇代表提出的，或者已经撤回，请另选。"


def named(proposal: Proposal) -> str:
    """《标题》（编号） as the voter may read it; of what is not public no title.

    Before it is accepted nobody knows whether it will be, so it is known by who raised it.
    """
    number = f"（{proposal.number}）" if proposal.number else ""
    if proposal.withheld_reason:
        return f"代表建议{number}"
    if not Proposal.objects.open_to_public().filter(pk=proposal.pk).exists():
        return f"{proposal.lead.name}代表提出的建议（还没有公开）"
    return f"《{proposal.public_title[:NAMED]}》{number}"


@transaction.atomic
def begin_proposal_of_finding(finding: Finding, *, by: Actor) -> str:
    """The same of what a deputy found at an activity or a 议事."""
    finding, key = lock(finding), key_of(finding)
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
