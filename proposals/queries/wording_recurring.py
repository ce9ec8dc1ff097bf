"""反复提认定 in words."""

from proposals.models import Recurrence
from proposals.queries.steps import Told, TrailStep


def of_recurrence(row: Recurrence, step: TrailStep) -> Told:
    other = f"{row.earlier.number} " if row.earlier.number else ""
    return Told(step.on, f"和 {other}“{row.earlier.title}”")
