"""Why a verb is not open to somebody: `why_not_<verb>` for action, button and test alike."""

from scoring.permissions.advice import (
    why_not_conclude_advice,
    why_not_invite_hearing,
    why_not_open_advice,
    why_not_record_hearing,
    why_not_record_resignation,
    why_not_reply_advice,
    why_not_serve_advice,
    why_not_withdraw_advice,
)
from scoring.permissions.appeals import (
    why_not_add_words,
    why_not_appeal,
    why_not_dismiss,
    why_not_uphold,
    why_not_withdraw_appeal,
)
from scoring.permissions.archive import (
    why_not_amend_archive,
    why_not_ask_group_book,
    why_not_ask_term_volume,
    why_not_take_archives,
)
from scoring.permissions.audits import why_not_anchor_month, why_not_ask_audit
from scoring.permissions.closing import why_not_in_closed_year
from scoring.permissions.commendation import (
    why_not_confirm_commendation,
    why_not_publish_commendation,
)
from scoring.permissions.cycle import (
    why_not_appoint_stand_in,
    why_not_close_opinions,
    why_not_end_stand_in,
    why_not_open_cycle,
    why_not_reschedule_stage,
)
from scoring.permissions.grading import (
    why_not_amend_grade,
    why_not_confirm_amendment,
    why_not_dismiss_objection,
    why_not_drop_amendment,
    why_not_object_to_grade,
    why_not_register_letter,
    why_not_uphold_objection,
    why_not_withdraw_objection,
)
from scoring.permissions.missing import why_not_post_missing
from scoring.permissions.opinions import why_not_appraise, why_not_enter_self_review
from scoring.permissions.polls import (
    why_not_call_off_reports,
    why_not_call_reports,
    why_not_confirm_counts,
    why_not_correct_count,
    why_not_enter_counts,
    why_not_hand_in_report,
    why_not_rearrange_reports,
    why_not_reject_counts,
    why_not_remind_reporters,
)
from scoring.permissions.posting import (
    why_not_adopt_default,
    why_not_reverse,
    why_not_verify_and_post,
)
from scoring.permissions.publicity import why_not_finalise
from scoring.permissions.purses import why_not_adjust_purse, why_not_open_purses
from scoring.permissions.redeeming import (
    why_not_ask_reversal,
    why_not_cancel_hold,
    why_not_check_code,
    why_not_drop_reversal,
    why_not_hand_out,
    why_not_reserve,
    why_not_reverse_hand_out,
)
from scoring.permissions.reminding import why_not_remind
from scoring.permissions.review import why_not_decide
from scoring.permissions.rules import why_not_adopt, why_not_amend, why_not_draft, why_not_drop
from scoring.permissions.sealing import why_not_retry_file, why_not_retry_file_all
from scoring.permissions.shop import (
    why_not_ask_write_off,
    why_not_count_gift,
    why_not_drop_write_off,
    why_not_offer_again,
    why_not_offer_gift,
    why_not_stock_gift,
    why_not_withdraw_gift,
    why_not_write_off,
)
from scoring.permissions.talks import (
    why_not_acknowledge_talk,
    why_not_cancel_talk,
    why_not_decide_talk,
    why_not_move_talk,
    why_not_note_unsigned,
    why_not_record_talk,
    why_not_settle_promise,
    why_not_spare_talk,
)

__all__ = [
    "why_not_acknowledge_talk",
    "why_not_add_words",
    "why_not_adjust_purse",
    "why_not_adopt",
    "why_not_adopt_default",
    "why_not_amend",
    "why_not_amend_archive",
    "why_not_amend_grade",
    "why_not_anchor_month",
    "why_not_appeal",
    "why_not_appoint_stand_in",
    "why_not_appraise",
    "why_not_ask_audit",
    "why_not_ask_group_book",
    "why_not_ask_reversal",
    "why_not_ask_term_volume",
    "why_not_ask_write_off",
    "why_not_call_off_reports",
    "why_not_call_reports",
    "why_not_cancel_hold",
    "why_not_cancel_talk",
    "why_not_check_code",
    "why_not_close_opinions",
    "why_not_conclude_advice",
    "why_not_confirm_amendment",
    "why_not_confirm_commendation",
    "why_not_confirm_counts",
    "why_not_correct_count",
    "why_not_count_gift",
    "why_not_decide",
    "why_not_decide_talk",
    "why_not_dismiss",
    "why_not_dismiss_objection",
    "why_not_draft",
    "why_not_drop",
    "why_not_drop_amendment",
    "why_not_drop_reversal",
    "why_not_drop_write_off",
    "why_not_end_stand_in",
    "why_not_enter_counts",
    "why_not_enter_self_review",
    "why_not_finalise",
    "why_not_hand_in_report",
    "why_not_hand_out",
    "why_not_in_closed_year",
    "why_not_invite_hearing",
    "why_not_move_talk",
    "why_not_note_unsigned",
    "why_not_object_to_grade",
    "why_not_offer_again",
    "why_not_offer_gift",
    "why_not_open_advice",
    "why_not_open_cycle",
    "why_not_open_purses",
    "why_not_post_missing",
    "why_not_publish_commendation",
    "why_not_rearrange_reports",
    "why_not_record_hearing",
    "why_not_record_resignation",
    "why_not_record_talk",
    "why_not_register_letter",
    "why_not_reject_counts",
    "why_not_remind",
    "why_not_remind_reporters",
    "why_not_reply_advice",
    "why_not_reschedule_stage",
    "why_not_reserve",
    "why_not_retry_file",
    "why_not_retry_file_all",
    "why_not_reverse",
    "why_not_reverse_hand_out",
    "why_not_serve_advice",
    "why_not_settle_promise",
    "why_not_spare_talk",
    "why_not_stock_gift",
    "why_not_take_archives",
    "why_not_uphold",
    "why_not_uphold_objection",
    "why_not_verify_and_post",
    "why_not_withdraw_advice",
    "why_not_withdraw_appeal",
    "why_not_withdraw_gift",
    "why_not_withdraw_objection",
    "why_not_write_off",
]
