"""现场签到 as screens show it: which code was shown when, who came, and what looks odd."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localtime

from congress.shared.qr import qr_bits
from deputies.models import Deputy
from stations.models import Activity, CheckIn, CheckInWay
from stations.permissions.checkins import hours_of
from stations.rules import CODE_MINUTES, CODE_SECONDS, LATE_MINUTES, REPLAY_DAYS
from stations.screen_codes import drawn, shown_at, step_at
from stations.states import ActivityState

NOTHING = timedelta(0)
AHEAD = timedelta(hours=1)
"""So long a screen goes on without a line."""


class Shown(NamedTuple):
    activity: Activity
    at: datetime


def code_shown(
    code: str, deputy: Deputy, at: datetime, activity: Activity | None = None
) -> Shown | None:
    """Which of the activities that a deputy is called to showed this code, and when."""
    day = localtime(at).date()
    beside = timedelta(minutes=CODE_MINUTES.on(day))
    rows = Activity.objects.exclude(state=ActivityState.CALLED_OFF).filter(
        invitees__deputy=deputy,
        starts_at__lte=at + beside,
        ends_at__gte=at - beside - timedelta(days=REPLAY_DAYS.on(day)),
    )
    if activity:
        rows = rows.filter(pk=activity.pk)
    for one in rows.order_by("-starts_at", "-pk"):
        hours = hours_of(one)
        seconds = CODE_SECONDS.on(one.held_on)
        shown = shown_at(one.pk, code, at, *hours, seconds) if hours else None
        if shown:
            return Shown(one, shown)
    return None


class Step(NamedTuple):
    """One code as the screen draws it: its span, its figures, its QR code's bits as hex."""

    step: int
    figures: str
    bits: str


@dataclass(frozen=True)
class Screen:
    """What the screen needs to go on by itself for a while."""

    seconds: int
    side: int
    steps: list[Step]


def screen(activity: Activity, now: datetime, address: str, *, ahead: timedelta = AHEAD) -> Screen:
    """The codes from now on, to the end of the hours of signing in at most."""
    hours, seconds = hours_of(activity), CODE_SECONDS.on(activity.held_on)
    first = step_at(now, seconds)
    last = step_at(min(now + ahead, hours.closes if hours else now), seconds)
    steps, side = [], 0
    for step in range(first, max(first, last) + 1):
        figures = drawn(activity.pk, step, seconds)
        side, bits = qr_bits(f"{address}#{activity.pk}.{figures}")
        steps.append(Step(step, figures, bits))
    return Screen(seconds, side, steps)


ODD_DEVICE = "同一部手机签了几位代表"
ODD_STALE = "签到码换过以后才用"
ODD_LATE = "过后才传上来"
ODD_AFTER = "到场名单登记以后才收到"
ODD_HOURS = "不在签到时间里"
ODD_OWN = "自己给自己代签"
ODD_TWO = "同一时间还签了另一次活动"


@dataclass(frozen=True)
class Line:
    """One who came: when, how, and what the organiser should look at."""

    pk: int
    deputy: int
    name: str
    at: datetime
    how: str
    odd: list[str]


def lines(activity: Activity) -> list[Line]:
    """Everybody who signed in, those with something odd first; three queries, however many."""
    rows = list(CheckIn.objects.present_at(activity).select_related("entered_by"))
    hours = hours_of(activity)
    late = timedelta(minutes=LATE_MINUTES.on(activity.held_on))
    spent = timedelta(seconds=2 * CODE_SECONDS.on(activity.held_on))
    shared, elsewhere = _of_one_device(rows), _elsewhere(activity)
    found = []
    for row in rows:
        odd = []
        if row.pk in shared:
            odd.append(f"{ODD_DEVICE}（{'、'.join(shared[row.pk])}）")
        if row.code_at and row.at >= row.code_at + spent:
            odd.append(f"{ODD_STALE}（{localtime(row.code_at):%H:%M:%S} 的码）")
        if row.received_at - row.at > late:
            odd.append(f"{ODD_LATE}（{localtime(row.received_at):%-m 月 %-d 日 %H:%M}）")
        if activity.registered_at and row.received_at > activity.registered_at:
            odd.append(ODD_AFTER)
        if hours and not hours.opens <= row.at <= hours.closes:
            odd.append(ODD_HOURS)
        if row.way == CheckInWay.HAND and row.entered_by_id == row.deputy.user_id:
            odd.append(ODD_OWN)
        if row.deputy_id in elsewhere:
            odd.append(f"{ODD_TWO}（{elsewhere[row.deputy_id]}）")
        found.append(Line(row.pk, row.deputy_id, row.deputy.name, row.at, _how(row), odd))
    return sorted(found, key=lambda line: not line.odd)


def _how(row: CheckIn) -> str:
    if row.way == CheckInWay.CODE:
        return CheckInWay.CODE.label
    why = f"：{row.reason}" if row.reason else ""
    return f"{row.get_way_display()}（{row.entered_by.name}{why}）"


def _of_one_device(rows: Iterable[CheckIn]) -> dict[int, list[str]]:
    """Rows of one phone for several deputies; an organiser's tablet is meant to do that."""
    by_device = defaultdict(list)
    for row in rows:
        if row.device and row.way == CheckInWay.CODE:
            by_device[row.device].append(row)
    several = [found for found in by_device.values() if len(found) > 1]
    return {row.pk: [one.deputy.name for one in found] for found in several for row in found}


def _elsewhere(activity: Activity) -> dict[int, str]:
    """Deputies who signed in to another activity whose hours overlap with this one's."""
    if activity.starts_at is None:
        return {}
    rows = CheckIn.objects.filter(
        deputy__in=activity.check_ins.values("deputy"),
        activity__starts_at__lt=activity.ends_at,
        activity__ends_at__gt=activity.starts_at,
    ).exclude(activity=activity)
    return dict(rows.values_list("deputy", "activity__title"))


class Awaited(NamedTuple):
    """One who is called and has not signed in; the job tells two of one name apart."""

    pk: int
    name: str
    job: str
    answer: str


def awaited(activity: Activity) -> list[Awaited]:
    """Who has not signed in yet, by strokes, with what they said beforehand."""
    rows = activity.invitees.exclude(deputy__in=activity.check_ins.values("deputy"))
    rows = rows.select_related("deputy").in_name_order()
    names = Counter(row.deputy.name for row in rows)
    return [
        Awaited(
            row.deputy_id,
            row.deputy.name,
            row.deputy.job if names[row.deputy.name] > 1 else "",
            row.get_state_display(),
        )
        for row in rows
    ]


class Mine(NamedTuple):
    """One of the deputy's own activities of these days, signed in or not."""

    pk: int
    title: str
    when: str
    place: str
    at: str


def of_these_days(deputy: Deputy, now: datetime) -> list[Mine]:
    """今天的活动: what a deputy can sign in to today, and when they did."""
    day = localtime(now).date()
    rows = Activity.objects.exclude(state=ActivityState.CALLED_OFF)
    rows = rows.filter(invitees__deputy=deputy, held_on=day, starts_at__isnull=False)
    known = dict(
        CheckIn.objects.filter(deputy=deputy, activity__in=rows).values_list("activity", "at")
    )
    return [
        Mine(
            one.pk,
            one.title,
            f"{localtime(one.starts_at):%H:%M}—{localtime(one.ends_at):%H:%M}",
            one.place,
            f"{localtime(known[one.pk]):%H:%M}" if one.pk in known else "",
        )
        for one in rows.order_by("starts_at", "pk")
    ]
