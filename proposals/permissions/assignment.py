"""交: who may hand a proposal to its units, and how it may be shared among them."""

from collections.abc import Sequence

from django.db.models import Case, When

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.models.places import OrganisationKind, OrganisationQuerySet
from proposals.models import Proposal
from proposals.permissions.office import why_not_office
from proposals.sharing import Share, why_not_share
from proposals.states import State


def asks_seen(proposal: Proposal) -> str:
    """The asks as they are now, for a form to say of which it was made."""
    return "-".join(str(pk) for pk in proposal.asks.order_by("pk").values_list("pk", flat=True))


def why_not_assign(
    by: Actor,
    proposal: Proposal,
    shares: Sequence[Share] | None = None,
    seen: str | None = None,
) -> str | None:
    """The congress's own office, once the proposal is numbered; each unit in one role.

    `seen` is of the asks that were read: what a colleague has split meanwhile is read first.
    """
    if refusal := why_not_office(by, proposal.session, "交办建议"):
        return refusal
    if proposal.state != State.ACCEPTED:
        return f"建议目前是“{proposal.get_state_display()}”，不需要交办。"
    if seen == "":
        return "这张表单没有写明看的是哪几条请求，请看过现在的几条再交办。"
    if seen is not None and seen != asks_seen(proposal):
        return "同事刚刚拆分过这件建议的请求，请看过现在的几条再交办。"
    return why_not_shares(proposal, shares) if shares is not None else None


def why_not_shares(proposal: Proposal, shares: Sequence[Share]) -> str | None:
    """Handling units alone, shared so that every ask is answered, in 3 or 6 months."""
    if any(share.unit.kind != OrganisationKind.UNIT for share in shares):
        return "只能交给承办单位办理。"
    if far := why_not_reached(proposal, [share.unit for share in shares]):
        return far
    asks = set(proposal.asks.values_list("pk", flat=True))
    if any(set(share.asks) - asks for share in shares):
        return "分工里有一条请求不属于这件建议。"
    return why_not_share(shares, asks)


def why_not_reached(proposal: Proposal, units: Sequence[Organisation]) -> str | None:
    """A township hands over to its own units and to the county's, never to another township's."""
    able = set(units_for(proposal).values_list("pk", flat=True))
    far = next((unit for unit in units if unit.pk not in able), None)
    return f"{far.name}是别的乡镇的单位，只能交给本乡镇和县里的单位办理。" if far else None


def units_for(proposal: Proposal) -> OrganisationQuerySet:
    """To whom it may be handed over: by a township to its own units and the county's."""
    units = Organisation.objects.units()
    session = proposal.session
    if not session.of_township:
        return units
    here = session.term.assembly.area
    near = units.filter(area__in=[pk for pk in (here.pk, here.parent_id) if pk])
    return near.order_by(Case(When(area=here, then=0), default=1), "position", "name")
