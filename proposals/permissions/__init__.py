"""Why somebody cannot do something now: one sentence for the verb, the button and the test."""

from proposals.permissions.assignment import why_not_assign
from proposals.permissions.drafting import (
    why_not_attach,
    why_not_detach,
    why_not_discard_draft,
    why_not_save_draft,
)
from proposals.permissions.evaluation import why_not_rate
from proposals.permissions.meetings import (
    why_not_confirm_meeting,
    why_not_deny_meeting,
    why_not_record_meeting,
    why_not_waive_meeting,
)
from proposals.permissions.opinions import why_not_send_opinion
from proposals.permissions.publication import why_not_publish
from proposals.permissions.receiving import why_not_hand_on, why_not_receive
from proposals.permissions.replies import (
    why_not_countersign,
    why_not_return_draft,
    why_not_save_reply,
    why_not_sign,
    why_not_submit_for_signing,
)
from proposals.permissions.review import (
    why_not_accept,
    why_not_merge,
    why_not_refuse,
    why_not_send_back,
    why_not_split,
    why_not_treat_as_letter,
    why_not_unmerge,
)
from proposals.permissions.signing import why_not_cosign, why_not_withdraw_signature
from proposals.permissions.submission import (
    why_not_call_for_signatures,
    why_not_hand_in,
    why_not_resubmit,
    why_not_reword,
    why_not_submit,
    why_not_withdraw,
)
from proposals.permissions.templates import why_not_delete_template, why_not_save_template

__all__ = [
    "why_not_accept",
    "why_not_assign",
    "why_not_attach",
    "why_not_call_for_signatures",
    "why_not_confirm_meeting",
    "why_not_cosign",
    "why_not_countersign",
    "why_not_delete_template",
    "why_not_deny_meeting",
    "why_not_detach",
    "why_not_discard_draft",
    "why_not_hand_in",
    "why_not_hand_on",
    "why_not_merge",
    "why_not_publish",
    "why_not_rate",
    "why_not_receive",
    "why_not_record_meeting",
    "why_not_refuse",
    "why_not_resubmit",
    "why_not_return_draft",
    "why_not_reword",
    "why_not_save_draft",
    "why_not_save_reply",
    "why_not_save_template",
    "why_not_send_back",
    "why_not_send_opinion",
    "why_not_sign",
    "why_not_split",
    "why_not_submit",
    "why_not_submit_for_signing",
    "why_not_treat_as_letter",
    "why_not_unmerge",
    "why_not_waive_meeting",
    "why_not_withdraw",
    "why_not_withdraw_signature",
]
