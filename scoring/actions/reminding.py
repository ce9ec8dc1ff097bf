"""提醒: a group's convenor is told whose quarter is still empty."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import DeputyGroup
from deputies.queries.liaison import quarter_of
from scoring.permissions.reminding import why_not_remind
from scoring.queries.quiet import REMINDED, quiet_of, reminded

NAMED = 8


@transaction.atomic
def remind(group: DeputyGroup, *, by: Actor, today: date) -> DeputyGroup:
    """提醒召集人: the convenor has the names of this quarter's quiet members, once a quarter."""
    group = lock(group)
    names = quiet_of(group, today)
    refuse_if(why_not_remind(by, group, names, reminded([group.pk], today).get(group.pk)))
    first, quarter = quarter_of(today)
    said = "、".join(names[:NAMED]) + (f"等 {len(names)} 人" if len(names) > NAMED else "")
    record(group, REMINDED, by=by, note=f"{today.year} 年{quarter}：{said}")
    notices.write(
        [group.convenor],
        key=f"scoring.reminded:{group.pk}:{first}",  # notice_once_per_person_and_key
        text=f"{quarter}还没有履职记录：{said}。请问问有什么困难，约他们参加活动。",
        link=reverse("home:group_year", args=[group.pk]),
    )
    return group
