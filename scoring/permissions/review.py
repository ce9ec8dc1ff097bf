"""年度评价: who may open it, give an opinion, decide; and what the yearly run waits for."""

from datetime import date

from django.db.models import Max
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Assembly, Workday
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from scoring.models import Appeal, Entry, Grading, ReviewCycle
from scoring.rules import APPEAL_DAYS
from scoring.states import CycleState, Step

PARTIES = {
    Step.SELF: (Role.DEPUTY, "本人自评只能由代表本人提交。"),
    Step.GROUP: (Role.CONVENOR, "小组核校由代表小组召集人提交。"),
    Step.TOWNSHIP: (Role.TOWNSHIP_CLERK, "乡镇参评由乡镇人大提交。"),
}
"""三方意见. The committee's own part is the year's points and its decision."""


def why_not_open_cycle(
    by: Actor, assembly: Assembly | None = None, year: int | None = None, today: date | None = None
) -> str | None:
    """启动: the office's director, once for each year of an assembly, when the year has begun."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以启动年度评价。"
    if year and today and year > today.year:
        return f"{year} 年还没有开始，不能启动评价。"
    if assembly and year and ReviewCycle.objects.filter(assembly=assembly, year=year).exists():
        return f"{year} 年的评价已经启动。"
    return None


def why_not_appraise(
    by: Actor, cycle: ReviewCycle | None = None, step: Step | None = None
) -> str | None:
    """提交意见: each party its own part, while opinions are taken."""
    if step and step not in PARTIES:
        return "常委会的意见在评定时一并作出。"
    if step and not by.is_a(PARTIES[step][0]):
        return PARTIES[step][1]
    if cycle and cycle.state != CycleState.OPEN:
        return f"{cycle.year} 年的评定已经作出，不再接收意见。"
    return None


def why_not_decide(by: Actor, cycle: ReviewCycle, today: date) -> str | None:
    """评定: the director enters what the committee decided, once, when nothing is contestable."""
    if not by.is_a(Role.STAFF_DIRECTOR):
        return "只有代工委主任可以录入常委会的评定。"
    if contested := Appeal.objects.open().of_year(cycle.assembly_id, cycle.year).count():
        return f"还有 {contested} 条积分异议没有答复，全部答复以后再评定。"
    return why_not_move(cycle, CycleState.DECIDED) or _why_not_yet(cycle, today)


def _why_not_yet(cycle: ReviewCycle, today: date) -> str | None:
    """异议期: the decision cuts nobody's days short, those of the year's last line are over."""
    lines = Entry.objects.filter(assembly=cycle.assembly_id, year=cycle.year)
    last = lines.aggregate(at=Max("posted_at"))["at"]
    if last is None:
        return None
    days, posted_on = APPEAL_DAYS.on(today), timezone.localdate(last)
    until = add_working_days(posted_on, days, Workday.objects.works())
    if today > until:
        return None
    return (
        f"这一年最后一笔积分是 {_day(posted_on)}记的，代表到 {_day(until)}为止可以提出异议，"
        "过了这一天再评定。"
    )


def why_not_seal_file(grading: Grading) -> str | None:
    """归档: once for each decided deputy."""
    if grading.cycle.state != CycleState.DECIDED:
        return "评定以后才能归档。"
    if Grading.objects.sealed().filter(pk=grading.pk).exists():
        return "这份档案已经归档。"
    return None


def why_not_finish(cycle: ReviewCycle) -> str | None:
    """归档完成: when nobody's file is left to make."""
    left = cycle.gradings.unsealed().count()
    if left:
        return f"还有 {left} 人没有归档。"
    return why_not_move(cycle, CycleState.SEALED)


def _day(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
