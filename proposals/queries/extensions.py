"""延期 for the office's list."""

from datetime import date
from typing import NamedTuple

from congress.shared.actors import Actor
from proposals.models import Extension
from proposals.queries.clocks import day
from proposals.rules import CONSENT
from proposals.states import ExtensionState


class ExtensionLine(NamedTuple):
    """One request: what the lead deputy says, and since when it waits."""

    extension: Extension
    deputy: str
    asked: str
    due: str


def extension_lines(actor: Actor, today: date, *, decided: bool = False) -> list[ExtensionLine]:
    """Those that wait, the most pressing first; or those decided, the newest first."""
    rows = Extension.objects.visible_to(actor).with_case()
    if decided:
        found = rows.exclude(state=ExtensionState.ASKED)
    else:
        found = rows.waiting().order_by("assignment__due_on", "pk")
    needed = bool(CONSENT.on(today))
    return [
        ExtensionLine(
            each,
            "已同意" if each.consented_at else "等代表同意" if needed else "不用代表同意",
            day(each.asked_on, today),
            f"{day(each.assignment.due_on, today)}前",
        )
        for each in found
    ]
