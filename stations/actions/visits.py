"""来访登记: taken down once, put right, or withdrawn; its matter begins with it."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.errors import Refused
from congress.shared.models import Workday
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.rules import MESSAGE_KEEP_DAYS, MESSAGE_OPEN_DAYS
from stations.models import Issue, Station, Visit
from stations.permissions.visits import (
    Heard,
    why_not_correct_visit,
    why_not_reveal_visitor,
    why_not_take_down_visit,
    why_not_withdraw_visit,
)
from stations.rules import ROUTE_DAYS
from stations.states import IssueState, VisitState

ON_THE_VISIT = (
    *("deputy", "way", "came_on", "day", "words", "caller", "contact", "place", "people"),
    "consent",
)

TWICE = (
    "这次来访已经登记过，写的不一样。要改，请打开那一次用“改正登记”；是另一次来访，请重新打开登记。"
)


@transaction.atomic
def take_down_visit(
    station: Station, *, heard: Heard, token: UUID, by: Actor, today: date
) -> Visit:
    """登记来访: the sheet is kept and its matter waits for a route; one token is one sheet.

    What is sent again in other words is refused, so that nobody believes it has been kept.
    """
    station = lock(station)
    if sent := Visit.objects.filter(token=token, station=station, entered_by=by.user).first():
        refuse_if(None if _same(sent, heard) else TWICE)
        return sent
    refuse_if(why_not_take_down_visit(by, station, heard, today=today))
    if by.user is None:
        raise Refused("来访须由人来登记。")
    visit = Visit.objects.create(
        station=station,
        token=token,
        entered_by=by.user,
        entered_at=clock.now(),
        **{name: getattr(heard, name) for name in ON_THE_VISIT},
    )
    record(visit, VisitState.TAKEN, by=by)
    works = Workday.objects.works()
    issue = Issue.objects.create(
        station=station,
        visit=visit,
        title=heard.title,
        raised_by=by.user,
        raised_at=clock.now(),
        due_on=add_working_days(today, ROUTE_DAYS.on(today), works),
    )
    record(issue, IssueState.RECEIVED, by=by, note=heard.title)
    return visit


def _same(sent: Visit, heard: Heard) -> bool:
    """Whether the second sending says what the first did."""
    same = all(getattr(sent, name) == getattr(heard, name) for name in ON_THE_VISIT)
    return same and sent.issue.title == heard.title


@transaction.atomic
def correct_visit(visit: Visit, *, heard: Heard, by: Actor, today: date) -> Visit:
    """改正登记: the sheet says so from now on; the trail names the fields, not who came."""
    visit = lock(visit)
    issue = lock(visit.issue)
    refuse_if(why_not_correct_visit(by, visit, heard, today=today))
    changed = [name for name in ON_THE_VISIT if getattr(visit, name) != getattr(heard, name)]
    labels = [str(getattr(Visit._meta.get_field(name), "verbose_name", "")) for name in changed]
    for name in changed:
        setattr(visit, name, getattr(heard, name))
    if changed:
        visit.save(update_fields=changed)
    if issue.title != heard.title:
        issue.title = heard.title
        issue.save(update_fields=["title"])
        labels.append("事项")
    if labels:
        record(visit, "corrected", by=by, note="、".join(labels))
    return visit


@transaction.atomic
def withdraw_visit(visit: Visit, *, reason: str, by: Actor) -> Visit:
    """撤回登记: taken down by mistake; the sheet stays with its reason and counts nowhere."""
    visit = lock(visit)
    issue = lock(visit.issue)
    refuse_if(why_not_withdraw_visit(by, visit))
    move(issue, IssueState.WITHDRAWN, by=by, note=reason, due_on=None)
    return move(visit, VisitState.WITHDRAWN, by=by, note=reason, why=reason)


@transaction.atomic
def reveal_visitor(visit: Visit, *, by: Actor) -> tuple[str, str]:
    """看来访人: name and number in full, to tell the voter; each look is in the trail."""
    visit = lock(visit)
    refuse_if(why_not_reveal_visitor(by, visit))
    record(visit, "contact_revealed", by=by)
    return visit.caller, visit.contact


@transaction.atomic
def purge_visitors(today: date) -> int:
    """到期删除: as of voters who wrote, name and number go some time after they have been told."""
    rows = Visit.objects.over(
        ended=today - timedelta(days=MESSAGE_KEEP_DAYS.on(today)),
        came=today - timedelta(days=MESSAGE_OPEN_DAYS.on(today)),
    )
    return rows.update(caller="", contact="")
