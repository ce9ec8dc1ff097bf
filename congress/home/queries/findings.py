"""发现的问题 on a township's first screen: what waits to be handed on, and what is late."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from congress.home.queries.waiting import Task, few
from congress.shared.actors import Actor
from congress.shared.roles import Role
from stations.models import Finding
from stations.states import FindingState


def to_hand(actor: Actor, today: date) -> list[Task]:
    """交办: what deputies found in the township, and what was handed on and is not solved."""
    if not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    waits = Q(state=FindingState.FOUND) | Q(state=FindingState.HANDED, due_on__lt=today)
    rows = Finding.objects.visible_to(actor).waiting().filter(waits).select_related("deputy")
    tasks = [
        Task(
            "发现的问题待交办" if row.state == FindingState.FOUND else "发现的问题没有按期解决",
            f"{row.title}。{row.deputy.name}代表发现。",
            "去交办" if row.state == FindingState.FOUND else "去看看",
            reverse("stations:finding", args=[row.pk]),
            due_on=row.due_on,
            since=timezone.localdate(row.raised_at),
        )
        for row in rows
    ]
    words = "待交办的和没有按期解决的，期限最近的排在前面。"
    whole = Task(f"{len(tasks)} 个发现的问题", words, "去办", reverse("stations:findings"))
    return few(tasks, whole)
