"""当面协商 of a township's own proposals: what waits for its office, as at the county's desk."""

from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from congress.home.queries.waiting import Task
from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals.queries.clocks import day
from proposals.queries.convening import released_on, to_convene, to_record


def to_meet(actor: Actor, today: date) -> list[Task]:
    """召集双方, 记录结果: each with its list, as old as the first in it."""
    if not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    found, page = [], reverse("proposals:rehandlings")
    if rows := to_convene(actor, today):
        since = min(map(released_on, rows))
        words = f"再次答复又被评为不满意，最早的 {day(since, today)}公布了满意度。"
        title = f"{len(rows)} 件双方协商待召集"
        found.append(Task(title, words, "去召集", f"{page}?only=convene", since=since))
    held = to_record(actor, today).aggregate(count=Count("pk"), oldest=Min("meets_on"))
    if oldest := held["oldest"]:
        words = f"最早的定在 {day(oldest, today)}，谁到场、商定了什么还没有记。"
        title = f"{held['count']} 件协商结果待记录"
        found.append(Task(title, words, "去记录", f"{page}?only=record", since=oldest))
    return found
