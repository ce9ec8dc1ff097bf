"""邀请附议: whom the lead may still ask, and how those stand who were asked."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from congress.shared.actors import Actor
from deputies.models import Membership
from deputies.models.people import DeputyQuerySet
from deputies.queries import search
from proposals.models import Invitation, Proposal
from proposals.permissions.invitations import (
    may_sign,
    why_not_decline,
    why_not_invite,
    why_not_withdraw_invitation,
)
from proposals.queries.clocks import day
from proposals.states import OPEN_TO_SIGNERS, InvitationState

MOST = 40
"""So many are listed; who looks for somebody writes a name."""
UNANSWERED = (InvitationState.ASKED, InvitationState.DECLINED)


def to_invite(proposal: Proposal, today: date) -> DeputyQuerySet:
    """Who may sign here and has neither signed nor been asked."""
    known = proposal.invitations.filter(state__in=UNANSWERED, deputy=OuterRef("pk"))
    signed = proposal.cosignatures.in_force(today).filter(deputy=OuterRef("pk"))
    able = may_sign(proposal, today).filter(user__isnull=False)
    return able.exclude(Exists(known)).exclude(Exists(signed))


def found(
    proposal: Proposal, asked: str, today: date, picked: Collection[int] = ()
) -> list[search.Hit]:
    """Those ticked off before, then those who answer to what was typed.

    Nothing typed shows the lead's own group.
    """
    able = to_invite(proposal, today)
    kept = search.hits(able.filter(pk__in=picked).in_name_order(), today, MOST) if picked else []
    people = able.exclude(pk__in=picked)
    if asked.strip():
        people = search.found(people, asked, today)
    else:
        group = Membership.objects.running(today).filter(deputy=proposal.lead_id).values("group")
        people = people.grouped(today, membership__group__in=group)
    return kept + search.hits(search.in_order(people, asked), today, MOST)


class Asked(NamedTuple):
    """One of those asked, as the lead reads it."""

    invitation: Invitation
    on: str
    no_withdraw: str | None


def of_the_page(proposal: Proposal, actor: Actor, today: date) -> dict[str, object]:
    """The lead's questions and their answers; for whoever was asked, their own."""
    leads = actor.same_person(proposal.lead.user_id)
    own = proposal.invitations.of(actor).select_related("proposal__lead", "deputy").last()
    return {
        "asked": _asked(proposal, actor, today) if leads else [],
        "no_invite": why_not_invite(actor, proposal, today) if leads else "",
        "own_invitation": own if own and not why_not_decline(actor, own) else None,
    }


def _asked(proposal: Proposal, actor: Actor, today: date) -> Sequence[Asked]:
    """Only while it matters; afterwards 办理经过 tells of it."""
    if proposal.state not in OPEN_TO_SIGNERS:
        return []
    rows = proposal.invitations.filter(state__in=UNANSWERED)
    return [
        Asked(each, day(each.asked_on, today), why_not_withdraw_invitation(actor, each))
        for each in rows.select_related("deputy", "proposal__lead")
    ]
