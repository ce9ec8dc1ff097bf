"""延期 for the office's list."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from proposals.models import Extension
from proposals.permissions.consent import LeadsWord
from proposals.queries.clocks import day
from proposals.queries.terms import DueDays
from proposals.states import ExtensionState


class ExtensionLine(NamedTuple):
    """One request: what the lead deputy says, since when it waits, and which day would come."""

    extension: Extension
    deputy: str
    asked: str
    due: str
    after: str
    no_grant: str


def extension_rows(actor: Actor, *, decided: bool = False) -> "QuerySet[Extension]":
    """Those that wait, the most pressing first; or those decided or ended, the newest first."""
    rows = Extension.objects.visible_to(actor).with_case()
    if decided:
        return rows.exclude(state=ExtensionState.ASKED)
    return rows.waiting().order_by("assignment__due_on", "pk")


def extension_lines(
    shown: Iterable[Extension], today: date, *, decided: bool = False
) -> list[ExtensionLine]:
    """One page of them."""
    found = list(shown)
    leads, due_days = LeadsWord(today, found), DueDays()
    return [
        ExtensionLine(
            each,
            "" if decided and not (each.consented_at or each.declined_at) else leads.of(each).value,
            day(each.asked_on, today),
            f"{day(each.assignment.due_on, today)}前",
            "" if decided else f"{day(extended_to(each, due_days), today)}前",
            "" if decided else leads.why_not(each) or "",
        )
        for each in found
    ]


def extended_to(extension: Extension, due_days: DueDays) -> date:
    """The last day, were it granted."""
    return due_days.extended(extension.assignment, extension.months)


def moved(extension: Extension, today: date) -> str:
    """What granting does, as a sentence."""
    now, then = extension.assignment.due_on, extended_to(extension, DueDays())
    return f"批准后，期限从 {day(now, today)}改到 {day(then, today)}。"
