"""民情 on the first screens: what a deputy has to route or tell, what the office has to settle."""

from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from congress.home.queries.queue import Queue
from congress.home.queries.waiting import Task, few
from congress.shared.actors import Actor
from congress.shared.calendar import Works, working_days_until
from stations.models import Issue
from stations.states import IssueState

VERBS = {IssueState.RECEIVED: "去分流", IssueState.SETTLED: "去告知"}


def own_issues(actor: Actor) -> list[Task]:
    """我接待的: what has gone nowhere yet, and what the voter has to be told."""
    rows = Issue.objects.to_do(actor).waiting().select_related("station")
    tasks = [
        Task(
            f"接待的民情{row.get_state_display()}",
            f"{row.title}。{row.station.name}。",
            VERBS[IssueState(row.state)],
            reverse("stations:issue", args=[row.pk]),
            due_on=row.due_on,
            since=timezone.localdate(row.raised_at),
        )
        for row in rows
    ]
    words = "待分流和待告知来访人的，期限最近的排在前面。"
    whole = Task(f"{len(tasks)} 件接待的民情", words, "去办", reverse("stations:my_visits"))
    return few(tasks, whole)


def office_queue(by: Actor, today: date, works: Works) -> Queue:
    """县级单位办理和请上级代表反映的: the office settles them; others that are late are said."""
    to_do = Q(pk__in=Issue.objects.to_do(by).values("pk"))
    found = Issue.objects.waiting().aggregate(
        count=Count("pk", filter=to_do),
        first=Min("due_on", filter=to_do),
        late=Count("pk", filter=Q(due_on__lt=today)),
    )
    url = f"{reverse('stations:issues')}?mine=1"
    elsewhere = f"全县 {found['late']} 件民情超期" if found["late"] else "全县民情没有超期"
    if not found["count"]:
        return Queue("民情待代工委办结", 0, elsewhere, "off", url)
    left = working_days_until(today, found["first"], works)
    if left < 0:
        return Queue(
            "民情待代工委办结",
            found["count"],
            f"最早的超期 {-left} 个工作日，{elsewhere}",
            "late",
            url,
        )
    words = f"最早的还有 {left} 个工作日，{elsewhere}"
    return Queue("民情待代工委办结", found["count"], words, "soon" if left <= 3 else "ok", url)
