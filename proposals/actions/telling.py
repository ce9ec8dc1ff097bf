"""告知: notices about a proposal to those who raised and signed it. Parts of verbs."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.models import AuditEvent, User
from proposals.models import Assignment, Cosignature, Invitation, Proposal, Rating
from proposals.models.assigned_rows import AssignmentQuerySet
from proposals.queries.people import of_office, of_townships, of_unit_part
from proposals.queries.speaking import hearers
from proposals.states import SHOWN_TO_UNIT, State


def tell_lead(proposal: Proposal, step: str, text: str) -> None:
    notices.write(
        hearers(proposal),
        key=f"proposal.{step}:{proposal.pk}",
        text=text[:300],
        link=reverse("proposals:detail", args=[proposal.pk]),
    )


def tell_author(rating: Rating, step: str, text: str) -> None:
    """The deputy who gave this rating, who may lead the proposal no more."""
    proposal = rating.assignment.proposal
    notices.write(
        [rating.deputy.user],
        key=f"proposal.{step}:{proposal.pk}",
        text=f"“{proposal.title}”：{text}"[:300],
        link=reverse("proposals:detail", args=[proposal.pk]),
    )


def tell_deputies(proposal: Proposal, step: str, words: str) -> None:
    """Whoever leads it and whoever stands behind it, each of their own part in it."""
    tell_lead(proposal, step, f"您领衔的“{proposal.title}”{words}")
    standing = proposal.cosignatures.standing().select_related("deputy__user")
    tell_signers(proposal, standing, step, f"您附议的“{proposal.title}”{words}")


def tell_people(
    people: Iterable[User], proposal: Proposal, step: str, text: str, page: str, *args: int
) -> None:
    """Whoever has to do with it, with a link to that page of the app."""
    notices.write(
        people,
        key=f"proposal.{step}:{proposal.pk}",
        text=text[:300],
        link=reverse(f"proposals:{page}", args=args),
    )


def tell_answering(proposal: Proposal, step: str, text: str) -> None:
    """主办、分办 that have its part before them, each where it reads of it."""
    rows = proposal.assignments.answering().filter(state__in=SHOWN_TO_UNIT)
    _tell_parts(rows, proposal, step, text)


def tell_helping(proposal: Proposal, step: str, text: str) -> None:
    """会办、协办 that have their part before them, each where it reads of it."""
    rows = proposal.assignments.opining().filter(state__in=SHOWN_TO_UNIT)
    _tell_parts(rows, proposal, step, text)


def _tell_parts(rows: AssignmentQuerySet, proposal: Proposal, step: str, text: str) -> None:
    for part in rows.select_related("unit").order_by("pk"):
        words = f"{proposal.number}“{proposal.title}”：{text}"
        people = of_unit_part(part, clock.today())
        tell_people(people, proposal, step, words, "case", proposal.pk)


def tell_asked(invitation: Invitation, step: str, text: str) -> None:
    """Whoever was asked by name to sign."""
    notices.write(
        [invitation.deputy.user],
        key=f"proposal.{step}:{invitation.pk}",
        text=text[:300],
        link=reverse("proposals:detail", args=[invitation.proposal_id]),
    )


def tell_signers(
    proposal: Proposal, signatures: Iterable[Cosignature], step: str, text: str
) -> None:
    notices.write(
        [each.deputy.user for each in signatures],
        key=f"proposal.{step}:{proposal.pk}",
        text=text[:300],
        link=reverse("proposals:detail", args=[proposal.pk]),
    )


def settle_rereading(proposal: Proposal, people: Iterable[User | None] | None = None) -> None:
    """请再看一遍: these, or all who were asked, have nothing more to read for a signature."""
    for time in range(1, times(proposal, State.SUBMITTED, "reworded") + 1):
        key = f"proposal.mended.{time}:{proposal.pk}"
        if people is None:
            notices.settle_for_all(key=key, at=clock.now())
        else:
            notices.settle(people, key=key, at=clock.now())


def times(row: Model, *deeds: str) -> int:
    """How often the trail has it come to one of these: each time is news of its own."""
    steps = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return steps.filter(now__in=deeds).count()


def tell_office(
    proposal: Proposal, step: str, text: str, page: str, *args: int, today: date
) -> None:
    """代工委, or of what was raised in a township the staff of its own 人大."""
    people = (
        of_townships(Proposal.objects.filter(pk=proposal.pk), today)[proposal.pk]
        if proposal.session.of_township
        else of_office(today)
    )
    tell_people(people, proposal, step, text, page, *args)


def tell_unit(part: Assignment, step: str, text: str, today: date) -> None:
    """The people of one unit's part, on its page of the case."""
    people = of_unit_part(part, today)
    tell_people(people, part.proposal, step, text, "case", part.proposal_id)
