"""What the database must say at any moment, by few statements over many proposals.

Each function answers with what is not so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from congress.shared.calendar import working_days_until
from congress.shared.models import Session
from proposals.models import (
    Assignment,
    Cosignature,
    Invitation,
    Meeting,
    Pause,
    Proposal,
    Reply,
    Waiver,
)
from tests.campaigns.cases import ANSWERING, OVER, SILENCE, STAGES, Case, in_order

HAS_A_DAY = frozenset({"handed", "received", "objected", "done"})
"""The last day of a part that is done says whether it was in time."""


def of_cases(cases: Sequence[Case]) -> Iterator[str]:
    """State, number, signatures, invitations, parts and their days are as its model has them."""
    numbers = [case.pk for case in cases]
    rows = Proposal.objects.filter(pk__in=numbers).order_by()
    found = {row[0]: row[1:] for row in rows.values_list("pk", "state", "number", "merged_into")}
    standing, asked, parts = defaultdict(set), defaultdict(set), defaultdict(set)
    about = {"proposal__in": numbers}
    signed = Cosignature.objects.standing().filter(**about).order_by()
    for pk, deputy in signed.values_list("proposal", "deputy"):
        standing[pk].add(deputy)
    for pk, *row in (
        Invitation.objects.filter(**about).order_by().values_list("proposal", "pk", "state")
    ):
        asked[pk].add(tuple(row))
    given = Assignment.objects.standing().filter(**about).order_by()
    for pk, *row, due in given.values_list("proposal", "pk", "unit", "role", "state", "due_on"):
        parts[pk].add((*row, due if row[2] in ANSWERING and row[3] in HAS_A_DAY else None))
    for case in cases:
        known = (case.state, case.number, case.into.pk if case.into else None)
        if found.get(case.pk) != known:
            yield f"proposal {case.pk} is {found.get(case.pk)}, the model says {known}"
            continue
        if standing[case.pk] != set(case.signers):
            yield f"proposal {case.pk} is signed by {standing[case.pk]}, known {set(case.signers)}"
        if not set(case.asked.values()) <= asked[case.pk]:
            yield f"proposal {case.pk} has asked {asked[case.pk]}, known {case.asked}"
        owed = {
            (
                *(each.pk, each.unit, each.role, each.state),
                each.due if each.answers and each.state in HAS_A_DAY else None,
            )
            for each in case.parts
        }
        if case.state not in OVER and parts[case.pk] != owed:
            yield f"proposal {case.pk} has the parts {parts[case.pk]}, known {owed}"


def of_pauses(cases: Sequence[Case]) -> Iterator[str]:
    """The clocks of these, which are on their way, stand where the model says, and no other."""
    known = {part.pk: part.paused for case in cases for part in case.parts if part.paused}
    found = dict(Pause.objects.open().order_by().values_list("assignment", "from_on"))
    for pk in sorted(pk for pk in {*found, *known} if found.get(pk) != known.get(pk)):
        yield f"the clock of part {pk} stands since {found.get(pk)}, known {known.get(pk)}"


def of_numbers(session: Session) -> Iterator[str]:
    """One series: none reused, none skipped."""
    given = Proposal.objects.filter(session=session).exclude(number="").order_by()
    numbers = list(given.values_list("number", flat=True))
    place = session.congress if session.of_township else ""
    if not in_order(numbers, f"{place}{session.term.number:02}{session.number:02}"):
        yield f"the numbers have a gap: {sorted(numbers)[-3:]}"


def of_pens() -> Iterator[str]:
    """With the units means: with one that has still to answer, its own or of the common one."""
    owing = Assignment.objects.answering().exclude(state="done").values("proposal")
    lost = Proposal.objects.filter(state="assigned").exclude(pk__in=owing)
    apart = Q(merged_into=None) | ~Q(merged_into__state__in=("accepted", "rehearsed", "assigned"))
    lost |= Proposal.objects.filter(apart, state="merged")
    for pk, state in lost.order_by().values_list("pk", "state"):
        yield f"proposal {pk} is {state}, and nobody holds the pen"


def of_replies(known: int, works: Callable[[date], bool]) -> Iterator[str]:
    """So many, each behind a gate that was open on its day."""
    replies = list(Reply.objects.order_by().values_list("pk", "assignment", "replied_on"))
    if len(replies) != known:
        yield f"{len(replies)} replies stand, the model knows {known}"
    opened: defaultdict[int, dict[str, date]] = defaultdict(dict)
    held = Meeting.objects.held().order_by()
    for part, stage, told, confirmed in held.values_list(
        "assignment", "stage", "recorded_at", "confirmed_at"
    ):
        day = timezone.localdate(told)
        opened[part][stage] = (day, confirmed and timezone.localdate(confirmed))
    waived = set(Waiver.objects.order_by().values_list("assignment", "stage"))
    for pk, part, on in replies:
        for stage in STAGES:
            told, confirmed = opened[part].get(stage, (None, None))
            borne_out = confirmed and confirmed <= on
            silent = told and working_days_until(told, on, works) > SILENCE
            if not (borne_out or silent or (part, stage) in waived):
                yield f"reply {pk} stands before the gate was open: {stage}"
