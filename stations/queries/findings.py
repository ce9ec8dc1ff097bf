"""发现的问题 as lists and counts: 发现 and 解决 by topic, by township, by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works, add_working_days
from congress.shared.deeds import deed_words
from congress.shared.models import Area, AuditEvent, Workday
from congress.shared.roles import Role
from stations.models import Activity, Attendance, Council, Finding, Invitee, Topic
from stations.models.findings import OPEN_FINDINGS
from stations.permissions import findings as reasons
from stations.queries.issue_lights import Light, light_until
from stations.queries.issues import Event, Stop
from stations.rules import HAND_DAYS, SOLVE_DAYS, SOON_DAYS
from stations.states import ActivityState, FindingState

NO_TOPIC, NO_CAMPAIGN = "没有选题", "不属于主题活动"
HEAD = (
    *("乡镇", "主题活动", "选题", "来自", "发现日期", "代表", "问题", "具体情况", "在哪里"),
    *("状态", "交给谁", "期限", "怎样解决的", "原因", "办结日期"),
)
WHAT = {FindingState.FOUND: "交办", FindingState.HANDED: "解决"}


def listed(  # what the filters of the page say
    actor: Actor,
    today: date,
    *,
    year: int,
    state: str = "",
    light: str = "",
    area: int | None = None,
    topic: int | None = None,
    campaign: int | None = None,
    source: str = "",
    q: str = "",
) -> QuerySet[Finding]:
    """Those of a year that this person may see: what waits by its day, then the newest."""
    rows = Finding.objects.visible_to(actor).filter(found_on__year=year)
    rows = rows.filter(state=state) if state else rows.counted()
    if area:
        rows = rows.filter(area=area)
    if topic is not None:
        rows = rows.filter(topic=topic or None)
    if campaign is not None:
        rows = rows.filter(topic__campaign=campaign or None)
    if source:
        kind, _, number = source.partition("-")
        rows = rows.filter(**{kind: number})
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(deputy__name__icontains=q))
    if light:
        rows = rows.filter(_within(light, today))
    related = rows.select_related(
        *("area", "deputy", "activity", "council", "unit", "topic__campaign")
    )
    return related.order_by(F("due_on").asc(nulls_last=True), "-found_on", "-pk")


def _within(light: str, today: date) -> Q:
    last = add_working_days(today, SOON_DAYS.on(today), Workday.objects.works())
    live = Q(state__in=OPEN_FINDINGS)
    if light == "late":
        return live & Q(due_on__lt=today)
    return live & (Q(due_on__range=(today, last)) if light == "soon" else Q(due_on__gt=last))


@dataclass(frozen=True)
class Row:
    """One in a list: where it stands, its light, and the one thing to do next."""

    finding: Finding
    light: Light
    act: str


def light_of(finding: Finding, today: date, works: Works, soon: int) -> Light:
    if finding.due_on is None:
        return Light("", "")
    return light_until(finding.due_on, WHAT[FindingState(finding.state)], today, works, soon)


def with_lights(rows: Iterable[Finding], actor: Actor, today: date) -> list[Row]:
    works, soon = Workday.objects.works(), SOON_DAYS.on(today)
    return [Row(one, light_of(one, today, works, soon), next_act(actor, one)) for one in rows]


def next_act(actor: Actor, finding: Finding) -> str:
    """The one thing this person can do next, or where it stands."""
    if finding.state == FindingState.FOUND and not reasons.why_not_hand_finding(actor, finding):
        return "去交办"
    has_it = reasons.governs(actor, finding) or reasons.handles(actor, finding)
    if finding.state == FindingState.HANDED and has_it:
        return "去登记解决"
    return str(finding.get_state_display())


def counts(actor: Actor, today: date, year: int) -> dict[str, int]:
    """How many were found, wait for what, are late and are solved."""
    rows = Finding.objects.visible_to(actor).counted().filter(found_on__year=year)
    return rows.order_by().aggregate(
        all=Count("pk"),
        found=Count("pk", filter=Q(state=FindingState.FOUND)),
        handed=Count("pk", filter=Q(state=FindingState.HANDED)),
        solved=Count("pk", filter=Q(state=FindingState.SOLVED)),
        declined=Count("pk", filter=Q(state=FindingState.DECLINED)),
        late=Count("pk", filter=Q(state__in=OPEN_FINDINGS, due_on__lt=today)),
    )


@dataclass(frozen=True)
class Total:
    """发现、解决 of one topic or township; `pk` is what its list is filtered by, 0 for none."""

    pk: int
    name: str
    found: int
    solved: int


def _totals(rows: QuerySet[Finding], by: str, name: str, none: str = "") -> list[Total]:
    solved = Count("pk", filter=Q(state=FindingState.SOLVED))
    plain = Finding.objects.filter(pk__in=rows.values("pk")).counted().order_by()
    counted = plain.values_list(by, name).annotate(found=Count("pk"), solved=solved)
    found = [Total(pk or 0, label or none, n, done) for pk, label, n, done in counted]
    return sorted(found, key=lambda each: (-each.found, each.name))


def by_topic(rows: QuerySet[Finding]) -> list[Total]:
    return _totals(rows, "topic", "topic__title", NO_TOPIC)


def by_campaign(rows: QuerySet[Finding]) -> list[Total]:
    return _totals(rows, "topic__campaign", "topic__campaign__title", NO_CAMPAIGN)


def by_township(rows: QuerySet[Finding]) -> list[Total]:
    return _totals(rows, "area", "area__name")


def townships() -> list[tuple[int, str]]:
    """Those where something was found."""
    rows = Area.objects.filter(pk__in=Finding.objects.values("area")).order_by("position")
    return list(rows.values_list("pk", "name"))


def topics(year: int) -> list[tuple[int, str]]:
    rows = Topic.objects.filter(campaign__year=year, findings__isnull=False).distinct()
    return [(0, NO_TOPIC), *rows.order_by("pk").values_list("pk", "title")]


def whom(finding: Finding) -> str:
    return finding.unit.name if finding.unit else finding.handler


def sheet(rows: QuerySet[Finding]) -> Iterable[list[object]]:
    for one in rows:
        yield [
            one.area.name,
            str(one.topic.campaign) if one.topic else "",
            one.topic.title if one.topic else "",
            str(one.activity or one.council),
            one.found_on,
            one.deputy.name,
            one.title,
            one.words,
            one.place,
            one.get_state_display(),
            whom(one),
            one.due_on or "",
            one.result,
            one.why,
            timezone.localdate(one.ended_at) if one.ended_at else "",
        ]


def stops(finding: Finding) -> list[Stop]:
    """发现, 交办, 解决: how far it has come."""
    handed = bool(finding.unit_id or finding.handler)
    if finding.state == FindingState.FOUND:
        return [Stop("发现", "done"), Stop("交办", "now"), Stop("解决", "empty")]
    if finding.state == FindingState.HANDED:
        return [Stop("发现", "done"), Stop("交办", "done"), Stop("解决", "now")]
    if finding.state == FindingState.SOLVED:
        middle = [Stop("交办", "done")] if handed else []
        return [Stop("发现", "done"), *middle, Stop("解决", "done")]
    return []


def now_words(finding: Finding) -> str:
    """One sentence: what happens now and who is to act."""
    if finding.state == FindingState.FOUND:
        return "等乡镇人大或者代工委交办；当场能解决的，直接登记解决。"
    if finding.state == FindingState.HANDED:
        return f"已经交办：{whom(finding)}。办好以后登记怎样解决的。"
    if finding.state == FindingState.SOLVED:
        return "已经解决。"
    if finding.state == FindingState.DECLINED:
        return f"不予采纳：{finding.why}"
    return f"登记已经撤回：{finding.why}"


def why_this_day(finding: Finding, today: date) -> str:
    """为什么是这一天: the rule, in working days."""
    if finding.due_on is None:
        return ""
    rule = HAND_DAYS if finding.state == FindingState.FOUND else SOLVE_DAYS
    return f"{rule.name.replace('几', f' {rule.on(today)} ')}（{rule.basis}），休息日不算。"


def history(finding: Finding) -> list[Event]:
    """经过, newest first."""
    rows = AuditEvent.objects.filter(subject=finding._meta.label, subject_id=finding.pk)
    done = {"found": "登记问题", "handed": "交办", "solved": "登记解决"}
    return [
        Event(done.get(row.now) or deed_words(row.subject, row.now), row.by_name, row.at, row.note)
        for row in rows.order_by("-pk")
    ]


def source_of(finding: Finding, actor: Actor) -> tuple[str, str]:
    """来自哪次活动或者议事, and its page where this person may open it."""
    if finding.council:
        seen = type(finding.council)._default_manager.visible_to(actor)
        page = reverse("stations:council", args=[finding.council.pk])
        found = seen.filter(pk=finding.council.pk).exists()
        return str(finding.council), page if found else ""
    assert finding.activity, "finding_of_an_activity_or_of_a_council"  # noqa: S101  # the database says so
    seen_too = type(finding.activity)._default_manager.visible_to(actor)
    page = reverse("stations:activity", args=[finding.activity.pk])
    found = seen_too.filter(pk=finding.activity.pk).exists()
    return str(finding.activity), page if found else ""


@dataclass(frozen=True)
class Occasion:
    """An activity or a 议事 at which somebody may have found something."""

    of: str
    pk: int
    words: str


def occasions(actor: Actor, today: date) -> list[Occasion]:
    """The deputy's own of the last two months, newest first: a problem is written down there."""
    if not actor.is_a(Role.DEPUTY, Role.CONVENOR) or actor.user is None:
        return []
    own, since = {"deputy__user": actor.user}, (today - reasons.ENTER_DAYS, today)
    activities = Activity.objects.exclude(state=ActivityState.CALLED_OFF).filter(
        Q(pk__in=Invitee.objects.filter(**own).values("activity"))
        | Q(pk__in=Attendance.objects.filter(**own).values("activity")),
        held_on__range=since,
    )
    talks = Council.objects.held().filter(deputies__deputy__user=actor.user, held_on__range=since)
    rows = [
        *(("activity", *row) for row in activities.values_list("pk", "title", "held_on")),
        *(("council", *row) for row in talks.values_list("pk", "topic", "held_on")),
    ]
    rows.sort(key=lambda row: (row[3], row[1]), reverse=True)
    return [Occasion(of, pk, f"{on.month} 月 {on.day} 日{name}") for of, pk, name, on in rows[:6]]
