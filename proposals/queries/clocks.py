"""灯: how much time is left, in words. Lights mean time only."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from congress.shared.calendar import WEEKDAYS, Calendar, Works, add_working_days, working_days_until
from congress.shared.models import Workday
from congress.shared.templatetags import ui
from proposals.deadline import (
    Stand,
    Terms,
    carried,
    due_on,
    nominal,
    opinion_due_on,
    rolled,
    stood,
    that_move,
)
from proposals.models import Assignment, Proposal
from proposals.rules import NEAR_DAYS
from proposals.states import Part, State

LIGHTS = [(kind, ui.LIGHTS[kind]) for kind in ("late", "soon", "ok", "paused")]
"""Each kind with its word, what presses most first."""


class Light(NamedTuple):
    """`kind` for the light tag (ok, soon, late); `words` say how many working days."""

    kind: str
    words: str


@dataclass(frozen=True)
class Clock:
    """What every light of one page needs, fetched once."""

    today: date
    works: Calendar
    near: int

    @classmethod
    def on(cls, today: date) -> "Clock":
        return cls(today, Workday.objects.works(), NEAR_DAYS.on(today))

    @property
    def beyond(self) -> date:
        """The first day that is not 临近 yet."""
        return add_working_days(self.today, self.near + 1, self.works)

    def light(self, due_on: date) -> Light:
        """按期, 临近 or 超期, with working days."""
        left = working_days_until(self.today, due_on, self.works)
        if self.today > due_on:
            return Light("late", f"{-left} 个工作日")
        if self.today == due_on:
            return Light("soon", "今天到期")
        kind = "soon" if left <= self.near else "ok"
        return Light(kind, f"还有 {left} 个工作日")

    def pressing(self, proposal: Proposal) -> Assignment | None:
        """While it is in hand, the part that must answer first; a paused one when all are."""
        if proposal.state != State.ASSIGNED:
            return None
        owed = [
            each
            for each in proposal.parts
            if each.answers and each.due_on and each.state != Part.DONE
        ]
        moving = [each for each in owed if each.stands_still_since is None]
        return min(moving or owed, key=lambda each: each.due_on or self.today, default=None)

    def light_on(self, proposal: Proposal) -> Light | None:
        """Of the part that presses; 暂停 when every clock stands."""
        first = self.pressing(proposal)
        return self.light_of(first) if first else None

    def late_helpers(self, proposal: Proposal) -> list[Assignment]:
        """会办、协办 past their own day, which the light of the answer does not show."""
        if proposal.state != State.ASSIGNED:
            return []
        running = [each for each in proposal.parts if each.is_running]
        return [each for each in running if not each.answers and self.light_of(each).kind == "late"]

    def light_of(self, part: Assignment) -> Light:
        """The light of one part: while its clock stands it says so and nothing else."""
        if since := part.stands_still_since:
            return Light("paused", f"{day(since, self.today)}起")
        return self.light(part.due_on or self.today)


def day(on: date | None, today: date | None = None) -> str:
    """5 月 26 日; with the year when it is not this one's."""
    if on is None:
        return ""
    words = f"{on.month} 月 {on.day} 日"
    return f"{on.year} 年 {words}" if today and on.year != today.year else words


def waited(since: date, today: date, works: Works) -> str:
    """等了 3 个工作日; before one has passed, since which day: only what came today is 今天."""
    days = working_days_until(since, today, works)
    if days > 0:
        return f"等了 {days} 个工作日"
    return "今天" if since == today else f"{day(since, today)}起"


def weekday(on: date | None) -> str:
    return f"周{WEEKDAYS[on.weekday()]}" if on else ""


class DayReason(NamedTuple):
    """One line under 为什么是这一天: a day and what it is."""

    when: str
    words: str


def why_this_due_date(terms: Terms, works: Calendar) -> list[DayReason]:
    """为什么是这一天: start, rule, what was added, what stood still, the last day rolled."""
    usual = nominal(replace(terms, extra_months=0))
    law = "代表法第五十一条：交办之日起三个月内答复，涉及面广、难度大的六个月"
    steps = [
        DayReason(day(terms.assigned_on), "交办，次日起算"),
        DayReason(day(usual, terms.assigned_on), f"满 {terms.months} 个月（{law}）"),
    ]
    if terms.extra_months:
        words = f"延期 {terms.extra_months} 个月，从交办之日一并计算"
        steps.append(DayReason(day(nominal(terms), terms.assigned_on), words))
    moved, plain = _stood(terms, nominal(terms), works)
    steps += moved
    last = due_on(terms, works)
    if last != plain:
        steps.append(_rolled(plain, last, terms, works))
    none = "" if terms.stands or terms.extra_months else "；本件没有暂停，也没有延期"
    when = f"{day(last, terms.assigned_on)} {weekday(last)}"
    steps.append(DayReason(when, f"当天下班前答复都算按期{none}"))
    return steps


