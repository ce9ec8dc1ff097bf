"""Why somebody cannot do something now: one sentence for the verb, the button and the test."""

from proposals.permissions.assignment import why_not_assign
from proposals.permissions.carrying import why_not_carry_over, why_not_take_back_carried
from proposals.permissions.challenges import (
    why_not_confirm_challenge,
    why_not_dismiss_challenge,
    why_not_explain_challenge,
    why_not_open_challenge,
    why_not_settle_challenge,
)
from proposals.permissions.clocks import (
    why_not_ask_extension,
    why_not_consent_extension,
    why_not_decline_extension,
    why_not_grant_extension,
    why_not_pause,
    why_not_recompute,
    why_not_refuse_extension,
    why_not_resume,
)
from proposals.permissions.convening import (
    why_not_call_off_convening,
    why_not_convene,
    why_not_move_convening,
    why_not_record_convening,
)
from proposals.permissions.deliveries import why_not_remind
from proposals.permissions.drafting import (
    why_not_attach,
    why_not_detach,
    why_not_discard_draft,
    why_not_save_draft,
)
from proposals.permissions.evaluation import why_not_rate
from proposals.permissions.exhibits import why_not_add_exhibits, why_not_remove_exhibit
from proposals.permissions.fostering import why_not_appoint_foster, why_not_end_foster
from proposals.permissions.inspections import (
    why_not_answer_finding,
    why_not_drop_inspection,
    why_not_note_finding,
    why_not_plan_inspection,
    why_not_publish_inspection,
)
from proposals.permissions.invitations import (
    why_not_decline,
    why_not_invite,
    why_not_withdraw_invitation,
)
from proposals.permissions.lookback import (
    why_not_open_look_back,
    why_not_report_look_back,
    why_not_settle_look_back,
)
from proposals.permissions.meetings import (
    why_not_confirm_meeting,
    why_not_deny_meeting,
    why_not_excuse_meeting,
    why_not_record_meeting,
    why_not_take_back_meeting,
    why_not_waive_meeting,
)
from proposals.permissions.objections import (
    why_not_dismiss_objection,
    why_not_object_to,
    why_not_uphold_objection,
)
from proposals.permissions.opinions import why_not_send_opinion
from proposals.permissions.promises import (
    why_not_confirm_step,
    why_not_report_step,
    why_not_send_back_step,
)
from proposals.permissions.publication import (
    why_not_lift_withholding,
    why_not_publish,
    why_not_withhold,
)
from proposals.permissions.questions import (
    why_not_answer_question,
    why_not_ask_question,
    why_not_comment_answer,
    why_not_send_back_answer,
)
from proposals.permissions.receiving import why_not_hand_on, why_not_receive
from proposals.permissions.recurring import why_not_confirm_likeness, why_not_revise_likeness
from proposals.permissions.rehandling import (
    why_not_order_rehandling,
    why_not_prolong_rehandling,
    why_not_take_back_rehandling,
)
from proposals.permissions.releases import why_not_release_ratings
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
from proposals.permissions.sheets import (
    why_not_change_share,
    why_not_draw_up_sheet,
    why_not_drop_sheet,
    why_not_rehearse,
    why_not_settle,
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
from proposals.permissions.supervision import (
    why_not_decide_key_list,
    why_not_end_supervision,
    why_not_record_site_note,
    why_not_take_back_key,
)
from proposals.permissions.templates import why_not_delete_template, why_not_save_template
from proposals.permissions.unsealing import (
    why_not_approve_opening,
    why_not_refuse_opening,
    why_not_request_opening,
)
from proposals.permissions.upgrades import (
    why_not_ask_upgrade,
    why_not_confirm_upgrade,
    why_not_rate_fulfilment,
    why_not_refuse_upgrade,
)
from proposals.permissions.voiding import (
    why_not_approve_voiding,
    why_not_refuse_voiding,
    why_not_request_voiding,
)
from proposals.permissions.volumes import why_not_ask_volume
from proposals.permissions.watching import why_not_confirm_watch, why_not_watch

__all__ = [
    "why_not_accept",
    "why_not_add_exhibits",
    "why_not_answer_finding",
    "why_not_answer_question",
    "why_not_appoint_foster",
    "why_not_approve_opening",
    "why_not_approve_voiding",
    "why_not_ask_extension",
    "why_not_ask_question",
    "why_not_ask_upgrade",
    "why_not_ask_volume",
    "why_not_assign",
    "why_not_attach",
    "why_not_call_for_signatures",
    "why_not_call_off_convening",
    "why_not_carry_over",
    "why_not_change_share",
    "why_not_comment_answer",
    "why_not_confirm_challenge",
    "why_not_confirm_likeness",
    "why_not_confirm_meeting",
    "why_not_confirm_step",
    "why_not_confirm_upgrade",
    "why_not_confirm_watch",
    "why_not_consent_extension",
    "why_not_convene",
    "why_not_cosign",
    "why_not_countersign",
    "why_not_decide_key_list",
    "why_not_decline",
    "why_not_decline_extension",
    "why_not_delete_template",
    "why_not_deny_meeting",
    "why_not_detach",
    "why_not_discard_draft",
    "why_not_dismiss_challenge",
    "why_not_dismiss_objection",
    "why_not_draw_up_sheet",
    "why_not_drop_inspection",
    "why_not_drop_sheet",
    "why_not_end_foster",
    "why_not_end_supervision",
    "why_not_excuse_meeting",
    "why_not_explain_challenge",
    "why_not_grant_extension",
    "why_not_hand_in",
    "why_not_hand_on",
    "why_not_invite",
    "why_not_lift_withholding",
    "why_not_merge",
    "why_not_move_convening",
    "why_not_note_finding",
    "why_not_object_to",
    "why_not_open_challenge",
    "why_not_open_look_back",
    "why_not_order_rehandling",
    "why_not_pause",
    "why_not_plan_inspection",
    "why_not_prolong_rehandling",
    "why_not_publish",
    "why_not_publish_inspection",
    "why_not_rate",
    "why_not_rate_fulfilment",
    "why_not_receive",
    "why_not_recompute",
    "why_not_record_convening",
    "why_not_record_meeting",
    "why_not_record_site_note",
    "why_not_refuse",
    "why_not_refuse_extension",
    "why_not_refuse_opening",
    "why_not_refuse_upgrade",
    "why_not_refuse_voiding",
    "why_not_rehearse",
    "why_not_release_ratings",
    "why_not_remind",
    "why_not_remove_exhibit",
    "why_not_report_look_back",
    "why_not_report_step",
    "why_not_request_opening",
    "why_not_request_voiding",
    "why_not_resubmit",
    "why_not_resume",
    "why_not_return_draft",
    "why_not_revise_likeness",
    "why_not_reword",
    "why_not_save_draft",
    "why_not_save_reply",
    "why_not_save_template",
    "why_not_send_back",
    "why_not_send_back_answer",
    "why_not_send_back_step",
    "why_not_send_opinion",
    "why_not_settle",
    "why_not_settle_challenge",
    "why_not_settle_look_back",
    "why_not_sign",
    "why_not_split",
    "why_not_submit",
    "why_not_submit_for_signing",
    "why_not_take_back_carried",
    "why_not_take_back_key",
    "why_not_take_back_meeting",
    "why_not_take_back_rehandling",
    "why_not_treat_as_letter",
    "why_not_unmerge",
    "why_not_uphold_objection",
    "why_not_waive_meeting",
    "why_not_watch",
    "why_not_withdraw",
    "why_not_withdraw_invitation",
    "why_not_withdraw_signature",
    "why_not_withhold",
]
