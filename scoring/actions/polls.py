"""计票: one person puts down what was counted, another confirms it or says where it differs.

What is confirmed is never edited: a correction is a row of its own, confirmed by two people again.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Notice
from congress.shared.workflow import lock, move, move_all, record, record_all, refuse_if
from deputies import codes
from deputies.actions import duties
from deputies.actions.duties import Fact
from deputies.actions.facts import take_back_facts
from scoring.models import DutyReport, Grading, PollResult, ReportMeeting
from scoring.permissions.involved import directors
from scoring.permissions.polls import (
    Turn,
    listed,
    why_not_confirm_counts,
    why_not_correct_count,
    why_not_enter_counts,
    why_not_reject_counts,
)
from scoring.poll_states import MeetingState, Outcome, PollState

SOURCE = "scoring.report:"
"""述职: what the source of its duty begins with; the number is the result's that first said so."""


@transaction.atomic
def enter_counts(
    meeting: ReportMeeting, *, turns: Mapping[DutyReport, Turn], by: Actor, today: date
) -> list[PollResult]:
    """登记述职和计票: each line waits for another person; the meeting has been held."""
    meeting = lock(meeting)
    refuse_if(why_not_enter_counts(by, meeting, turns, today=today))
    if by.user is None:
        raise Refused("计票须由人来登记。")
    if any(report.meeting_id != meeting.pk for report in turns):
        raise Refused("有的代表不在这次会上，请刷新名单再提交。")
    rows = PollResult.objects.bulk_create(
        PollResult(report=report, entered_by=by.user, entered_at=clock.now(), **_said(turn))
        for report, turn in turns.items()
    )
    record_all(rows, PollState.COUNTED, by=by)
    if meeting.state == MeetingState.CALLED:
        move(meeting, MeetingState.HELD, by=by)
    return rows


def _said(turn: Turn) -> dict[str, Any]:
    counts = turn.ballots._asdict() if turn.ballots else {}
    return {**counts, "outcome": turn.outcome, "note": turn.note.strip()}


def _waiting(meeting: ReportMeeting, which: Collection[int]) -> list[PollResult]:
    """Under locks, the meeting's first: whoever counts or corrects there waits."""
    rows = PollResult.objects.waiting().filter(report__meeting=meeting, pk__in=which)
    rows = rows.select_for_update(of=("self",), no_key=True)
    return list(rows.select_related("report__deputy", "report__meeting", "corrects").order_by("pk"))


@transaction.atomic
def confirm_counts(
    meeting: ReportMeeting, *, which: Collection[int], by: Actor
) -> list[PollResult]:
    """复核: these lines stand; who reported has a duty to be checked, and reads the result."""
    meeting = lock(meeting)
    rows = _waiting(meeting, which)
    refuse_if(why_not_confirm_counts(by, meeting, rows))
    former = [lock(row.corrects) for row in rows if row.corrects]
    move_all(former, PollState.REPLACED, by=by)
    settled = {"settled_by": by.user, "settled_at": clock.now()}
    rows = move_all(rows, PollState.CONFIRMED, by=by, **settled)
    _tell_facts(rows, by=by)
    _tell_deputies(rows)
    _tell_director(rows)
    return rows


def _tell_facts(rows: list[PollResult], *, by: Actor) -> None:
    """述职 is a duty; a correction tells it or takes it back only where that changes."""
    fresh = []
    for row in rows:
        before = row.corrects is not None and row.corrects.outcome == Outcome.REPORTED
        reported = row.outcome == Outcome.REPORTED
        if reported and not before:
            fresh.append(row)
        elif before and not reported:
            own = PollResult.objects.filter(report=row.report_id).values_list("pk", flat=True)
            take_back_facts([f"{SOURCE}{pk}" for pk in own], by=by)
    duties.report_facts(
        [
            Fact(
                deputy_id=row.report.deputy_id,
                code=codes.REPORT_TO_VOTERS,
                done_on=row.report.meeting.held_on,
                source=f"{SOURCE}{row.pk}",
                place=row.report.meeting.place,
                note="述职评议会",
            )
            for row in fresh
        ],
        by=by,
    )


def _tell_deputies(rows: list[PollResult]) -> None:
    link = reverse("scoring:my_reports")
    notices.write_each(
        Notice(
            person_id=row.report.deputy.user_id,
            key=f"scoring.report_counted:{row.pk}",
            text=f"您 {_day(row.report.meeting.held_on)}的述职情况"
            f"{'更正了' if row.corrects else '登记好了'}：{row.get_outcome_display()}。",
            link=link,
        )
        for row in rows
        if row.report.deputy.user_id
    )


def _tell_director(rows: list[PollResult]) -> None:
    """A result that came after the decision lights no star; does the grade stand with it?"""
    meeting = rows[0].report.meeting
    graded = Grading.objects.covering(meeting.held_on).filter(
        deputy__in=[row.report.deputy_id for row in rows]
    )
    names = list(graded.values_list("deputy__name", flat=True))
    if not names:
        return
    notices.write(
        directors(timezone.localdate(clock.now())),
        key=f"scoring.count_after_decision:{rows[0].pk}",
        text=f"{listed(names)}的述职测评在评定以后又有改动，十星按评定时的记录不变。"
        "等次要不要更正，请您研究。",
        link=reverse("scoring:reports_meeting", args=[meeting.pk]),
    )


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


@transaction.atomic
def reject_counts(
    meeting: ReportMeeting, *, which: Collection[int], answer: str, by: Actor
) -> list[PollResult]:
    """复核不符: these lines are to be counted anew, and whoever put them down reads why."""
    meeting = lock(meeting)
    rows = _waiting(meeting, which)
    refuse_if(why_not_reject_counts(by, meeting, rows, answer))
    settled = {"settled_by": by.user, "settled_at": clock.now(), "answer": answer.strip()}
    rows = move_all(rows, PollState.REJECTED, by=by, **settled)
    names = "、".join(row.report.deputy.name for row in rows[:5])
    notices.write_each(
        Notice(
            person_id=user,
            key=f"scoring.count_rejected:{rows[0].pk}",
            text=f"{meeting}的计票复核不符（{names}{'等' if len(rows) > 5 else ''}）："
            f"{answer.strip()}。请重新清点。",
            link=reverse("scoring:reports_meeting", args=[meeting.pk]),
        )
        for user in {row.entered_by_id for row in rows}
    )
    return rows


@transaction.atomic
def correct_count(result: PollResult, *, turn: Turn, reason: str, by: Actor) -> PollResult:
    """更正: a new row with its reason waits for another person; until then the former stands."""
    lock(result.report.meeting)
    result = lock(result)
    refuse_if(why_not_correct_count(by, result, turn, reason))
    if by.user is None:
        raise Refused("更正须由人来登记。")
    row = PollResult.objects.create(
        report=result.report,
        corrects=result,
        reason=reason.strip(),
        entered_by=by.user,
        entered_at=clock.now(),
        **_said(turn),
    )
    record(row, PollState.COUNTED, by=by, note=f"更正：{reason.strip()}")
    return row
