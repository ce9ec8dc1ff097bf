"""公示异议 read by the few who may: the list, and one with what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from congress.shared.actors import Actor
from scoring.grade_states import GradeObjectionState
from scoring.models import GradeAmendment, GradeObjection

PER_PAGE = 20
SHOWN = {
    "": (GradeObjectionState.OPEN,),
    "answered": (GradeObjectionState.UPHELD, GradeObjectionState.DISMISSED),
    "withdrawn": (GradeObjectionState.WITHDRAWN,),
}


@dataclass(frozen=True)
class Inbox:
    """公示异议: one page of them, how many there are of each sort, what waits for confirmation."""

    page: Page[GradeObjection]
    counts: dict[str, int]
    amendments: Sequence[GradeAmendment]


def inbox(by: Actor, *, only: str, page: str | None) -> Inbox:
    """What this person may read, the oldest unanswered first."""
    mine = GradeObjection.objects.visible_to(by)
    states = list(mine.values_list("state", flat=True))
    rows = mine.filter(state__in=SHOWN.get(only, SHOWN[""]))
    rows = rows.select_related("grading__deputy", "grading__cycle", "raised_by", "answered_by")
    order = ("raised_at", "pk") if only == "" else ("-raised_at", "-pk")
    return Inbox(
        page=Paginator(rows.order_by(*order), PER_PAGE).get_page(page),
        counts={
            name or "open": sum(state in group for state in states) for name, group in SHOWN.items()
        },
        amendments=waiting_amendments(),
    )


def waiting_amendments() -> list[GradeAmendment]:
    """待另一人确认的更正, the oldest first."""
    rows = GradeAmendment.objects.proposed().select_related(
        "grading__deputy", "grading__cycle", "was", "grade", "proposed_by"
    )
    return list(rows.order_by("proposed_at", "pk"))
