"""催看: who reminds a unit of what it has not opened, and how often."""

from datetime import date

from congress.shared.actors import Actor
from proposals.models import Assignment
from proposals.states import ANSWERABLE, Part, Sending, SheetState, State


def why_not_remind(
    by: Actor, part: Assignment | None = None, today: date | None = None
) -> str | None:
    """The office, of what lies with its unit unopened, once a day."""
    if not by.is_staff:
        return "只有代工委可以催单位打开。"
    if part is None:
        return None
    unit, sending = part.unit.name, sending_of(part)
    if sending is None:
        return f"这件没有等{unit}打开的了，刷新看看最新的名单。"
    if part.received_at or part.openings.filter(sending=sending).exists():
        return f"{unit}已经打开过，不用再催。"
    if part.reminded_on == today:
        return f"今天已经催过{unit}，明天还没打开再催。"
    return None


def sending_of(part: Assignment) -> Sending | None:
    """What of this part lies with its unit now; None when nothing does."""
    if part.proposal.state == State.ASSIGNED and part.state in ANSWERABLE:
        return Sending.HANDOVER
    rehearsed = part.sheet and part.sheet.state == SheetState.REHEARSED
    if rehearsed and part.state == Part.PLANNED:
        return Sending.REHEARSAL
    return None