def _stood(terms: Terms, last: date, works: Calendar) -> tuple[list[DayReason], date]:
    """What stood still, each with its effect, and where that brings the plain last day."""
    counted = that_move(last, terms.stands, works, rolls=terms.rolls)
    steps = []
    for each in terms.stands:
        if each in counted:
            if each.from_on > last:
                steps.append(_rolled(last, rolled(last, works), terms, works))
            last = carried(last, each, works)
        steps.append(_one_stand(each, moves=each in counted))
    return steps, last


def _rolled(plain: date, last: date, terms: Terms, works: Calendar) -> DayReason:
    words = f"遇{works.why_free(plain, last)}，顺延到下一个工作日"
    return DayReason(day(plain, terms.assigned_on), words)


def _one_stand(stand: Stand, *, moves: bool) -> DayReason:
    effect = "期限顺延" if moves else "开始时期限已过，不再顺延"
    if stand.until_on is None:
        return DayReason(
            day(stand.from_on), f"起暂停，{'恢复后' if moves else ''}{effect}{_agreed(stand)}"
        )
    words = f"到 {day(stand.until_on)}前暂停 {stood([stand])} 天，{effect}{_agreed(stand)}"
    return DayReason(day(stand.from_on), words)


def _agreed(stand: Stand) -> str:
    return f"（经{stand.agreed_with}同意）" if stand.agreed_with else ""


def why_this_opinion_date(terms: Terms, days: int, works: Calendar, reply: date) -> list[DayReason]:
    """为什么是这一天, for who writes to the lead unit: opinion days, never after the reply."""
    last = opinion_due_on(terms, days, works, reply)
    plain = add_working_days(terms.assigned_on, days, works)
    steps = [
        DayReason(day(terms.assigned_on), "交办，次日起算"),
        DayReason(day(plain), f"第 {days} 个工作日（本县办理办法），会办、协办意见送主办单位"),
        *_stood(terms, plain, works)[0],
    ]
    if last == reply:
        steps.append(DayReason(day(reply), "主办单位答复的最后一天，意见不能比它晚"))
    elif last > reply:
        steps.append(DayReason(day(reply), "主办单位答复的最后一天已到，意见在下一个工作日送到"))
    return [*steps, DayReason(f"{day(last)} {weekday(last)}", "当天下班前送到都算按期")]


def why_this_objection_date(
    begins: date, last: date, days: int, works: Works, *, heard: bool
) -> list[DayReason]:
    """为什么是这一天, for objections: from 交办, or from the day on which a sheet was heard."""
    first, end = ("预交办，请单位看", "定稿交办后") if heard else ("交办", "过后交办")
    return [
        DayReason(day(begins), f"{first}，次日起算"),
        DayReason(day(last), f"第 {days} 个工作日（本县办理办法），当天还能提，{end}不再变更"),
        *_not_counted(begins, last, works),
    ]


def why_this_rate_date(
    replied_on: date, rate_until: date, days: int, works: Works
) -> list[DayReason]:
    """为什么是这一天, for the rating."""
    return [
        DayReason(day(replied_on), "收到答复，次日起算"),
        DayReason(day(rate_until), f"第 {days} 个工作日（本县办理办法），当天还能评、还能改"),
        *_not_counted(replied_on, rate_until, works),
    ]


def why_kept(counted: date, stands: date | None) -> list[DayReason]:
    """A day that would now be earlier and stands as it was told."""
    if stands is None or stands <= counted:
        return []
    words = "先前告知的最后一天，没有改到更早，到这一天都算按期"
    return [DayReason(f"{day(stands)} {weekday(stands)}", words)]


def _not_counted(begins: date, last: date, works: Works) -> list[DayReason]:
    """The days between that are no working days."""
    span = (last - begins).days
    free = sum(not works(begins + timedelta(days=each)) for each in range(1, span + 1))
    return [DayReason(f"{free} 天", "中间的周末和节假日，不算在内")] if free else []
