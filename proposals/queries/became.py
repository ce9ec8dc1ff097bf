"""后来怎样: a proposal that somebody was told of, and that is theirs to read no more."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from congress.shared.actors import Actor
from congress.shared.models import Notice
from proposals.models import Proposal
from proposals.queries.timeline import timeline
from proposals.states import NUMBERED


def told_of(actor: Actor, proposals: Iterable[int]) -> set[int]:
    """Those of these whose page tells this person what became of them, for they were told."""
    links = {reverse("proposals:detail", args=[pk]): pk for pk in proposals}
    if actor.user is None or not links:
        return set()
    told = Notice.objects.filter(person=actor.user, link__in=links)
    return {links[link] for link in told.values_list("link", flat=True)}


def what_became(actor: Actor, pk: int, link: str, today: date) -> dict[str, object]:
    """Their own notices with this link, and where it stands; nothing for whoever was not told.

    What is withheld is called by no title but that of their notices, and has no number.
    """
    told = Notice.objects.filter(person=actor.user, link=link).order_by("-written_at", "-pk")
    if actor.user is None or not told.exists():
        return {}
    proposal = Proposal.objects.select_related("lead").get(pk=pk)
    public = proposal.state in NUMBERED and not proposal.withheld_reason
    return {
        "proposal": proposal,
        "title": "一件建议" if proposal.withheld_reason else proposal.title,
        "words": _words(proposal, public=public),
        "public": public,
        "told": told,
        "events": timeline(proposal, actor, today),
    }


def _words(proposal: Proposal, *, public: bool) -> str:
    if proposal.withheld_reason:
        return "审查已经结束，不公开。附议和邀请都不用再答复。"
    if public:
        number, state = proposal.number, proposal.state_to_deputies
        return f"已经受理，编号 {number}，{state}。附议和邀请都不用再答复。"
    return f"目前是“{proposal.state_to_deputies}”，您现在不能附议，不用再答复。"
