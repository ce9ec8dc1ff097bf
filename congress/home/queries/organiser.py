"""The first screen of whoever calls deputies together: convenor, township clerk, keeper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from congress.home.queries import dates, measures, reminders, shop_tasks, to_carry, waiting
from congress.home.queries.activities import to_run
from congress.home.queries.dates import Coming
from congress.home.queries.findings import to_hand
from congress.home.queries.measures import Measure
from congress.home.queries.meetings import to_meet
from congress.home.queries.reports import to_count
from congress.home.queries.waiting import Task, few, review_tasks
from congress.shared.actors import Actor
from congress.shared.models import Notice, Post
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup, DutyRecord, Membership
from proposals.models import Assignment, Objection, Proposal, Rehandling
from proposals.models.proposal_rows import REVIEW_OWED_SINCE
from proposals.models.publishing import publish_owed_since
from proposals.queries import in_hand
from proposals.queries.clocks import Clock, day, weekday
from stations.models import Activity, Issue, Station, StationCheck
from stations.queries.rota import empty_days


@dataclass(frozen=True)
class GroupLine:
    """One group on the desk: its size, this quarter, and the year in three numbers."""

    group: DeputyGroup
    measure: Measure
    url: str


@dataclass(frozen=True)
class OrganiserDesk:
    name: str
    post: str
    today: str
    tasks: list[Task]
    dates: list[Coming]
    later: list[Coming]
    groups: list[GroupLine]
    quarter: str
    activities: list[Activity]
    notices: list[Notice]
    own: Post | None
    """The post as a deputy of the same person, to change over to."""


def desk(actor: Actor, today: date) -> OrganiserDesk:
    """待办 of whoever calls activities; each role sees what is theirs to do."""
    rows = DeputyGroup.objects.visible_to(actor).standing(today)
    groups = list(rows.order_by("area__position", "position"))
    stations = _stations(actor, groups)
    clock = waiting.clock_of(today)
    tasks = [
        *_proposals(actor, today),
        *_late_proposals(actor, today),
        *_disputed(actor),
        *to_meet(actor, today),
        *to_carry.tasks(actor, today),
        *_to_check(actor, today),
        *review_tasks(actor, today),
        *_to_remind(actor, groups, today),
        *_to_settle(actor),
        *to_hand(actor, today),
        *_to_note(actor, today),
        *to_run(actor, today),
        *_to_check_over(actor, today),
        *to_count(actor, today),
        *shop_tasks.tasks(actor),
    ]
    ahead = dates.of_organiser(actor, groups, stations, today)
    activities = Activity.objects.visible_to(actor).held().select_related("item", "group")
    return OrganiserDesk(
        name=actor.name,
        post=actor.title,
        today=f"{day(today)} {weekday(today)}",
        tasks=waiting.in_order(tasks, clock),
        dates=ahead[: dates.SHOWN],
        later=ahead[dates.SHOWN :],
        groups=_lines(actor, groups, today),
        quarter=measures.span(today.year, today).name,
        activities=list(activities[:5]),
        notices=list(Notice.objects.unread(actor.user)[:5]) if actor.user else [],
        own=next((post for post in actor.posts if post.role == Role.DEPUTY), None),
    )


def _stations(actor: Actor, groups: Sequence[DeputyGroup]) -> list[Station]:
    """Whose reception days count: the group's, the township's, those one keeps."""
    if actor.is_a(Role.CONVENOR):
        return list(Station.objects.standing().filter(group__in=groups))
    if actor.is_a(Role.KEEPER) and actor.user:
        return list(Station.objects.kept_by(actor.user))
    return list(Station.objects.standing().visible_to(actor))


def _lines(actor: Actor, groups: Sequence[DeputyGroup], today: date) -> list[GroupLine]:
    """A keeper's line leads to the roll; who sees the group's year goes there."""
    county = measures.measures(today.year, today) if groups else {}
    none = Measure(0, 0, 0, 0, 0, 0)
    roll = f"{reverse('stations:roll_call')}?group="
    keeps = actor.is_a(Role.KEEPER)
    return [
        GroupLine(
            group,
            county.get(group.pk, none),
            f"{roll}{group.pk}" if keeps else reverse("home:group_year", args=[group.pk]),
        )
        for group in groups
    ]


OWED = (
    ("to_review", "件建议待审查", "去审查", "proposals:to_review", REVIEW_OWED_SINCE),
    ("to_assign", "件建议待交办", "去交办", "proposals:review", "accepted_on"),
    ("to_publish", "件答复待公开", "去公开", "proposals:review", publish_owed_since()),
)
"""What a township's office owes to the deputies of its congress."""


def _proposals(actor: Actor, today: date) -> list[Task]:
    """本乡镇人大的建议: each of its queues, as old as the first in it."""
    if not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    own, found = Proposal.objects.decided_by(actor), []
    for queue, words, verb, page, begun in OWED:
        waits = getattr(own, queue)().aggregate(count=Count("pk"), oldest=Min(begun))
        if since := waits["oldest"]:
            told = f"最早的从 {day(since, today)}起等着。"
            found.append(Task(f"{waits['count']} {words}", told, verb, reverse(page), since=since))
    return found


