"""述职 that waits: a report to hand in, ballots to put down, a count to confirm."""

from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from congress.home.queries.queue import Queue, aged
from congress.home.queries.waiting import Task, few
from congress.shared.actors import Actor
from congress.shared.calendar import Works
from congress.shared.roles import Role
from deputies.models import Deputy
from proposals.queries.clocks import day
from scoring.models import DutyReport, PollResult, ReportMeeting
from scoring.queries.meetings import to_hand_in

RUNS = (Role.TOWNSHIP_CLERK, Role.CONVENOR, Role.KEEPER)


def own_reports(person: Deputy, today: date) -> list[Task]:
    """交述职报告: until the day of the meeting."""
    return [
        Task(
            "交述职报告",
            f"{day(row.meeting.held_on, today)}在{row.meeting.place}述职，报告可以先在手机上写。",
            "写报告",
            reverse("scoring:hand_in_report", args=[row.pk]),
            due_on=row.meeting.held_on,
        )
        for row in to_hand_in(person, today)
    ]


def to_count(actor: Actor, today: date) -> list[Task]:
    """登记计票 after the meeting, and 复核 of what somebody else put down."""
    if not actor.is_a(*RUNS):
        return []
    mine = ReportMeeting.objects.visible_to(actor).order_by()
    open_ones = DutyReport.objects.unsettled().filter(meeting__in=mine)
    meetings = (
        ReportMeeting.objects.filter(pk__in=open_ones.values("meeting"), held_on__lte=today)
        .select_related("area", "group", "station__area")
        .order_by("held_on", "pk")
    )
    tasks = [
        Task(
            "述职测评没有登记",
            f"{row}，{day(row.held_on, today)}。登记谁述了职、各得多少票。",
            "去登记",
            reverse("scoring:enter_counts", args=[row.pk]),
            since=row.held_on,
        )
        for row in meetings
    ]
    words, url = "登记谁述了职、各得多少票。", reverse("scoring:reports")
    found = few(tasks, Task(f"{len(tasks)} 次述职测评没有登记", words, "去登记", url))
    rows = PollResult.objects.waiting().filter(report__meeting__in=mine)
    seen = rows.exclude(entered_by=actor.user).exclude(report__deputy__user=actor.user)
    waits = seen.aggregate(count=Count("pk"), first=Min("entered_at"))
    if waits["first"]:
        found.append(
            Task(
                f"{waits['count']} 份测评计票待复核",
                "别人登记的票数，请拿着计票表核对。",
                "去复核",
                url,
                since=timezone.localdate(waits["first"]),
            )
        )
    return found


def office_queue(by: Actor, today: date, works: Works) -> Queue:
    """测评计票待复核, of all townships; what one has put down oneself waits for another."""
    rows = PollResult.objects.waiting().exclude(Q(entered_by=by.user))
    url = reverse("scoring:reports")
    return aged("测评计票待复核", rows, "entered_at", url, today, works)
