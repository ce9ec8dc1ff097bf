"""评定和归档: who may decide, and what the yearly run waits for."""

from datetime import date

from django.db.models import Max
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.calendar import add_working_days
from congress.shared.models import Workday
from congress.shared.workflow import why_not_move
from scoring.models import Appeal, Entry, Grading, ReviewCycle
from scoring.permissions.cycle import why_not_before_cut_off
from scoring.rules import APPEAL_DAYS
from scoring.states import CycleState


def why_not_decide(by: Actor, cycle: ReviewCycle, today: date) -> str | None:
    """评定: the director enters what the committee decided, once, when nothing is contestable."""
    if not by.directs_office:
        return "只有代工委主任可以录入常委会的评定。"
    if many := contested(cycle):
        return f"还有 {many} 条积分异议没有答复，全部答复以后再评定。"
    return (
        why_not_move(cycle, CycleState.DECIDED)
        or why_not_before_cut_off(cycle, today)
        or _why_not_yet(cycle, today)
    )


def contested(cycle: ReviewCycle) -> int:
    """How many of the year's lines are objected to and not answered."""
    of_year = Appeal.objects.open().of_year(cycle.assembly_id, cycle.year)
    return of_year.filter(entry__record__done_on__lte=cycle.cut_off_on).count()


def _why_not_yet(cycle: ReviewCycle, today: date) -> str | None:
    """异议期: the decision cuts nobody's days short, those of the year's last line are over."""
    lines = Entry.objects.filter(
        assembly=cycle.assembly_id, year=cycle.year, record__done_on__lte=cycle.cut_off_on
    )
    last = lines.aggregate(at=Max("posted_at"))["at"]
    if last is None:
        return None
    days, posted_on = APPEAL_DAYS.on(today), timezone.localdate(last)
    until = add_working_days(posted_on, days, Workday.objects.works())
    if today > until:
        return None
    return (
        f"这一年履职截止日以前的最后一笔积分是 {_day(posted_on)}记的，"
        f"代表到 {_day(until)}为止可以提出异议，过了这一天再评定。"
    )


def why_not_seal_file(grading: Grading) -> str | None:
    """归档: once for each deputy whose result is final."""
    if grading.cycle.state != CycleState.FINAL:
        return "公示结束、通报以后才能归档。"
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