def _late_proposals(actor: Actor, today: date) -> list[Task]:
    """办理超期: which of its proposals a unit keeps waiting, 重新办理 too; so many as the list."""
    if not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    own = Proposal.objects.decided_by(actor)
    late = in_hand.handed_over(actor, Clock.on(today), "late").count()
    if not late:
        return []
    parts = Assignment.objects.overdue(today).filter(proposal__in=own)
    orders = Rehandling.objects.overdue(today).filter(assignment__proposal__in=own)
    owed = (each.order_by().aggregate(first=Min("due_on"))["first"] for each in (parts, orders))
    first = min(each for each in owed if each)
    words = f"最早的应于 {day(first, today)}前办好，承办单位还没有答复或者送意见。"
    url = f"{reverse('proposals:in_hand')}?light=late"
    return [Task(f"{late} 件建议办理超期", words, "去看看", url, due_on=first)]


def _disputed(actor: Actor) -> list[Task]:
    """交办有异议: 代工委 answers it, and who has handed the proposal over knows of it."""
    if not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    rows = list(Objection.objects.visible_to(actor).open().order_by("raised_on", "pk").with_case())
    if not rows:
        return []
    first = rows[0]
    words = (
        f"{first.assignment.unit.name}说“{first.assignment.proposal.title}”应由"
        f"{first.better_unit.name}办。由县人大代工委答复，您这里不用答复。"
    )
    dossier = reverse("proposals:dossier", args=[first.assignment.proposal_id])
    url = dossier if len(rows) == 1 else reverse("proposals:in_hand")
    return [Task(f"{len(rows)} 件交办有异议", words, "去看看", url, since=first.raised_on)]


def _to_check(actor: Actor, today: date) -> list[Task]:
    if not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    rows = DutyRecord.objects.visible_to(actor).to_check()
    oldest = rows.order_by("done_on").values_list("done_on", flat=True).first()
    if oldest is None:
        return []
    title = f"{rows.count()} 条履职记录待核对"
    words = f"最早的是 {day(oldest, today)}做的。"
    return [Task(title, words, "去核对", reverse("scoring:check_queue"), since=oldest)]


def _to_remind(actor: Actor, groups: Sequence[DeputyGroup], today: date) -> list[Task]:
    """A convenor's word to the members; the clerk sees the same on each group's own page."""
    if not actor.is_a(Role.CONVENOR) or not groups:
        return []
    spells = Membership.objects.running(today).filter(group__in=groups)
    members: dict[int, list[Deputy]] = {}
    for spell in spells.select_related("deputy").order_by("deputy__stroke_key", "deputy"):
        members.setdefault(spell.group_id, []).append(spell.deputy)
    found = reminders.of_groups(groups, members, today)
    several = len(groups) > 1
    return [
        Task(
            each.title,
            f"{group.name}：{each.words}" if several else each.words,
            "看看是谁",
            f"{reverse('home:group_year', args=[group.pk])}#remind",
            each.due_on,
            each.since,
        )
        for group in groups
        for each in found[group.pk]
    ]


def _to_settle(actor: Actor) -> list[Task]:
    """民情: what voters and deputies brought to the stations one answers for."""
    if not actor.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER):
        return []
    rows = Issue.objects.to_do(actor).waiting().select_related("station")
    tasks = [
        Task(
            f"民情{row.get_state_display()}",
            f"{row.title}。{row.station.name}。",
            "去办",
            reverse("stations:issue", args=[row.pk]),
            due_on=row.due_on,
            since=timezone.localdate(row.raised_at),
        )
        for row in rows
    ]
    words = "待分流、办理中和待告知群众的，期限最近的排在前面。"
    whole = Task(f"{len(tasks)} 件民情没有办完", words, "去办", reverse("stations:issues"))
    return few(tasks, whole)


def _to_note(actor: Actor, today: date) -> list[Task]:
    """空岗: past reception days of one's places of which nobody has said who came."""
    if not actor.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER):
        return []
    tasks = [
        Task(
            "接待日没有登记到岗",
            f"{row.day.station.name}，{day(row.day.held_on, today)}。来过的补登，没来的登记缺岗。",
            "去补登",
            f"{reverse('stations:station_rota', args=[row.day.station_id])}"
            f"?year={row.day.planned_on.year}#day-{row.day.pk}",
            since=row.day.held_on,
        )
        for row in empty_days(actor, today)
        if row.waits
    ]
    words, url = "来过的补登，没来的登记缺岗。", reverse("stations:empty_days")
    return few(tasks, Task(f"{len(tasks)} 个接待日没有登记到岗", words, "去补登", url))


def _to_check_over(actor: Actor, today: date) -> list[Task]:
    """六有: the places one keeps that nobody has checked this year."""
    if not actor.is_a(Role.KEEPER) or actor.user is None:
        return []
    done = StationCheck.objects.filter(checked_on__year=today.year).values("station")
    tasks = [
        Task(
            "六有自查",
            f"{place.name} {today.year} 年还没有自查。",
            "去查",
            reverse("stations:check_station", args=[place.pk]),
        )
        for place in Station.objects.kept_by(actor.user).exclude(pk__in=done)
    ]
    whole = Task(f"{len(tasks)} 个家站还没有自查", "六有", "去查", reverse("stations:my_stations"))
    return few(tasks, whole)
