"""述职评议会: called, changed, called off; a report is handed in; who owes one is asked."""

import secrets
from collections.abc import Collection
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.clean_pdf import CleanPdf
from congress.shared.errors import Refused
from congress.shared.models import Area, Notice
from congress.shared.workflow import in_turn, lock, move, record, refuse_if
from deputies.models import Deputy
from scoring.models import DutyReport, ReportMeeting
from scoring.permissions.polls import (
    Called,
    why_not_call_off_reports,
    why_not_call_reports,
    why_not_hand_in_report,
    why_not_rearrange_reports,
    why_not_remind_reporters,
)
from scoring.poll_states import MeetingState
from scoring.queries.reporting import not_reported

TURN = "scoring.reports"
"""Whoever calls or moves a meeting does so in turn, so that no day and place is taken twice."""
REMINDED = "scoring.report_due:"


@transaction.atomic
def call_reports(*, called: Called, by: Actor, today: date) -> ReportMeeting:
    """安排述职评议会: the meeting stands with its list, and each of them is asked for a report."""
    in_turn(TURN)
    refuse_if(why_not_call_reports(by, called, today=today))
    if by.user is None:
        raise Refused("述职评议会须由人来安排。")
    meeting = ReportMeeting.objects.create(
        area=called.area,
        group=called.group,
        station=called.station,
        held_on=called.held_on,
        place=called.place,
        called_by=by.user,
        called_at=clock.now(),
    )
    DutyReport.objects.bulk_create(
        DutyReport(meeting=meeting, deputy=each) for each in called.deputies
    )
    record(meeting, MeetingState.CALLED, by=by, note=f"述职 {len(called.deputies)} 人")
    if called.held_on >= today:
        who = [each.pk for each in called.deputies]
        _tell(meeting, "called", f"请您{_when(meeting)}述职，述职报告可以先在这里交。", who)
    return meeting


def _when(meeting: ReportMeeting) -> str:
    day = meeting.held_on
    return f" {day.month} 月 {day.day} 日在{meeting.place}"


def _tell(meeting: ReportMeeting, what: str, text: str, who: Collection[int]) -> None:
    people = Deputy.objects.filter(pk__in=who).select_related("user")
    key = f"scoring.reports:{meeting.pk}:{what}"
    link = reverse("scoring:my_reports")
    notices.write([each.user for each in people], key=key, text=text, link=link)


@transaction.atomic
def rearrange_reports(
    meeting: ReportMeeting, *, called: Called, by: Actor, today: date
) -> ReportMeeting:
    """改述职评议会: another day, place or list; who reports there is told, and who no longer does.

    Where the day and the place stay, only who is new on the list is asked.
    """
    in_turn(TURN)
    meeting = lock(meeting)
    refuse_if(why_not_rearrange_reports(by, meeting, called, today=today))
    was, soon = f"{meeting.held_on} {meeting.place}", max(meeting.held_on, called.held_on) >= today
    off = f"{_when(meeting).strip()}的述职评议会改了名单，您不在这次会上述职。"
    meeting.held_on, meeting.place = called.held_on, called.place
    meeting.save(update_fields=["held_on", "place"])
    kept = {each.pk for each in called.deputies}
    dropped = meeting.reports.exclude(deputy__in=kept)
    gone = set(dropped.values_list("deputy", flat=True))
    dropped.delete()
    known = set(meeting.reports.values_list("deputy", flat=True))
    DutyReport.objects.bulk_create(
        DutyReport(meeting=meeting, deputy=each) for each in called.deputies if each.pk not in known
    )
    now = f"{meeting.held_on} {meeting.place}，述职 {len(kept)} 人"
    line = record(meeting, "rearranged", by=by, was=was[:20], note=now)
    if soon:
        _tell(meeting, f"off:{line.pk}", off, gone)
    if called.held_on >= today:
        moved = was != f"{meeting.held_on} {meeting.place}"
        _tell(meeting, f"{line.pk}", f"请您{_when(meeting)}述职。", kept if moved else kept - known)
    return meeting


@transaction.atomic
def call_off_reports(meeting: ReportMeeting, *, reason: str, by: Actor) -> ReportMeeting:
    """取消述职评议会: it does not take place; everybody on its list reads why."""
    meeting = lock(meeting)
    refuse_if(why_not_call_off_reports(by, meeting))
    meeting = move(meeting, MeetingState.CALLED_OFF, by=by, note=reason, why=reason)
    notices.settle_under(f"scoring.reports:{meeting.pk}:", at=clock.now())
    who = meeting.reports.values_list("deputy", flat=True)
    _tell(meeting, "off", f"{_when(meeting).strip()}的述职评议会取消了：{reason}", list(who))
    return meeting


@transaction.atomic
def hand_in_report(
    report: DutyReport, *, text: str, file: CleanPdf | None, by: Actor, today: date
) -> DutyReport:
    """交述职报告: what is handed in last stands; a new file takes the place of the former one.

    The meeting is locked first: whoever changes its list waits, and sees what was handed in.
    """
    lock(report.meeting)
    report = lock(report)
    refuse_if(why_not_hand_in_report(by, report, today=today))
    if not text.strip() and file is None and not report.file:
        raise Refused("请写述职报告，或者传一份 PDF。")
    again = report.handed_in_at is not None
    report.text, report.handed_in_by, report.handed_in_at = text.strip(), by.user, clock.now()
    if file:
        name = f"{secrets.token_urlsafe(24)}.pdf"
        report.file.save(name, ContentFile(file.content), save=False)
    report.save(update_fields=["text", "file", "handed_in_by", "handed_in_at"])
    record(report, "handed_in_again" if again else "handed_in", by=by)
    return report


@transaction.atomic
def remind_reporters(*, year: int, by: Actor, today: date, area: Area | None = None) -> list[str]:
    """提醒述职: who has no report of the year yet is told, once a day; their names."""
    refuse_if(why_not_remind_reporters(by))
    if not by.at_deputy_office:
        area = by.post.organisation.area if by.post else None
    people = not_reported(year, today, area=area.pk if area else None)
    refuse_if(None if people else "没有要提醒的代表。")
    link = reverse("scoring:my_reports")
    notices.write_each(
        Notice(
            person_id=each.user_id,
            key=f"{REMINDED}{year}:{today}",
            text=f"{year} 年您还没有述职。{each.words}",
            link=link,
        )
        for each in people
        if each.user_id
    )
    names = [each.name for each in people]
    place = area or Area.objects.county()
    record(place, "report_reminded", by=by, note=f"{year} 年 {len(names)} 人")
    return names
