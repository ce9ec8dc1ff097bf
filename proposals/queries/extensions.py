"""延期 for the office's list."""

from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from proposals.models import Extension
from proposals.queries.clocks import day
from proposals.queries.terms import DueDays
from proposals.rules import CONSENT
from proposals.states import ExtensionState


class ExtensionLine(NamedTuple):
    """One request: what the lead deputy says, since when it waits, and which day would come."""

    extension: Extension
    deputy: str
    asked: str
    due: str
    after: str
    waits_for_deputy: bool
    declined: bool


def extension_lines(actor: Actor, today: date, *, decided: bool = False) -> list[ExtensionLine]:
    """Those that wait, the most pressing first; or those decided or ended, the newest first."""
    rows = Extension.objects.visible_to(actor).with_case()
    if decided:
        found = rows.exclude(state=ExtensionState.ASKED)
    else:
        found = rows.waiting().order_by("assignment__due_on", "pk")
    needed, due_days = bool(CONSENT.on(today)), DueDays()
    return [
        ExtensionLine(
            each,
            _deputy(each, needed=needed),
            day(each.asked_on, today),
            f"{day(each.assignment.due_on, today)}前",
            "" if decided else f"{day(extended_to(each, due_days), today)}前",
            needed and each.waits_for_deputy,
            needed and bool(each.declined_at),
        )
        for each in found
    ]


def _deputy(extension: Extension, *, needed: bool) -> str:
    if extension.declined_at:
        return "代表不同意"
    if extension.consented_at:
        return "代表已同意"
    return "等代表同意" if needed else "不用代表同意"


def extended_to(extension: Extension, due_days: DueDays) -> date:
    """The last day, were it granted."""
    return due_days.extended(extension.assignment, extension.months)


def moved(extension: Extension, today: date) -> str:
    """What granting does, as a sentence."""
    now, then = extension.assignment.due_on, extended_to(extension, DueDays())
    return f"批准后，期限从 {day(now, today)}改到 {day(then, today)}。"
