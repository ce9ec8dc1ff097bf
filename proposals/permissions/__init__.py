"""Why somebody cannot do something now: one sentence for the verb, the button and the test."""

from proposals.permissions.assignment import why_not_assign
from proposals.permissions.evaluation import why_not_rate
from proposals.permissions.handling import (
    why_not_confirm_meeting,
    why_not_record_meeting,
    why_not_reply,
)
from proposals.permissions.publication import why_not_publish
from proposals.permissions.submission import (
    why_not_accept,
    why_not_cosign,
    why_not_resubmit,
    why_not_send_back,
    why_not_submit,
)

__all__ = [
    "why_not_accept",
    "why_not_assign",
    "why_not_confirm_meeting",
    "why_not_cosign",
    "why_not_publish",
    "why_not_rate",
    "why_not_record_meeting",
    "why_not_reply",
    "why_not_resubmit",
    "why_not_send_back",
    "why_not_submit",
]
