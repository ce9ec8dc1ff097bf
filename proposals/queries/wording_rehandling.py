"""重新办理、当面协商、评价拆看 in words.

Never why it was ordered, and to the public not what was agreed.
"""

from proposals.models import Convening, RatingOpening, RatingVoiding, Rehandling
from proposals.queries.clocks import day
from proposals.queries.steps import Told, TrailStep
from proposals.rating_states import ConveningState, RehandlingState


def of_rehandling(row: Rehandling, step: TrailStep) -> Told:
    """The public reads no reason."""
    unit, due = row.assignment.unit.name, day(step.day or row.due_on, step.on)
    longer, back = (
        ("", "") if step.public else (f"：{row.prolonged_why}", f"：{row.taken_back_why}")
    )
    words = {
        "rehandling_ordered": f"要求{unit}重新办理（第 {row.round} 次），{due}前再答复",
        "rehandling_prolonged": f"{unit}重新办理的期限延长到 {due}{longer}",
        RehandlingState.TAKEN_BACK: f"对{unit}的重新办理要求撤回{back}",
        RehandlingState.ANSWERED: f"{unit}再次答复",
    }
    return Told(step.on, words[step.key.now])


def of_rating_opening(row: RatingOpening, step: TrailStep) -> Told:
    """Never what it says, nor why it was opened."""
    unit = row.assignment.unit.name
    if step.key.now == "opening_refused":
        return Told(step.on, f"不予拆看对{unit}答复的评价")
    if step.key.now == "opening_asked" or row.open_until is None:
        return Told(step.on, f"因争议申请拆看对{unit}答复的评价，要另一个人同意")
    last = day(row.open_until, step.on)
    return Told(step.on, f"因争议拆看对{unit}答复的评价，{last}前只有申请的和同意的两个人能看")


def of_rating_voiding(row: RatingVoiding, step: TrailStep) -> Told:
    """What it said nobody knows; why stands on the office's page."""
    unit = row.assignment.unit.name
    words = {
        "voiding_asked": f"申请作废对{unit}答复的一份打不开的评价，要代工委主任同意",
        "voiding_refused": f"不予作废对{unit}答复的一份打不开的评价",
        "voiding_approved": f"对{unit}答复的一份评价打不开，已作废，不算评过",
    }
    return Told(step.on, words[step.key.now])


def of_convening(row: Convening, step: TrailStep) -> Told:
    """Where it is moved to is told of the last time; of earlier ones the day alone."""
    unit, when = row.assignment.unit.name, day(step.day or row.meets_on, step.on)
    here = f"在{row.place}" if step.day in (None, row.meets_on) else ""
    if step.key.now == "convened":
        return Told(step.on, f"请领衔代表和{unit} {when}{here}当面协商")
    if step.key.now == "convening_moved":
        return Told(step.on, f"和{unit}的当面协商改到 {when}{here}{_why(row, step)}")
    if step.key.now == ConveningState.CALLED_OFF:
        return Told(step.on, f"和{unit} {day(row.meets_on, step.on)}的当面协商取消：{row.why}")
    return Told(row.meets_on, f"领衔代表和{unit}当面协商，商定：{row.agreed}")


def _why(row: Convening, step: TrailStep) -> str:
    """Its reason stands at the last change alone; an earlier one is in the house's log."""
    last = step.day == row.meets_on and row.state != ConveningState.CALLED_OFF
    return f"：{row.why}" if last else ""
