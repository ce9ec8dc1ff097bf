"""民情 as deputies, keepers, townships and the office see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.deeds import deed_words
from congress.shared.models import Area, AuditEvent, Organisation, Workday
from deputies.models import Deputy, Membership
from stations.models import Issue, Posting, Route, Station, Visit
from stations.models.issues import LIVE
from stations.permissions import issues as reasons
from stations.queries.issue_lights import Light, light_of, soon_on, within
from stations.rules import (
    COMMUNITY_DAYS,
    COUNTY_DAYS,
    HIGHER_DAYS,
    ROUTE_DAYS,
    TELL_DAYS,
    TOWNSHIP_DAYS,
)
from stations.states import IssueState

HEAD = (
    *("乡镇", "家站", "来源", "日期", "接待代表", "事项", "途径", "由谁办", "状态", "期限"),
    *("结果", "办理结果", "告知方式", "告知日期"),
)
ROUTE_RULES = {
    Route.COMMUNITY: COMMUNITY_DAYS,
    Route.TOWNSHIP: TOWNSHIP_DAYS,
    Route.COUNTY: COUNTY_DAYS,
    Route.HIGHER: HIGHER_DAYS,
}
DONE = {
    IssueState.RECEIVED.value: "登记来访",
    IssueState.SETTLED.value: "办结",
    IssueState.TOLD.value: "告知群众",
    IssueState.WITHDRAWN.value: "撤回登记",
}
"""What was done to come to this state; to be open it was routed, or handed to the station."""


def near(deputy: Deputy, today: date) -> QuerySet[Station]:
    """The stations of the deputy's township, or of their last one; those they serve at first."""
    spells = Membership.objects.filter(deputy=deputy, from_on__lte=today).order_by("-from_on")
    areas = spells.values("group__area")[:1]
    own = Posting.objects.running(today).filter(deputy=deputy).values("station")
    first = Case(When(pk__in=own, then=Value(0)), default=Value(1), output_field=IntegerField())
    standing = Station.objects.standing()
    rows = standing.filter(area__in=areas) | standing.filter(pk__in=own)
    return rows.order_by(first, "kind", "position")


@dataclass(frozen=True)
class Row:
    """One matter in a list: where it stands, its light, and the one thing to do next."""

    issue: Issue
    light: Light
    act: str
    url: str


def listed(  # what the filters of the page say
    actor: Actor,
    today: date,
    *,
    state: str = "",
    route: str = "",
    light: str = "",
    area: int | None = None,
    q: str = "",
    station: int | None = None,
    year: int | None = None,
    source: str = "",
    mine: bool = False,
) -> QuerySet[Issue]:
    """What this person may see, by the day it is due; what is over after it, the newest first.

    Of a year, as boards count it, without what was taken down by mistake.
    """
    rows = Issue.objects.to_do(actor) if mine else Issue.objects.visible_to(actor)
    if station:
        rows = rows.filter(station=station)
    if year:
        rows = rows.counted().filter(raised_at__year=year)
    if source:
        rows = rows.filter(visit__isnull=source != "visit")
    if state:
        rows = rows.filter(state=state)
    if route:
        rows = rows.filter(route=route)
    if area:
        rows = rows.filter(station__area=area)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(station__name__icontains=q))
    if light:
        rows = rows.filter(within(today)[light])
    related = rows.select_related(
        "station__area", "message__deputy", "visit__deputy", "unit", "telling"
    )
    return related.order_by(F("due_on").asc(nulls_last=True), "-raised_at", "-pk")


def counts(actor: Actor, today: date) -> dict[str, int]:
    """How many wait for what, and how many are late."""
    rows = Issue.objects.visible_to(actor).counted()
    return rows.aggregate(
        all=Count("pk"),
        received=Count("pk", filter=Q(state=IssueState.RECEIVED)),
        open=Count("pk", filter=Q(state=IssueState.OPEN)),
        settled=Count("pk", filter=Q(state=IssueState.SETTLED)),
        told=Count("pk", filter=Q(state=IssueState.TOLD)),
        late=Count("pk", filter=Q(state__in=LIVE, due_on__lt=today)),
    )


def with_lights(rows: Iterable[Issue], actor: Actor, today: date) -> list[Row]:
    works, soon = Workday.objects.works(), soon_on(today)
    return [
        Row(issue, light_of(issue, today, works, soon), *next_act(actor, issue, today))
        for issue in rows
    ]


