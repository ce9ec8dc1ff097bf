"""Why a verb is not open to somebody: `why_not_<verb>` for action, button and test alike."""

from stations.permissions.events import why_not_roll_call
from stations.permissions.issues import why_not_raise_issue, why_not_settle_issue
from stations.permissions.places import (
    why_not_apply_roster,
    why_not_describe_station,
    why_not_name_keeper,
    why_not_undo_roster,
)

__all__ = [
    "why_not_apply_roster",
    "why_not_describe_station",
    "why_not_name_keeper",
    "why_not_raise_issue",
    "why_not_roll_call",
    "why_not_settle_issue",
    "why_not_undo_roster",
]
