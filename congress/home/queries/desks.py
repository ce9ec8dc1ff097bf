"""What waits for each post, ready to print: the first screen after signing in."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from congress.shared.actors import Actor
from congress.shared.calendar import reception_days, working_days_until
from congress.shared.models import Notice, Workday
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup, DutyRecord, Mandate
from deputies.states import DutyState
from proposals.queries import deputies as own_proposals
from proposals.queries.clocks import Light, weekday
from scoring.models import ReviewCycle, YearTotal
from scoring.queries.board import standing
from scoring.queries.review import left_to_appraise
from scoring.states import Step
from stations.models import Activity, Posting


@dataclass(frozen=True)
class Task:
    """One thing that waits: what it is, and the one act that does it."""

    title: str
    words: str
    verb: str
    url: str
    light: Light | None = None


@dataclass(frozen=True)
class ReceptionDay:
    """The next 逢十接待日."""

    month: str
    day: str
    weekday: str
    left: str


@dataclass(frozen=True)
class Standing:
    """A deputy's year so far in one congress."""

    total: str
    base: str
    bonus: str
    rank: str


@dataclass(frozen=True)
class DeputyDesk:
    name: str
    delegation: str
    today: str
    tasks: list[Task]
    reception: ReceptionDay
    station: str
    standing: Standing | None
    led: int
    signed: int
    notices: list[Notice]


def next_reception(today: date) -> ReceptionDay:
    """The coming 10th, 20th or 30th, today included."""
    days = reception_days(today.year) + reception_days(today.year + 1)[:1]
    day = next(each for each in days if each >= today)
    left = (day - today).days
    words = "就是今天" if not left else f"还有 {left} 天"
    return ReceptionDay(f"{day.month} 月", str(day.day), weekday(day), words)


def deputy(actor: Actor, today: date) -> DeputyDesk | None:
    """我的待办: what waits for this deputy, their next reception day, their year."""
    person = Deputy.objects.filter(user=actor.user).first()
    if person is None:  # a post given by hand, before the register knows the account
        return None
    seats = Mandate.objects.running(today).filter(deputy=person)
    seat = seats.select_related("delegation", "term__assembly__level").first()
    lines = own_proposals.mine(actor, today)
    tasks = [*_returned(actor), *_proposals(lines), *_self_review(actor, today)]
    postings = Posting.objects.running(today).filter(deputy=person)
    posting = postings.select_related("station").first()
    return DeputyDesk(
        name=person.name,
        delegation=str(seat.delegation) if seat and seat.delegation else "",
        today=f"{today.month} 月 {today.day} 日 {weekday(today)}",
        tasks=tasks,
        reception=next_reception(today),
        station=posting.station.name if posting else "",
        standing=_standing(person, seat, today),
        led=sum(line.leads for line in lines),
        signed=sum(not line.leads for line in lines),
        notices=list(Notice.objects.unread(actor.user)[:5]) if actor.user else [],
    )


def _returned(actor: Actor) -> list[Task]:
    rows = DutyRecord.objects.visible_to(actor).filter(state=DutyState.RETURNED)
    return [
        Task(
            f"{row.item.short_name}的记录退回了",
            f"{row.done_on.month} 月 {row.done_on.day} 日。{row.return_reason}",
            "补一补",
            reverse("deputies:resubmit", args=[row.pk]),
        )
        for row in rows.select_related("item").order_by("done_on")[:5]
    ]


def _proposals(lines: list[own_proposals.Line]) -> list[Task]:
    return [
        Task(
            line.proposal.title,
            "；".join(line.waits),
            "去看看",
            reverse("proposals:detail", args=[line.proposal.pk]),
            line.light,
        )
        for line in lines
        if line.waits
    ]


def _self_review(actor: Actor, today: date) -> list[Task]:
    return [
        Task(
            f"{cycle.year} 年自评",
            "写几句今年做了什么，给自己打个分。",
            "写自评",
            reverse("scoring:self_review"),
        )
        for cycle, _ in _to_be_appraised(Step.SELF, actor, today)
    ]


def _to_be_appraised(step: Step, actor: Actor, today: date) -> list[tuple[ReviewCycle, int]]:
    """Open reviews in which this party still owes an opinion, and of how many deputies."""
    cycles = ReviewCycle.objects.gathering()
    owed = [(cycle, left_to_appraise(cycle, step, actor, today)) for cycle in cycles]
    return [(cycle, left) for cycle, left in owed if left]


def _standing(person: Deputy, seat: Mandate | None, today: date) -> Standing | None:
    if seat is None:
        return None
    place = seat.term.assembly
    own = YearTotal.objects.filter(assembly=place, year=today.year, deputy=person).first()
    if own is None:
        return Standing("0.0", "0.0", "0.0", "今年还没有记分")
    found = standing(place, today.year, own.total, today)
    return Standing(
        str(own.total),
        str(own.base),
        str(own.bonus),
        f"{found.of} 位{place.level.name}代表中排第 {found.rank}",
    )


@dataclass(frozen=True)
class OrganiserDesk:
    name: str
    post: str
    today: str
    tasks: list[Task]
    groups: list[DeputyGroup]
    activities: list[Activity]
    reception: ReceptionDay
    notices: list[Notice]


def organiser(actor: Actor, today: date) -> OrganiserDesk:
    """待办 of whoever calls activities: township clerk, convenor, keeper."""
    groups = DeputyGroup.objects.visible_to(actor).standing(today).with_size(today)
    activities = Activity.objects.visible_to(actor).select_related("item", "group")
    return OrganiserDesk(
        name=actor.name,
        post=actor.title,
        today=f"{today.month} 月 {today.day} 日 {weekday(today)}",
        tasks=[*_to_check(actor, today), *_to_appraise(actor, today)],
        groups=list(groups.order_by("area__position", "position")),
        activities=list(activities[:5]),
        reception=next_reception(today),
        notices=list(Notice.objects.unread(actor.user)[:5]) if actor.user else [],
    )


def _to_check(actor: Actor, today: date) -> list[Task]:
    if not actor.is_a(Role.TOWNSHIP_CLERK):
        return []
    rows = DutyRecord.objects.visible_to(actor).to_check()
    oldest = rows.order_by("done_on").values_list("done_on", flat=True).first()
    if oldest is None:
        return []
    waited = working_days_until(oldest, today, Workday.objects.works())
    return [
        Task(
            f"{rows.count()} 条履职记录待核对",
            f"最早的已等 {waited} 个工作日。",
            "去核对",
            reverse("scoring:check_queue"),
        )
    ]


def _to_appraise(actor: Actor, today: date) -> list[Task]:
    parts = {
        Role.CONVENOR: (Step.GROUP, "小组核校"),
        Role.TOWNSHIP_CLERK: (Step.TOWNSHIP, "乡镇参评"),
    }
    if actor.role not in parts:
        return []
    step, words = parts[actor.role]
    return [
        Task(
            f"{cycle.year} 年{words}",
            f"还有 {left} 位代表没有评：打个分、写一句意见，别的方面看不到。",
            "去评价",
            reverse("scoring:appraise"),
        )
        for cycle, left in _to_be_appraised(step, actor, today)
    ]