def next_act(actor: Actor, issue: Issue, today: date) -> tuple[str, str]:
    """The one thing this person can do next, or who is waited for."""
    page = reverse("stations:issue", args=[issue.pk])
    if not reasons.why_not_route_issue(actor, issue):
        return "去分流", page
    if not reasons.why_not_settle_issue(actor, issue):
        return "去办结", page
    if not reasons.why_not_tell_voter(actor, issue, today=today):
        return "去告知", page
    return str(issue.get_state_display()), page


def way_words(issue: Issue) -> str:
    """乡镇办理 · 镇水利站; nothing while it waits for a route."""
    if not issue.route:
        return ""
    return way_said(Route(issue.route), issue.unit, issue.handler, between=" · ")


def way_said(route: Route, unit: Organisation | None, handler: str, *, between: str) -> str:
    """The route, and who handles it where that is known."""
    whom = (unit.name if unit else "") or handler
    return f"{route.label}{between}{whom}" if whom else str(route.label)


def sheet(rows: QuerySet[Issue]) -> Iterable[list[object]]:
    """The list as rows of a table; nobody's name or number who came."""
    for issue in rows:
        telling = getattr(issue, "telling", None)
        yield [
            issue.station.area.name,
            issue.station.name,
            issue.visit.get_way_display() if issue.visit else "群众留言",
            issue.visit.came_on if issue.visit else timezone.localdate(issue.raised_at),
            issue.deputy.name,
            issue.title,
            issue.get_route_display(),
            (issue.unit.name if issue.unit else "") or issue.handler,
            issue.get_state_display(),
            issue.due_on or "",
            issue.get_outcome_display(),
            issue.result,
            telling.get_how_display() if telling else "",
            telling.told_on if telling else "",
        ]


def townships() -> list[tuple[int, str]]:
    """Those that have a home or station."""
    areas = Area.objects.filter(pk__in=Station.objects.values("area")).order_by("position")
    return list(areas.values_list("pk", "name"))


@dataclass(frozen=True)
class Stop:
    """One stop of the way."""

    label: str
    state: str
    when: str = ""


def stops(issue: Issue) -> list[Stop]:
    """登记, 分流, 办结, 告知: how far it has come."""
    order = [IssueState.RECEIVED, IssueState.OPEN, IssueState.SETTLED, IssueState.TOLD]
    if issue.state == IssueState.WITHDRAWN:
        return []
    at = order.index(IssueState(issue.state)) + 1
    labels = ("登记", "当场答复" if issue.route == Route.SPOT else "分流", "办结", "告知群众")
    kinds = ["done"] * at + (["now"] + ["empty"] * (3 - at) if at < 4 else [])
    return [Stop(label, kind) for label, kind in zip(labels, kinds, strict=True)]


def now_words(issue: Issue, today: date) -> str:
    """One sentence: what happens now and who is to act."""
    if issue.state == IssueState.RECEIVED:
        return "等接待代表或者家站分流；当场能答复的，直接登记当场答复。"
    if issue.state == IssueState.OPEN:
        return f"正在办：{way_words(issue)}。{reasons.WHO_SETTLES[Route(issue.route)]}"
    if issue.state == IssueState.SETTLED:
        return f"已办结：{issue.get_outcome_display()}。接下来由接待代表或者家站告知来访人。"
    if issue.state == IssueState.TOLD:
        return f"{issue.get_outcome_display()}，群众已经知道结果。"
    return "登记时有误，已经撤回。"


def why_this_day(issue: Issue, today: date) -> str:
    """为什么是这一天: the rule, in working days."""
    if issue.due_on is None:
        return ""
    if issue.state == IssueState.OPEN:
        rule = ROUTE_RULES[Route(issue.route)]
    else:
        rule = ROUTE_DAYS if issue.state == IssueState.RECEIVED else TELL_DAYS
    return f"{rule.name.replace('几', f' {rule.on(today)} ')}（{rule.basis}），休息日不算。"


@dataclass(frozen=True)
class Event:
    """One line of what happened."""

    words: str
    who: str
    at: object
    note: str


def _done(issue: Issue, now: str) -> str:
    if now == IssueState.OPEN:
        return "分流" if issue.visit_id else "转家站"
    return DONE.get(now, "")


def history(issue: Issue) -> list[Event]:
    """经过, newest first."""
    own = Q(subject=issue._meta.label, subject_id=issue.pk)
    of_visit = Q(subject=Visit._meta.label, subject_id=issue.visit_id, now="corrected")
    rows = AuditEvent.objects.filter(own | of_visit if issue.visit_id else own)
    return [
        Event(
            _done(issue, row.now) or deed_words(row.subject, row.now), row.by_name, row.at, row.note
        )
        for row in rows.order_by("-pk")
    ]
