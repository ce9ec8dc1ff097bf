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
from deputies.permissions.seats import (
    why_not_accept_resignation,
    why_not_announce,
    why_not_by_elect,
    why_not_open_term,
    why_not_reinstate,
    why_not_revoke_change,
    why_not_revoke_term,
    why_not_set_seats,
    why_not_suspend,
    why_not_terminate,
)

__all__ = [
    "why_not_accept_resignation",
    "why_not_announce",
    "why_not_apply",
    "why_not_by_elect",
    "why_not_check",
    "why_not_draft_plan",
    "why_not_drop",
    "why_not_drop_plan",
    "why_not_edit_plan",
    "why_not_name_convenor",
    "why_not_open_account",
    "why_not_open_accounts",
    "why_not_open_term",
    "why_not_pass_plan",
    "why_not_publish_plan",
    "why_not_reinstate",
    "why_not_reopen_plan",
    "why_not_report",
    "why_not_resubmit",
    "why_not_revise_plan",
    "why_not_revoke_change",
    "why_not_revoke_term",
    "why_not_send_back",
    "why_not_set_seats",
    "why_not_suspend",
    "why_not_terminate",
    "why_not_upload",
    "why_not_verify",
    "why_not_withdraw",
]
