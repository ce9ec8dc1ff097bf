"""重新办理、当面协商 in words: never why it was ordered, and to the public not what was agreed."""

from proposals.models import Convening, Rehandling
from proposals.queries.clocks import day
from proposals.queries.steps import Told, TrailStep
from proposals.rating_states import RehandlingState


def of_rehandling(row: Rehandling, step: TrailStep) -> Told:
    unit = row.assignment.unit.name
    words = {
        "rehandling_ordered": f"要求{unit}重新办理（第 {row.round} 次），"
        f"{day(row.due_on, step.on)}前再答复",
        RehandlingState.ANSWERED: f"{unit}再次答复",
    }
    return Told(step.on, words[step.key.now])


def of_convening(row: Convening, step: TrailStep) -> Told:
    unit = row.assignment.unit.name
    if step.key.now == "convened":
        when = day(row.meets_on, step.on)
        return Told(step.on, f"请领衔代表和{unit}{when}在{row.place}当面协商")
    return Told(row.meets_on, f"领衔代表和{unit}当面协商，商定：{row.agreed}")
