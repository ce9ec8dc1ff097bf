"""待审查: the session's peak, one by one or many at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from deputies.models import Delegation
from proposals.models import Cosignature, NumberSeries, Proposal
from proposals.models.numbers import WITH_CONGRESS, number_of
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.permissions import (
    why_not_accept,
    why_not_merge,
    why_not_refuse,
    why_not_send_back,
    why_not_treat_as_letter,
)
from proposals.permissions.office import why_not_office
from proposals.permissions.review import cannot_be_mended, why_not_accept_unseen
from proposals.permissions.submission import signers_of_bill
from proposals.queries import likeness, recurring
from proposals.queries.clocks import day
from proposals.recurring import Likeness
from proposals.states import BEFORE_HANDOVER, IN_REVIEW


def deciding(proposal: Proposal, by: Actor, today: date) -> dict[str, object]:
    """What may be decided about one, why not, and which others look like it."""
    return {
        "not_office": why_not_office(by, proposal.session, "审查建议"),
        "no_accept": why_not_accept(by, proposal, today),
        "no_send_back": why_not_send_back(by, proposal),
        "no_refuse": why_not_refuse(by, proposal),
        "no_letter": why_not_treat_as_letter(by, proposal),
        "candidates": recurring.candidates(proposal, by, today),
        "kinds": Likeness.choices,
        "cannot_be_mended": cannot_be_mended(proposal),
    }


def decided_by_another(proposal: Proposal) -> str:
    """Who was quicker, when, and what it came to: 李敏 20:52 已受理，1905035。"""
    steps = AuditEvent.objects.filter(subject=proposal._meta.label, subject_id=proposal.pk)
    last = steps.filter(was__in=IN_REVIEW).order_by("-pk").first()
    who = f"{last.by_name} {timezone.localtime(last.at):%H:%M} 办了，" if last else ""
    number = f"，编号 {proposal.number}" if proposal.number else ""
    return f"“{proposal.title}”{who}现在是“{proposal.get_state_display()}”{number}，您的没有再记。"


def merging(proposal: Proposal, by: Actor) -> dict[str, object]:
    """Into which it may go: those that look like it first."""
    return {
        "refusal": why_not_merge(by, proposal),
        "alike": [each for each in likeness.like(proposal, by) if each.state in BEFORE_HANDOVER],
    }


@dataclass(frozen=True)
class ReviewFilter:
    """What of the list is asked for, and in which order."""

    kind: str = ""
    delegation: Delegation | None = None
    like: bool = False
    sort: str = ""


SORTS = {
    "": ("最早提出的在前", ("submitted_on", "pk")),
    "newest": ("最新提出的在前", ("-submitted_on", "-pk")),
    "signed": ("附议最多的在前", ("-signed", "submitted_on", "pk")),
    "delegation": ("按代表团", ("delegation__name", "submitted_on", "pk")),
}


class Row(NamedTuple):
    """One line: `alike` says that another one looks like it."""

    proposal: Proposal
    submitted: str
    alike: bool


def waiting(wanted: ReviewFilter, by: Actor) -> ProposalQuerySet:
    """待审查 of the actor's office, as asked for."""
    own = Proposal.objects.to_review().decided_by(by)
    rows = own.select_related("lead", "delegation", "session__term")
    rows = rows.with_signed()
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.delegation:
        rows = rows.filter(delegation=wanted.delegation)
    if wanted.like:
        rows = rows.filter(pk__in=likeness.with_alike(list(own), by))
    return rows.order_by(*SORTS[wanted.sort][1])


def lines(rows: Sequence[Proposal], by: Actor, today: date) -> list[Row]:
    alike = likeness.with_alike(rows, by)
    return [Row(row, day(row.submitted_on, today), row.pk in alike) for row in rows]


def delegations(by: Actor) -> QuerySet[Delegation]:
    """Those from which something waits for the actor's office."""
    waiting_ones = Proposal.objects.to_review().decided_by(by).order_by()
    return Delegation.objects.filter(pk__in=waiting_ones.values("delegation"))


HEAD = ("标题", "领衔代表", "代表团", "类别", "附议人数", "提出日期", "请求办什么", "有没有相近的")


def sheet(rows: Sequence[Proposal], by: Actor, today: date) -> list[tuple[object, ...]]:
    """What the list shows, for a spreadsheet."""
    return [
        (
            row.title,
            row.lead.name,
            row.delegation or "",
            row.get_kind_display(),
            len(row.signatures),
            row.submitted_on or "",
            row.request,
            "有" if alike else "",
        )
        for row, _, alike in lines(rows, by, today)
    ]


class Chosen(NamedTuple):
    """What accepting many would touch: which go, which do not and why, how many duties."""

    able: list[Proposal]
    left: list[tuple[Proposal, str]]
    duties: int
    numbers: str


def chosen(numbers: Collection[int], by: Actor, today: date) -> Chosen:
    """Before the act. What a person has to weigh is looked at one by one: a wish, a likeness."""
    own = Proposal.objects.to_review().decided_by(by)
    rows = own.filter(pk__in=numbers).select_related("lead", *WITH_CONGRESS)
    able, left, signers = [], [], cache(signers_of_bill)
    found = list(rows.prefetch_related("cosignatures").order_by("submitted_on", "pk"))
    alike = likeness.with_alike(found, by)
    for row in found:
        reason = why_not_accept_unseen(by, row, today, signers)
        if not reason and row.pk in alike:
            reason = "有相近的，请打开来对照，看要不要并案。"
        if reason:
            left.append((row, reason))
        else:
            able.append(row)
    signed = Cosignature.objects.standing().filter(proposal__in=able).count()
    return Chosen(able, left, len(able) + signed, _numbers(able))


def _numbers(rows: Sequence[Proposal]) -> str:
    """The numbers they will have, if nobody else accepts one meanwhile."""
    words = []
    for session in {row.session_id: row.session for row in rows}.values():
        count = sum(row.session_id == session.pk for row in rows)
        series = NumberSeries.objects.filter(session=session).first()
        first = (series.last if series else 0) + 1
        last = f"—{number_of(session, first + count - 1)}" if count > 1 else ""
        words.append(f"{number_of(session, first)}{last}")
    return "、".join(words)
