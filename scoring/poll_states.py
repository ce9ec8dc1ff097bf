"""述职测评: states of a meeting and of a count, and what became of each turn."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class MeetingState(TextChoices):
    CALLED = "called", "待召开"
    HELD = "held", "已召开"
    CALLED_OFF = "called_off", "已取消"


MEETING_STEPS: Mapping[str, Set[str]] = {
    MeetingState.CALLED: {MeetingState.HELD, MeetingState.CALLED_OFF},
    MeetingState.HELD: set(),
    MeetingState.CALLED_OFF: set(),
}
"""述职评议会: held since the first count was entered; then its day, place and list stand."""


class Outcome(TextChoices):
    """What became of one deputy's turn."""

    REPORTED = "reported", "已述职"
    EXCUSED = "excused", "请假"
    REFUSED = "refused", "拒绝述职"


class PollState(TextChoices):
    COUNTED = "counted", "待复核"
    CONFIRMED = "confirmed", "已复核"
    REJECTED = "rejected", "复核不符"
    REPLACED = "replaced", "已更正"


POLL_STEPS: Mapping[str, Set[str]] = {
    PollState.COUNTED: {PollState.CONFIRMED, PollState.REJECTED},
    PollState.CONFIRMED: {PollState.REPLACED},
    PollState.REJECTED: set(),
    PollState.REPLACED: set(),
}
"""计票: what one person counted stands once another has confirmed it; a correction is a new row."""
