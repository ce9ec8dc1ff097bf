"""今日待办 of the deputy-affairs office: every queue with its age and limit, and the lights."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Min, Q
from django.urls import reverse
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import Works, reception_days, working_days_until
from congress.shared.models import Workday
from congress.shared.pictures import UnitLights, lights_by_unit
from deputies.models import DutyRecord, RosterImport
from deputies.states import DutyState, ImportState
from proposals.models import Assignment, Proposal
from proposals.rules import ASSIGN_DAYS, NEAR_DAYS, PUBLISH_DAYS, REVIEW_DAYS
from proposals.states import State, UnitRole
from scoring.models import ReviewCycle
from scoring.queries.queue import CHECK, VERIFY, Step
from scoring.states import CycleState

UNITS_SHOWN = 10
ALARMS_SHOWN = 5


@dataclass(frozen=True)
class Queue:
    """One kind of waiting work: how many, how old, and where it is done."""

    title: str
    count: int
    words: str
    kind: str
    url: str


@dataclass(frozen=True)
class Alarm:
    """What must be dealt with today."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class OfficeDesk:
    today: str
    waiting: int
    late: int
    alarms: list[Alarm]
    queues: list[Queue]
    lights: str
    lights_narrow: str
    open_count: int
    month: list["Day | None"]
    month_name: str


@dataclass(frozen=True)
class Day:
    """A day of the month's sheet."""

    number: int
    words: str
    kind: str


def desk(by: Actor, today: date) -> OfficeDesk:
    """Everything the workbench opens on; the queues most in need first."""
    works = Workday.objects.works()
    queues = sorted(_queues(by, today, works), key=lambda queue: _URGENT[queue.kind])
    units = _units(today, works)
    return OfficeDesk(
        today=f"{today.month} 月 {today.day} 日",
        waiting=sum(queue.count for queue in queues),
        late=Proposal.objects.overdue(today).count(),
        alarms=_alarms(today),
        queues=queues,
        lights=lights_by_unit(units),
        lights_narrow=lights_by_unit(units, narrow=True),
        open_count=sum(unit.late + unit.soon + unit.ok for unit in units),
        month=_month(today, works),
        month_name=f"{today.year} 年 {today.month} 月",
    )


_URGENT = {"late": 0, "soon": 1, "ok": 2, "off": 3}


def _queues(by: Actor, today: date, works: Works) -> list[Queue]:
    duties = DutyRecord.objects.aggregate(
        check=Count("pk", filter=Q(state=DutyState.REPORTED)),
        check_from=Min("reported_at", filter=Q(state=DutyState.REPORTED)),
        verify=Count("pk", filter=Q(state=DutyState.CHECKED)),
        verify_from=Min("reported_at", filter=Q(state=DutyState.CHECKED)),
    )
    loop = Proposal.objects.aggregate(
        review=Count("pk", filter=Q(state=State.SUBMITTED)),
        review_from=Min("submitted_on", filter=Q(state=State.SUBMITTED)),
        assign=Count("pk", filter=Q(state=State.ACCEPTED)),
        assign_from=Min("accepted_on", filter=Q(state=State.ACCEPTED)),
        publish=Count("pk", filter=Q(state=State.ANSWERED, withheld_reason="")),
        publish_from=Min("answered_on", filter=Q(state=State.ANSWERED, withheld_reason="")),
    )
    imports = RosterImport.objects.filter(state=ImportState.PREVIEWED).count()
    reviews = ReviewCycle.objects.filter(state=CycleState.OPEN).count()
    desk_url = reverse("proposals:review")
    aged = [
        ("履职记录待核对", duties, CHECK.name, CHECK.days, _duties_url(by, CHECK)),
        ("履职记录待核实", duties, VERIFY.name, VERIFY.days, _duties_url(by, VERIFY)),
        ("建议待审查", loop, "review", REVIEW_DAYS, desk_url),
        ("建议待交办", loop, "assign", ASSIGN_DAYS, desk_url),
        ("答复待公开", loop, "publish", PUBLISH_DAYS, desk_url),
    ]
    return [
        _aged(title, found[step], found[f"{step}_from"], days.on(today), url, today, works)
        for title, found, step, days, url in aged
    ] + [
        Queue(
            "名册导入待确认",
            imports,
            "看过判定再确认" if imports else "没有等着的",
            "ok" if imports else "off",
            reverse("admin:deputies_rosterimport_changelist"),
        ),
        Queue(
            "年度评价征集中",
            reviews,
            "意见齐了再评定" if reviews else "没有启动的",
            "ok" if reviews else "off",
            reverse("admin:scoring_reviewcycle_changelist"),
        ),
    ]


def _duties_url(by: Actor, step: Step) -> str:
    """Where the office works; others at the desk see the same records and leave them alone."""
    if by.is_staff:
        return reverse(step.page)
    return f"{reverse('admin:deputies_dutyrecord_changelist')}?state__exact={step.state}"


def _aged(
    title: str,
    count: int,
    oldest: date | datetime | None,
    limit: int,
    url: str,
    today: date,
    works: Works,
) -> Queue:
    if oldest is None:
        return Queue(title, 0, "没有等着的", "off", url)
    since = timezone.localdate(oldest) if isinstance(oldest, datetime) else oldest
    waited = working_days_until(since, today, works)
    kind = "late" if waited > limit else "soon" if waited > limit // 2 else "ok"
    return Queue(title, count, f"最久 {waited} 个工作日，限 {limit}", kind, url)


def _alarms(today: date) -> list[Alarm]:
    late = Proposal.objects.overdue(today).select_related("lead").order_by("due_on")[:ALARMS_SHOWN]
    return [
        Alarm(
            "办理超期",
            f"{row.number} {row.title}（应于 {row.due_on.month} 月 {row.due_on.day} 日前答复）",
            reverse("proposals:dossier", args=[row.pk]),
        )
        for row in late
        if row.due_on
    ]


def _units(today: date, works: Works) -> list[UnitLights]:
    near = NEAR_DAYS.on(today)
    rows = Assignment.objects.filter(role=UnitRole.LEAD).values_list(
        "unit__short_name", "proposal__state", F("due_on")
    )
    counts: dict[str, list[int]] = {}
    for unit, state, due_on in rows:
        slot = 3
        if state == State.ASSIGNED:
            left = working_days_until(today, due_on, works)
            slot = 0 if due_on < today else 1 if left <= near else 2
        counts.setdefault(unit, [0, 0, 0, 0])[slot] += 1
    order = sorted(counts.items(), key=lambda pair: [-number for number in pair[1]])
    return [UnitLights(unit, *numbers) for unit, numbers in order[:UNITS_SHOWN]]


def _month(today: date, works: Works) -> list[Day | None]:
    first = today.replace(day=1)
    due = dict(
        Proposal.objects.in_hand()
        .filter(due_on__year=today.year, due_on__month=today.month)
        .values_list("due_on")
        .annotate(Count("pk"))
    )
    receptions = set(reception_days(today.year))
    days: list[Day | None] = [None] * first.weekday()
    for number in range(1, 32):
        try:
            day = first.replace(day=number)
        except ValueError:
            break
        words = f"{due[day]} 件到期" if day in due else "接待日" if day in receptions else ""
        kind = "now" if day == today else "" if works(day) else "off"
        days.append(Day(number, words, kind))
    return days
