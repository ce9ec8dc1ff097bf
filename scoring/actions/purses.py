"""开立兑换额度、按更正后的等次调整: a purse follows last year's grade and touches no rank."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Notice, User
from congress.shared.workflow import in_turn, lock, record, refuse_if
from scoring.actions.shop_books import enter
from scoring.models import Purse, PurseLine, PurseLineKind, ReviewCycle
from scoring.permissions.purses import last_day, why_not_adjust_purse, why_not_open_purses
from scoring.queries.purses import Entitlement, credited, entitled, to_open


@transaction.atomic
def open_purses(cycle: ReviewCycle, *, by: Actor, today: date) -> list[Purse]:
    """开立: who serves and by this review's grade has a purse for the year after gets it, once."""
    in_turn("scoring.open_purses")  # the reviews of two congresses may name the same deputy
    cycle = lock(cycle)
    refuse_if(why_not_open_purses(by, cycle, today))
    year, until = cycle.year + 1, last_day(cycle.year + 1, today)
    new = [each for each in to_open(year, today) if each.grading.cycle_id == cycle.pk]
    made = Purse.objects.bulk_create(_purse(each, year, until) for each in new)
    PurseLine.objects.bulk_create(
        _credit(row, each, by.user) for row, each in zip(made, new, strict=True)
    )
    if made:
        record(cycle, "purses_opened", by=by, note=f"{len(made)} 人")
        notices.write_each(_told(row) for row in made if row.deputy.user)
    return made


@transaction.atomic
def adjust_purse(purse: Purse, *, by: Actor, today: date) -> PurseLine:
    """按更正后的等次调整: what the standing grade gives, never below zero; what is spent stays."""
    purse = lock(purse)
    refuse_if(why_not_adjust_purse(by, purse, today))
    on = timezone.localdate(purse.opened_at)  # by the rules under which it was opened
    now = entitled(purse.year, on, purse.deputy_id).get(purse.deputy_id)
    if now is None or now.grade == purse.grade:
        raise Refused(f"{purse.deputy.name}的等次没有变化，不用调整。")
    change = max(now.points - credited(purse), -purse.available)
    said = f"{purse.year - 1} 年的等次由{purse.grade}更正为{now.grade}"
    purse.grading, purse.grade = now.grading, now.grade
    purse.save(update_fields=["grading", "grade"])
    moved = {"available": change, "held": 0, "note": said, "by": by.user}
    line = enter(purse, PurseLine(kind=PurseLineKind.ADJUSTMENT, **moved))
    record(purse, "purse_adjusted", by=by, note=f"{said}，{change:+d}")
    notices.write(
        [purse.deputy.user],
        key=f"scoring.purse_adjusted:{line.pk}",
        text=f"您{said}，积分超市的兑换分{_moved(change)}，现在可用 {purse.available} 分。"
        "已经预留和领取的不受影响。",
        link=reverse("scoring:shop"),
    )
    return line


def _purse(found: Entitlement, year: int, until: date) -> Purse:
    return Purse(
        deputy=found.grading.deputy,
        year=year,
        grading=found.grading,
        grade=found.grade,
        good_until=until,
        available=found.points,
    )


def _credit(row: Purse, found: Entitlement, who: User | None) -> PurseLine:
    moved = {"available": found.points, "held": 0}
    note = f"{row.year - 1} 年{found.grade}"
    return PurseLine(purse=row, kind=PurseLineKind.CREDIT, **moved, note=note, by=who)


def _told(row: Purse) -> Notice:
    until = f"{row.good_until.month} 月 {row.good_until.day} 日"
    return Notice(
        person=row.deputy.user,
        key=f"scoring.purse:{row.pk}",
        text=f"您 {row.year - 1} 年评为{row.grade}，{row.year} 年在联络站积分超市有 "
        f"{row.available} 兑换分，用到 {until}。兑换不影响履职积分和排名。",
        link=reverse("scoring:shop"),
    )


def _moved(change: int) -> str:
    if change == 0:
        return "不再增减"
    return f"增加 {change} 分" if change > 0 else f"减少 {-change} 分"
