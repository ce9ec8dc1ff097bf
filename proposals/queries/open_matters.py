"""没有办完的: what of a congress and its years is open, and why. The one place that says so."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.shared.models import Assembly
from proposals.models import (
    Answer,
    Challenge,
    Convening,
    LookBack,
    Promise,
    Proposal,
    Rehandling,
    Reply,
)
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.models.reference import Meaning
from proposals.models.upgrades import class_of
from proposals.rating_states import ConveningState
from proposals.rolling import CarryReason
from proposals.states import HANDED_OVER, NUMBERED, State

UNANSWERED = NUMBERED - {State.ANSWERED, State.PUBLISHED}
OF_A_CLASS: Mapping[str, CarryReason] = {
    Meaning.PLANNED: CarryReason.PLANNED,
    Meaning.LATER: CarryReason.LATER,
}


class Open(NamedTuple):
    """One proposal that goes on: its first reason, and all of them."""

    proposal: Proposal
    reasons: tuple[CarryReason, ...]

    @property
    def reason(self) -> CarryReason:
        return self.reasons[0]

    @property
    def others(self) -> str:
        return "；".join(each.label for each in self.reasons[1:])

    @property
    def units(self) -> list[str]:
        """Who has it in hand: of a merged one the units of the other."""
        return [each.unit.name for each in self.proposal.handled_as.parts]


def open_of(assembly: Assembly, year: int, today: date) -> list[Open]:
    """Everything accepted by the end of that year and not done: in a fixed number of statements.

    What was merged is open as long as the one with which it is handled.
    """
    why = _reasons(assembly)
    rows = _taken_in(assembly, year).filter(_is_open(why))
    loaded = rows.with_progress().with_speaker(today).order_by("number", "pk")
    return [Open(row, _in_order(row, why)) for row in loaded]


def how_many_open(assembly: Assembly, year: int) -> int:
    """So many; asked of the reasons only where anything was taken in by then."""
    rows = _taken_in(assembly, year)
    return rows.filter(_is_open(_reasons(assembly))).count() if rows.exists() else 0


def _taken_in(assembly: Assembly, year: int) -> ProposalQuerySet:
    return Proposal.objects.filter(
        session__term__assembly=assembly,
        state__in=NUMBERED,
        accepted_on__lte=date(year, 12, 31),
    )


def _is_open(why: Collection[int]) -> Q:
    return Q(state__in=UNANSWERED) | Q(pk__in=why) | Q(merged_into__in=why)


def still_open(proposals: Iterable[Proposal]) -> set[int]:
    """Which of these are not done, by their rows; of whatever congress they are."""
    rows = list(proposals)
    congresses = {each.session.term.assembly_id for each in rows}
    why = {pk for each in Assembly.objects.filter(pk__in=congresses) for pk in _reasons(each)}
    return {each.pk for each in rows if each.state in UNANSWERED or each.handled_as.pk in why}


def _in_order(row: Proposal, why: dict[int, set[CarryReason]]) -> tuple[CarryReason, ...]:
    found = set(why.get(row.handled_as.pk, ()))
    if row.state in UNANSWERED:
        found.add(CarryReason.IN_HAND)
    return tuple(each for each in CarryReason if each in found)


def _reasons(assembly: Assembly) -> dict[int, set[CarryReason]]:
    """By the row of the proposal that was answered: what of its answers is not done."""
    of_parts = {"assignment__proposal__session__term__assembly": assembly}
    of_replies = {f"reply__{way}": value for way, value in of_parts.items()}
    called = Convening.objects.filter(state=ConveningState.CALLED, **of_parts)
    again = Challenge.objects.open().raised_again()  # likeness only proposes, people confirm
    found: dict[int, set[CarryReason]] = defaultdict(set)
    of_answers = "reply__assignment"
    for rows, way, reason in (
        (Rehandling.objects.open().filter(**of_parts), "assignment", CarryReason.REHANDLED),
        (called, "assignment", CarryReason.CONVENED),
        (again.filter(**of_replies), of_answers, CarryReason.CHALLENGED),
        (Promise.objects.open().filter(**of_replies), of_answers, CarryReason.PROMISED),
        (LookBack.objects.open().filter(**of_replies), of_answers, CarryReason.LOOKED_AT),
    ):
        for pk in rows.order_by().values_list(f"{way}__proposal", flat=True).distinct():
            found[pk].add(reason)
    for reply in _not_solved(of_parts):
        asks: list[int | None] = [each.ask_id for each in reply.answers.all()]
        meanings = {class_of(reply, ask).meaning for ask in asks or [None]}
        reasons = {OF_A_CLASS[each] for each in meanings if each in OF_A_CLASS}
        if reasons:
            found[reply.assignment.proposal_id] |= reasons
    return found


def _not_solved(of_parts: Mapping[str, object]) -> QuerySet[Reply]:
    """The answers that stand and were signed with a class that is no end, upgraded since or not."""
    answers = Answer.objects.filter(reply=OuterRef("pk"), outcome__meaning__in=OF_A_CLASS)
    rows = (
        Reply.objects.standing()
        .of_standing()
        .filter(
            Q(outcome__meaning__in=OF_A_CLASS) | Exists(answers),
            assignment__proposal__state__in=HANDED_OVER,
            **of_parts,
        )
    )
    return rows.select_related("outcome", "assignment").prefetch_related(
        "answers__outcome", "upgrades__becomes"
    )
