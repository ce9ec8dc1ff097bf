"""Why a verb is not open to somebody: `why_not_<verb>` for action, button and test alike."""

from stations.permissions.attendance import (
    why_not_contest_attendance,
    why_not_correct_attendance,
)
from stations.permissions.calls import (
    why_not_ask_activity_leave,
    why_not_call_activity,
    why_not_call_off_activity,
    why_not_grant_activity_leave,
    why_not_hold_activity,
    why_not_invite_more,
    why_not_move_activity,
    why_not_refuse_activity_leave,
    why_not_report_activity,
    why_not_sign_up,
)
from stations.permissions.campaigns import (
    why_not_close_campaign,
    why_not_dissolve_squad,
    why_not_drop_topic,
    why_not_form_squad,
    why_not_open_campaign,
    why_not_set_topic,
)
from stations.permissions.checkins import (
    why_not_arrive,
    why_not_note_arrival,
    why_not_show_code,
)
from stations.permissions.councils import (
    why_not_end_matter,
    why_not_note_council,
    why_not_withdraw_council,
)
from stations.permissions.events import why_not_roll_call
from stations.permissions.findings import (
    why_not_decline_finding,
    why_not_hand_finding,
    why_not_raise_finding,
    why_not_solve_finding,
    why_not_withdraw_finding,
)
from stations.permissions.fittings import why_not_check_station, why_not_publish_wall
from stations.permissions.issues import (
    why_not_answer_on_the_spot,
    why_not_hand_on,
    why_not_raise_issue,
    why_not_route_issue,
    why_not_settle_issue,
    why_not_tell_voter,
)
from stations.permissions.places import (
    why_not_apply_roster,
    why_not_close_station,
    why_not_describe_station,
    why_not_export_roster,
    why_not_import_stations,
    why_not_name_keeper,
    why_not_open_station,
    why_not_undo_roster,
    why_not_undo_stations,
)
from stations.permissions.postings import (
    why_not_post_deputy,
    why_not_post_missing,
    why_not_unpost_deputy,
)
from stations.permissions.rota import (
    why_not_appoint_substitute,
    why_not_check_in,
    why_not_move_day,
    why_not_plan_rota,
)
from stations.permissions.screens import why_not_end_screen, why_not_renew_screen
from stations.permissions.swaps import (
    why_not_agree_swap,
    why_not_ask_swap,
    why_not_end_feed,
    why_not_end_leave,
    why_not_refuse_swap,
    why_not_renew_feed,
    why_not_take_leave,
    why_not_withdraw_swap,
)
from stations.permissions.visits import (
    why_not_correct_visit,
    why_not_reveal_visitor,
    why_not_take_down_visit,
    why_not_withdraw_visit,
)

__all__ = [
    "why_not_agree_swap",
    "why_not_answer_on_the_spot",
    "why_not_apply_roster",
    "why_not_appoint_substitute",
    "why_not_arrive",
    "why_not_ask_activity_leave",
    "why_not_ask_swap",
    "why_not_call_activity",
    "why_not_call_off_activity",
    "why_not_check_in",
    "why_not_check_station",
    "why_not_close_campaign",
    "why_not_close_station",
    "why_not_contest_attendance",
    "why_not_correct_attendance",
    "why_not_correct_visit",
    "why_not_decline_finding",
    "why_not_describe_station",
    "why_not_dissolve_squad",
    "why_not_drop_topic",
    "why_not_end_feed",
    "why_not_end_leave",
    "why_not_end_matter",
    "why_not_end_screen",
    "why_not_export_roster",
    "why_not_form_squad",
    "why_not_grant_activity_leave",
    "why_not_hand_finding",
    "why_not_hand_on",
    "why_not_hold_activity",
    "why_not_import_stations",
    "why_not_invite_more",
    "why_not_move_activity",
    "why_not_move_day",
    "why_not_name_keeper",
    "why_not_note_arrival",
    "why_not_note_council",
    "why_not_open_campaign",
    "why_not_open_station",
    "why_not_plan_rota",
    "why_not_post_deputy",
    "why_not_post_missing",
    "why_not_publish_wall",
    "why_not_raise_finding",
    "why_not_raise_issue",
    "why_not_refuse_activity_leave",
    "why_not_refuse_swap",
    "why_not_renew_feed",
    "why_not_renew_screen",
    "why_not_report_activity",
    "why_not_reveal_visitor",
    "why_not_roll_call",
    "why_not_route_issue",
    "why_not_set_topic",
    "why_not_settle_issue",
    "why_not_show_code",
    "why_not_sign_up",
    "why_not_solve_finding",
    "why_not_take_down_visit",
    "why_not_take_leave",
    "why_not_tell_voter",
    "why_not_undo_roster",
    "why_not_undo_stations",
    "why_not_unpost_deputy",
    "why_not_withdraw_council",
    "why_not_withdraw_finding",
    "why_not_withdraw_swap",
    "why_not_withdraw_visit",
]
