"""期限变化、异议和改交: what a 案卷 says of parts whose days moved or that their units lost."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from proposals.models import Assignment, Extension, Objection, Pause, Proposal
from proposals.queries.stood import on_paper


class Changed(NamedTuple):
    """One pause, from and until, or one request for more months; with what came of it."""

    part: Assignment
    what: str
    on: date
    until: date | None
    reason: str
    came: str


def changes(parts: Sequence[Assignment]) -> list[Changed]:
    """Of these parts, by the day: two statements for any number of them."""
    paused = Pause.objects.filter(assignment__in=parts).select_related("assignment__unit")
    asked = Extension.objects.filter(assignment__in=parts).select_related("assignment__unit")
    found = [*map(_paused, paused), *map(_asked, asked)]
    return sorted(found, key=lambda each: each.on)


def _paused(pause: Pause) -> Changed:
    stood = f"停了 {pause.stood} 天" if pause.stood else "一天也没有停"
    came = stood if pause.until_on else "还没有恢复"
    return Changed(
        *(pause.assignment, "暂停计时", pause.from_on, pause.until_on, pause.reason),
        f"{came}；经{pause.agreed_with}同意",
    )


def _asked(asked: Extension) -> Changed:
    word = "代表同意" if asked.consented_at else "代表不同意" if asked.declined_at else ""
    came = f"{on_paper(asked.decided_on)}{asked.get_state_display()}"
    return Changed(
        *(asked.assignment, f"申请延期 {asked.months} 个月", asked.asked_on, None, asked.reason),
        "；".join(filter(None, (word, came, asked.words))),
    )


def gone(proposals: Sequence[Proposal], actor: Actor) -> list[Assignment]:
    """What units have had of these and have no more, for an office; a unit has no other's."""
    if not actor.in_an_office:
        return []
    rows = Assignment.objects.given_back().filter(proposal__in=proposals)
    loaded = rows.select_related("unit", "sheet", "proposal").prefetch_related("objections")
    return list(loaded.order_by("pk"))


def said_against(proposals: Sequence[Proposal], actor: Actor) -> QuerySet[Objection]:
    """异议 about these: an office reads all, a unit its own."""
    rows = Objection.objects.filter(assignment__proposal__in=proposals)
    own = rows if actor.in_an_office else rows.visible_to(actor)
    return own.select_related("assignment__unit", "better_unit").order_by("pk")
