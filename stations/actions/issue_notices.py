"""民情: who is told that it waits, that it is late, and how it ended."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.calendar import working_days_until
from congress.shared.models import Notice, Post, User, Workday
from congress.shared.roles import STAFF, Role
from deputies.models import Deputy
from stations.models import Issue, Route, Station
from stations.queries.issue_lights import soon_on
from stations.states import IssueState

AT_THE_OFFICE = (Route.COUNTY, Route.HIGHER)


def _key(issue: Issue) -> str:
    return f"stations.issue:{issue.pk}:{issue.route}"


def _page(issue: Issue) -> str:
    return reverse("stations:issue", args=[issue.pk])


def to_holders(issue: Issue, text: str, today: date) -> None:
    """Whoever answers for the route reads that it has come."""
    people = _holders(issue, today)
    notices.write(people, key=_key(issue), text=text[:200], link=_page(issue))


def asked_no_more(issue: Issue) -> None:
    """Nobody is asked for what is done, whoever it was."""
    key = f"stations.issue:{issue.pk}"
    marks = Notice.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:"), read_at=None)
    for key in set(marks.values_list("key", flat=True)):
        notices.settle_for_all(key=key, at=clock.now())


def of_result(issue: Issue, today: date, *, but: User | None) -> None:
    """The deputy who heard it, or else the office; nobody is told of what they did themselves."""
    key = f"stations.issue_result:{issue.pk}"
    next_step = "，请告知来访人" if issue.state == IssueState.SETTLED else "，群众已经知道结果"
    if Deputy.objects.serving(today).filter(pk=issue.deputy.pk).exists():
        if but and but.pk == issue.deputy.user_id:
            return
        text = f"“{issue.title}”办结了{next_step}。"
        notices.write([issue.deputy.user], key=key, text=text, link=_page(issue))
        return
    text = f"{issue.deputy.name}代表经手的“{issue.title}”办结了{next_step}。"
    notices.write(_office(today), key=key, text=text, link=_page(issue))


def remind(today: date) -> int:
    """到期提醒: what is due soon and what is late is told once each to whoever has to act."""
    works, soon = Workday.objects.works(), soon_on(today)
    rows = Issue.objects.waiting().select_related(
        "station__keeper", "visit__deputy__user", "message__deputy__user"
    )
    written = 0
    for issue in rows:
        assert issue.due_on, "issue_that_waits_has_a_day"  # noqa: S101  # the database says so
        left = working_days_until(today, issue.due_on, works)
        if left > soon.of(issue.state):
            continue
        late = issue.due_on < today
        mark = "late" if late else "soon"
        notices.write(
            _whose(issue, today),
            key=f"stations.issue:{issue.pk}:{mark}:{issue.state}:{issue.due_on}",
            text=f"{WHAT[IssueState(issue.state)]}：{issue.title}，"
            + (
                f"应于 {issue.due_on.month} 月 {issue.due_on.day} 日前，已经超期。"
                if late
                else f"{issue.due_on.month} 月 {issue.due_on.day} 日到期。"
            ),
            link=_page(issue),
        )
        written += 1
    return written


WHAT = {
    IssueState.RECEIVED: "来访登记还没有分流",
    IssueState.OPEN: "民情还没有办结",
    IssueState.SETTLED: "民情办结了，还没有告知群众",
}


def _whose(issue: Issue, today: date) -> set[User]:
    if issue.state == IssueState.OPEN:
        return _holders(issue, today)
    people = _keepers(issue.station, today)
    serves = Deputy.objects.serving(today).filter(pk=issue.deputy.pk).exists()
    return people | ({issue.deputy.user} if serves and issue.deputy.user else set())


def _holders(issue: Issue, today: date) -> set[User]:
    if issue.route in AT_THE_OFFICE:
        return _office(today)
    if issue.route == Route.TOWNSHIP:
        return _clerks(issue.station, today)
    return _keepers(issue.station, today)


def _keepers(station: Station, today: date) -> set[User]:
    return {station.keeper} if station.keeper else _clerks(station, today)


def _clerks(station: Station, today: date) -> set[User]:
    clerks = Post.objects.in_force(today).filter(role=Role.TOWNSHIP_CLERK)
    posts = clerks.filter(organisation__area=station.area_id).select_related("user")
    return {post.user for post in posts}


def _office(today: date) -> set[User]:
    posts = Post.objects.filter(role__in=STAFF).in_force(today).select_related("user")
    return {post.user for post in posts}
