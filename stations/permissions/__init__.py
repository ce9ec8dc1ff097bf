"""Why a verb is not open to somebody: `why_not_<verb>` for action, button and test alike."""

from stations.permissions.events import why_not_roll_call

__all__ = ["why_not_roll_call"]
