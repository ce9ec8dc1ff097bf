"""What the deadline of one part rests on, as its rows say."""

from proposals.deadline import Stand, Terms
from proposals.models import Assignment
from proposals.rules import LAST_DAY_ROLLS
from proposals.states import ExtensionState


def terms_of(part: Assignment) -> Terms:
    """Months, a granted extension, and the pauses of a part that has been handed over."""
    assert part.assigned_on is not None  # noqa: S101  # assignment_in_hand_has_its_days
    granted = [each for each in part.extensions.all() if each.state == ExtensionState.GRANTED]
    return Terms(
        part.assigned_on,
        part.months,
        extra_months=sum(each.months for each in granted),
        stands=tuple(Stand(each.from_on, each.until_on) for each in part.pauses.all()),
        rolls=bool(LAST_DAY_ROLLS.on(part.assigned_on)),
    )
