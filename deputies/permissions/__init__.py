"""Why a verb is not open to somebody: `why_not_<verb>` for action, button and test alike."""

from deputies.permissions.duties import (
    why_not_check,
    why_not_report,
    why_not_resubmit,
    why_not_send_back,
    why_not_verify,
    why_not_withdraw,
)
from deputies.permissions.groups import why_not_name_convenor
from deputies.permissions.plans import (
    why_not_draft_plan,
    why_not_drop_plan,
    why_not_edit_plan,
    why_not_pass_plan,
    why_not_publish_plan,
    why_not_reopen_plan,
    why_not_revise_plan,
)
from deputies.permissions.roster import (
    why_not_apply,
    why_not_drop,
    why_not_open_account,
    why_not_open_accounts,
    why_not_upload,
)

__all__ = [
    "why_not_apply",
    "why_not_check",
    "why_not_draft_plan",
    "why_not_drop",
    "why_not_drop_plan",
    "why_not_edit_plan",
    "why_not_name_convenor",
    "why_not_open_account",
    "why_not_open_accounts",
    "why_not_pass_plan",
    "why_not_publish_plan",
    "why_not_reopen_plan",
    "why_not_report",
    "why_not_resubmit",
    "why_not_revise_plan",
    "why_not_send_back",
    "why_not_upload",
    "why_not_verify",
    "why_not_withdraw",
]
