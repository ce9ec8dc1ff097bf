"""What can never be false of a duty: who saw it, and what was told for others, late or twice."""

from django.db.models import BaseConstraint, CheckConstraint, F, Q
from django.db.models.functions import ExtractMonth, ExtractYear
from django.db.models.lookups import LessThanOrEqual

from deputies.states import DutyState

ENTERED = "deputies.enter:"
"""代为登记: what the source of such a record begins with."""
REPORTED = "deputies.report:"
"""上报: what the source of a deputy's own report begins with."""


def report_sources(deputy_id: int, token: str) -> list[str]:
    """上报: what the record of this form says it comes from, and what earlier ones said.

    Two accounts can send from one phone, even with one token: the deputy's number keeps them apart.
    """
    return [f"{REPORTED}{deputy_id}:{token}", f"{REPORTED}{token}"]


_BY_JANUARY: LessThanOrEqual[object] = LessThanOrEqual(
    ExtractYear("reported_at") * 12 + ExtractMonth("reported_at"),
    ExtractYear("done_on") * 12 + 13,
)
"""Told in its own year or in the January after it; the cut-off lies in that month."""

TWO_PEOPLE: list[BaseConstraint] = [
    CheckConstraint(
        name="duty_checked_has_who_and_when",
        condition=Q(checked_by__isnull=True, checked_at__isnull=True)
        | Q(checked_by__isnull=False, checked_at__isnull=False),
    ),
    CheckConstraint(
        name="duty_verified_has_who_and_when",
        condition=(
            Q(state=DutyState.VERIFIED)
            & Q(verified_by__isnull=False, verified_at__isnull=False)
            & Q(checked_by__isnull=False)
        )
        | (~Q(state=DutyState.VERIFIED) & Q(verified_by__isnull=True, verified_at__isnull=True)),
    ),
    CheckConstraint(
        name="duty_takes_two_people",
        condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("checked_by")),
        violation_error_message="核对和核实必须是两个人。",
    ),
]

TOLD_FOR_OTHERS: list[BaseConstraint] = [
    CheckConstraint(
        name="duty_entered_is_confirmed_before_it_goes_on",
        condition=~Q(source__startswith=ENTERED)
        | Q(state__in=(DutyState.ENTERED, DutyState.WITHDRAWN))
        | Q(confirmed_at__isnull=False),
        violation_error_message="代登记的履职须本人确认以后才往下走。",
    ),
    CheckConstraint(
        name="duty_paper_has_who_when_and_what",
        condition=Q(paper_by__isnull=True, paper_on__isnull=True, paper_note="")
        | (
            Q(source__startswith=ENTERED, confirmed_at__isnull=False)
            & Q(paper_by__isnull=False, paper_on__isnull=False)
            & ~Q(paper_note="")
        ),
        violation_error_message="纸面确认要有收的人、日期和说明。",
    ),
    CheckConstraint(
        name="duty_paper_is_not_received_by_who_entered_it",
        condition=Q(paper_by__isnull=True) | ~Q(paper_by=F("reported_by")),
        violation_error_message="登记和收纸面确认必须是两个人。",
    ),
    CheckConstraint(
        name="duty_paper_is_received_by_neither_checker_nor_verifier",
        condition=Q(paper_by__isnull=True)
        | (
            (Q(checked_by__isnull=True) | ~Q(paper_by=F("checked_by")))
            & (Q(verified_by__isnull=True) | ~Q(paper_by=F("verified_by")))
        ),
        violation_error_message="收纸面确认的人不能再核对或核实。",
    ),
    CheckConstraint(
        name="duty_entered_late_says_why",
        condition=~Q(source__startswith=ENTERED) | ~Q(late_reason="") | Q(_BY_JANUARY),
        violation_error_message="逾期补登必须写明原因。",
    ),
    CheckConstraint(
        name="duty_is_not_verified_by_who_told_it",
        condition=Q(verified_by__isnull=True)
        | Q(reported_by__isnull=True)
        | ~Q(verified_by=F("reported_by")),
        violation_error_message="登记和核实必须是两个人。",
    ),
    CheckConstraint(
        name="duty_duplicate_is_withdrawn",
        condition=Q(duplicate_of__isnull=True)
        | (Q(state=DutyState.WITHDRAWN) & ~Q(duplicate_of=F("id"))),
        violation_error_message="认定重复的记录不再算数。",
    ),
]
