"""Rows that break a constraint of 述职测评: a good one, what to change in it."""

from datetime import date
from operator import attrgetter

from scoring.models import DutyReport, PollResult, ReportMeeting
from scoring.poll_states import MeetingState, PollState
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.scoring import polling


def meeting() -> ReportMeeting:
    return polling.meeting(make.deputy(), today=polling.TODAY)


def report() -> DutyReport:
    return meeting().reports.get()


def counted() -> PollResult:
    return polling.counted(report())


def confirmed() -> PollResult:
    return polling.confirmed(report())


ELSEWHERE = {"held_on": date(2026, 1, 5)}
AGAIN = {"state": PollState.REPLACED}
"""A row that no other of its report keeps out."""

POLLS = {
    "report_meeting_once_per_day_and_place": (meeting, UNCHANGED),
    "report_meeting_called_off_says_why": (meeting, {"state": MeetingState.CALLED_OFF}),
    "report_meeting_of_a_group_or_a_station": (
        meeting,
        {**ELSEWHERE, "group": make.group, "station": polling.station},
    ),
    "duty_report_once_per_meeting_and_deputy": (report, UNCHANGED),
    "duty_report_handed_in_has_words_who_and_when": (report, {"text": "一年来走访选民。"}),
    "poll_result_one_waits_per_report": (counted, UNCHANGED),
    "poll_result_one_stands_per_report": (confirmed, UNCHANGED),
    "poll_result_counts_go_together": (confirmed, {**AGAIN, "sent": None}),
    "poll_result_returned_within_sent": (confirmed, {**AGAIN, "sent": 1}),
    "poll_result_ballots_add_up": (confirmed, {**AGAIN, "satisfied": 0}),
    "poll_result_excused_or_refused_says_what": (confirmed, {**AGAIN, "note": "外出务工"}),
    "poll_result_settled_has_who_and_when": (confirmed, {**AGAIN, "settled_at": None}),
    "poll_result_is_settled_by_another": (
        confirmed,
        {**AGAIN, "settled_by": attrgetter("entered_by")},
    ),
    "poll_result_rejected_says_why": (confirmed, {"state": PollState.REJECTED}),
    "poll_result_correction_says_why": (confirmed, {**AGAIN, "reason": "抄错了一格"}),
}
