"""活动 on first screens: what a deputy has to answer, what an organiser has to do."""

from dataclasses import replace
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from congress.home.queries.queue import Queue, waiting
from congress.home.queries.waiting import Task, few
from congress.shared.actors import Actor
from congress.shared.calendar import Works
from congress.shared.roles import ORGANISERS
from proposals.queries.clocks import day
from stations.models import Activity, Invitee
from stations.states import InviteeState
from stations.wording import hours_words


def to_answer(actor: Actor, today: date) -> list[Task]:
    """请您答复: activities one is called to and has said nothing to."""
    if actor.user is None:
        return []
    rows = Invitee.objects.to_come().filter(
        deputy__user=actor.user, state=InviteeState.ASKED, activity__held_on__gte=today
    )
    page = reverse("stations:my_activities")
    tasks = [
        Task(
            "请您参加活动",
            f"{row.activity.title}，{hours_words(row.activity)}，{row.activity.place}。",
            "报名或请假",
            f"{page}#activity-{row.activity_id}",
            due_on=row.activity.answer_by,
        )
        for row in rows.select_related("activity")
    ]
    whole = Task(f"{len(tasks)} 次活动请您答复", "逐个报名或者请假。", "去答复", page)
    return few(tasks, whole)


def to_run(actor: Actor, today: date) -> list[Task]:
    """请假待批, and activities whose day is over and whose roll nobody has called."""
    if actor.role not in ORGANISERS or actor.at_the_desk:
        return []
    own = Activity.objects.visible_to(actor)
    leaves = Invitee.objects.waiting_for_a_decision()
    leaves = leaves.filter(activity__in=own.leave_waits(today)).exclude(deputy__user=actor.user)
    found = [
        Task(
            "请假待批",
            f"{row.deputy.name}：{row.reason}。{row.activity.title}，{day(row.activity.held_on)}。",
            "去批",
            _page(row.activity_id),
            due_on=row.activity.held_on,
            since=timezone.localdate(row.answered_at),
        )
        for row in leaves.select_related("activity", "deputy").order_by("activity__starts_at", "pk")
    ]
    unheld = own.roll_owed(today)
    rolls = [
        Task(
            "登记活动到场",
            f"{row.title}，{day(row.held_on)}。举行了的登记谁到了，没举行的取消。",
            "去登记",
            _page(row.pk),
            since=row.held_on,
        )
        for row in unheld
    ]
    page = reverse("stations:activities")
    words = "散会以后登记谁到了；没举行的取消。"
    return [
        *few(
            found,
            Task(f"{len(found)} 位代表请假待批", "在各次活动里批。", "去批", f"{page}?waits=leave"),
        ),
        *few(
            rolls, Task(f"{len(rolls)} 次活动没有登记到场", words, "去登记", f"{page}?waits=roll")
        ),
    ]


def of_the_office(today: date, works: Works) -> list[Queue]:
    """代工委自己的活动: so many of them as the list has where somebody waits for something."""
    own = Activity.objects.of_the_office()
    page = f"{reverse('stations:activities')}?own=1&waits="
    leaves = Invitee.objects.filter(
        state=InviteeState.LEAVE_ASKED, activity__in=own.leave_waits(today)
    ).aggregate(at=Count("activity", distinct=True), people=Count("pk"), oldest=Min("answered_at"))
    rolls = own.roll_owed(today).order_by().aggregate(count=Count("pk"), oldest=Min("held_on"))
    asked = leaves["oldest"] and timezone.localdate(leaves["oldest"])
    waits = waiting("活动有请假待批", leaves["at"], asked, f"{page}leave", today, works)
    owed = waiting("活动待登记到场", rolls["count"], rolls["oldest"], f"{page}roll", today, works)
    return [
        replace(waits, words=f"{leaves['people']} 位代表，{waits.words}") if asked else waits,
        replace(owed, kind="must") if owed.count else owed,
    ]


def _page(pk: int) -> str:
    return reverse("stations:activity", args=[pk])
