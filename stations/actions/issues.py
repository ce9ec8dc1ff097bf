"""民情: handed to a station by the deputy, settled there, told to deputy and voter."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import Post, User
from congress.shared.roles import STAFF, Role
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.actions import messages
from deputies.models import Deputy, Message
from stations.models import Issue, Station
from stations.permissions.issues import why_not_raise_issue, why_not_settle_issue
from stations.states import IssueState


@transaction.atomic
def raise_issue(message: Message, *, station: Station, title: str, by: Actor, today: date) -> Issue:
    """转家站: its keeper, or else its township, is told; the voter reads where it is."""
    message = lock(message)
    refuse_if(why_not_raise_issue(by, message, today=today))
    message = messages.raised(message, by=by, today=today)
    issue = Issue(
        station=station, message=message, title=title, raised_by=by.user, raised_at=clock.now()
    )
    issue.save()
    record(issue, IssueState.OPEN, by=by, note=title)
    notices.write(
        _keepers(station, today),
        key=f"stations.issue:{issue.pk}",
        text=f"{message.deputy.name}代表转来一件民情：{title}",
        link=reverse("stations:issue", args=[issue.pk]),
    )
    return issue


def _keepers(station: Station, today: date) -> list[User]:
    if station.keeper:
        return [station.keeper]
    clerks = Post.objects.in_force(today).filter(role=Role.TOWNSHIP_CLERK)
    posts = clerks.filter(organisation__area=station.area_id).select_related("user")
    return [post.user for post in posts]


@transaction.atomic
def settle_issue(issue: Issue, *, result: str, by: Actor) -> Issue:
    """办结: the result is the answer to the voter, and the deputy, or else the office, is told."""
    issue = lock(issue)
    refuse_if(why_not_settle_issue(by, issue))
    issue = move(
        issue,
        IssueState.SETTLED,
        by=by,
        result=result,
        settled_by=by.user,
        settled_at=clock.now(),
    )
    notices.settle_for_all(key=f"stations.issue:{issue.pk}", at=clock.now())
    message = messages.settled(issue.message, result=result, by=by)
    _tell_result(issue, message, clock.today())
    return issue


def _tell_result(issue: Issue, message: Message, today: date) -> None:
    """The deputy it was written to; the office in the place of one who serves no more."""
    key = f"stations.issue:{issue.pk}:settled"
    if Deputy.objects.serving(today).filter(pk=message.deputy_id).exists():
        text = f"您转交的“{issue.title}”办结了，群众已能看到结果。"
        link = reverse("deputies:message", args=[message.pk])
        notices.write([message.deputy.user], key=key, text=text, link=link)
        return
    posts = Post.objects.filter(role__in=STAFF).in_force(today).select_related("user")
    text = f"写给{message.deputy.name}代表的“{issue.title}”办结了，群众已能看到结果。"
    link = reverse("stations:issue", args=[issue.pk])
    notices.write({post.user for post in posts}, key=key, text=text, link=link)
