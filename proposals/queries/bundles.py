"""案卷: everything about one proposal, or about every numbered one of a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Session
from proposals.models import Assignment, Attachment, Opinion, Proposal, Reply
from proposals.permissions.opinions import readable_opinions
from proposals.queries.clocks import Clock
from proposals.queries.parts import Met, three_meetings


@dataclass(frozen=True)
class Bundle:
    """One proposal's papers, in the order in which they came about."""

    proposal: Proposal
    number: str
    signers: str
    openness: str
    asks: list[tuple[str, str]]
    along: str
    attachments: list[Attachment]
    parts: list[Assignment]
    meetings: list[tuple[str, list[Met]]]
    opinions: list[Opinion]
    replies: list[Reply]


def bundle(proposal: Proposal, actor: Actor, clock: Clock) -> Bundle:
    """What this reader may have: a unit sees its own part's meetings and replies alone."""
    own = [
        each
        for each in proposal.handled_as.parts
        if actor.in_an_office or each.unit_id == actor.organisation_id
    ]
    replies = Reply.objects.filter(assignment__in=own).select_related("assignment__unit", "outcome")
    asks = [ask for row in (proposal, *proposal.along) for ask in row.asks.all()]
    return Bundle(
        proposal=proposal,
        number=proposal.number or "还没有编号",
        signers="、".join(each.deputy.name for each in proposal.signatures),
        openness=f"不公开：{proposal.why_withheld}" if proposal.why_withheld else "公开",
        asks=[(each.called_in(proposal.handled_as.pk), each.text) for each in asks],
        along=_along(proposal),
        attachments=list(proposal.attachments.all()),
        parts=own,
        meetings=[
            (each.part.unit.name, each.meetings) for each in three_meetings(own, actor, clock)
        ],
        opinions=readable_opinions(actor, proposal.parts) if actor.in_an_office else [],
        replies=list(
            replies.prefetch_related(
                "answers__ask__proposal", "answers__outcome", "answers__exhibits"
            ).order_by("assignment__position", "version")
        ),
    )


def _along(proposal: Proposal) -> str:
    """并案: with which others, and whose reply this is."""
    if proposal.merged_into:
        other = proposal.merged_into
        return f"与 {other.number}“{other.title}”并案办理，交办、见面和答复都是那一件的。"
    names = "、".join(f"{each.number}“{each.title}”" for each in proposal.along)
    return f"并入本件、一并答复的：{names}。" if names else ""


def of_session(session: Session) -> QuerySet[Proposal]:
    """Every numbered proposal of the session, by number."""
    rows = Proposal.objects.filter(session=session).exclude(number="").with_progress()
    return rows.prefetch_related("asks", "attachments", "cosignatures__deputy").order_by("number")


def bundles(rows: Iterable[Proposal], actor: Actor, today: date) -> list[Bundle]:
    """Each of these, in their order."""
    clock = Clock.on(today)
    return [bundle(each, actor, clock) for each in rows]
