"""案卷: everything about one proposal; of every numbered one of a session all but 办理经过."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Session
from proposals.models import Assignment, Attachment, Objection, Opinion, Proposal, Reply
from proposals.permissions.opinions import readable_opinions
from proposals.queries.case_changes import Changed, changes, gone, said_against
from proposals.queries.clocks import Clock
from proposals.queries.former import why_gone
from proposals.queries.parts import Met, three_meetings
from proposals.queries.timeline import EventLine, timeline

Row = TypeVar("Row")


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
    gone: list[tuple[Assignment, str]]
    changes: list[Changed]
    objections: list[Objection]
    meetings: list[tuple[str, list[Met]]]
    opinions: list[Opinion]
    replies: list[Reply]
    course: Sequence[EventLine] = ()


class _Papers:
    """What the bundles of many proposals are made of, each kind fetched once for all of them."""

    def __init__(self, rows: Sequence[Proposal], actor: Actor, clock: Clock) -> None:
        own = [each for row in rows for each in _own(row, actor)]
        found = Reply.objects.filter(assignment__in=own).select_related(
            "assignment__unit", "outcome"
        )
        replies = found.prefetch_related(
            "answers__ask__proposal", "answers__outcome", "answers__exhibits"
        )
        along = Proposal.objects.handled_along().filter(merged_into__in=rows)
        handed = (
            [each for row in rows for each in row.handled_as.parts] if actor.in_an_office else []
        )
        self.replies = _grouped(
            replies.order_by("assignment__position", "version"), lambda each: each.assignment_id
        )
        self.along = _grouped(
            along.prefetch_related("asks").order_by("pk"), lambda each: each.merged_into_id
        )
        self.opinions = _grouped(
            readable_opinions(actor, handed), lambda each: each.assignment.proposal_id
        )
        lost = gone([row.handled_as for row in rows], actor)
        self.gone = _grouped(lost, lambda each: each.proposal_id)
        self.changes = _grouped(changes([*own, *lost]), lambda each: each.part.proposal_id)
        self.objections = _grouped(
            said_against([row.handled_as for row in rows], actor),
            lambda each: each.assignment.proposal_id,
        )
        self.met = {each.part.pk: each.meetings for each in three_meetings(own, actor, clock)}


def _grouped(
    rows: Iterable[Row], key: Callable[[Row], int | None]
) -> Mapping[int | None, list[Row]]:
    found: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _own(proposal: Proposal, actor: Actor) -> list[Assignment]:
    """A unit has its own part's meetings and replies alone."""
    return [
        each
        for each in proposal.handled_as.parts
        if actor.in_an_office or each.unit_id == actor.organisation_id
    ]


def _bundle(proposal: Proposal, actor: Actor, papers: _Papers) -> Bundle:
    """What this reader may have."""
    own, along = _own(proposal, actor), papers.along[proposal.pk]
    asks = [ask for row in (proposal, *along) for ask in row.asks.all()]
    return Bundle(
        proposal=proposal,
        number=proposal.number or "还没有编号",
        signers="、".join(each.deputy.name for each in proposal.signatures),
        openness=f"不公开：{proposal.why_withheld}" if proposal.why_withheld else "公开",
        asks=[(each.called_in(proposal.handled_as.pk), each.text) for each in asks],
        along=_along(proposal, along),
        attachments=list(proposal.attachments.all()),
        parts=own,
        gone=[(each, why_gone(each)) for each in papers.gone[proposal.handled_as.pk]],
        changes=papers.changes[proposal.handled_as.pk],
        objections=papers.objections[proposal.handled_as.pk],
        meetings=[(each.unit.name, papers.met[each.pk]) for each in own if each.pk in papers.met],
        opinions=papers.opinions[proposal.handled_as.pk],
        replies=[reply for each in own for reply in papers.replies[each.pk]],
    )


def _along(proposal: Proposal, along: Sequence[Proposal]) -> str:
    """并案: with which others, and whose reply this is."""
    if proposal.merged_into:
        other = proposal.merged_into
        return f"与 {other.number}“{other.title}”并案办理，交办、见面和答复都是那一件的。"
    names = "、".join(f"{each.number}“{each.title}”" for each in along)
    return f"并入本件、一并答复的：{names}。" if names else ""


def of_session(session: Session) -> QuerySet[Proposal]:
    """Every numbered proposal of the session, by number."""
    rows = Proposal.objects.filter(session=session).exclude(number="").with_progress()
    rows = rows.select_related("merged_into__lead").order_by("number")
    return rows.prefetch_related("asks", "attachments", "cosignatures__deputy")


def bundles(rows: Iterable[Proposal], actor: Actor, today: date) -> list[Bundle]:
    """Each of these, in their order: a fixed number of queries for any number of them."""
    known = list(rows)
    papers = _Papers(known, actor, Clock.on(today))
    return [_bundle(each, actor, papers) for each in known]


def bundle(proposal: Proposal, actor: Actor, today: date) -> Bundle:
    """Of one proposal with 办理经过, the oldest first, as this reader may read it."""
    (case,) = bundles([proposal], actor, today)
    return replace(case, course=timeline(proposal, actor, today)[::-1])
