"""兑换额度: what last year's grade gives, and why somebody has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.timezone import localdate

from deputies.models import Deputy
from scoring.models import Grade, Grading, Purse, PurseLineKind
from scoring.permissions.purses import GRADES_STAND, last_day
from scoring.permissions.redeeming import why_not_serving
from scoring.rules import PURSE_STARS, PURSES


@dataclass(frozen=True)
class Entitlement:
    """What one deputy may have in a year, by which grading; zero points are no purse."""

    grading: Grading
    grade: Grade
    points: int


def points_by_grade(day: date) -> Mapping[int, int]:
    """By the position of the grade, as the county's rules of that day say."""
    return {position: rule.on(day) for position, rule in PURSES.items()}


def entitled(year: int, day: date, *deputies: int) -> dict[int, Entitlement]:
    """By deputy, of the final reviews of the year before; of two congresses the better counts."""
    known, stars = points_by_grade(day), PURSE_STARS.on(day)
    rows = Grading.objects.filter(cycle__year=year - 1, cycle__state__in=GRADES_STAND)
    if deputies:
        rows = rows.filter(deputy__in=deputies)
    found: dict[int, Entitlement] = {}
    for row in rows.with_standing_grade().select_related("deputy__user").order_by("pk"):
        grade = row.standing_grade
        points = known.get(grade.position, 0) if row.stars >= stars else 0
        best = found.get(row.deputy_id)
        if best is None or points > best.points:
            found[row.deputy_id] = Entitlement(row, grade, points)
    return found


def to_open(year: int, today: date) -> list[Entitlement]:
    """Who serves, may have a purse of that year and has none yet; nobody once it has run out."""
    if today > last_day(year, today):
        return []
    known = set(Purse.objects.filter(year=year).values_list("deputy", flat=True))
    serving = set(Deputy.objects.serving(today).values_list("pk", flat=True))
    found = entitled(year, today)
    return [each for pk, each in found.items() if each.points and pk in serving - known]


def over(purse: Purse) -> int:
    """What a lower grade would have taken from the purse and a hold kept from it."""
    now = entitled(purse.year, localdate(purse.opened_at), purse.deputy_id).get(purse.deputy_id)
    if now is None or now.grade.pk != purse.grade_id:
        return 0  # not adjusted yet: that takes it all
    return max(credited(purse) - now.points, 0)


def credited(purse: Purse) -> int:
    """What the grade has given so far, corrections counted."""
    rows = purse.lines.filter(kind__in=(PurseLineKind.CREDIT, PurseLineKind.ADJUSTMENT))
    return rows.aggregate(sum=Sum("available"))["sum"] or 0


def out_of_step(year: int) -> list[Purse]:
    """Purses whose grade is no longer the one that stands, by the rules of the day they opened."""
    by_day: dict[date, list[Purse]] = {}
    for row in Purse.objects.filter(year=year).select_related("grade", "deputy"):
        by_day.setdefault(localdate(row.opened_at), []).append(row)
    found = []
    for day, rows in by_day.items():
        now = entitled(year, day)
        found += [row for row in rows if now[row.deputy_id].grade.pk != row.grade_id]
    return found


def why_no_purse(deputy: Deputy, today: date) -> str:
    """To whoever has none: what last year came to, who has one, and what to do."""
    names = "、".join(_grades(today))
    rule = f"上一年评为{names}的代表有兑换额度" if names else "现在没有等次有兑换额度"
    run_out = Purse.objects.filter(deputy=deputy, year=today.year).first()
    if run_out:
        return f"{today.year} 年的兑换额度用到 {run_out.good_until:%-m 月 %-d 日}，已经过期。"
    graded = Grading.objects.filter(deputy=deputy, cycle__year=today.year - 1)
    rows = list(graded.with_standing_grade().select_related("cycle"))
    row = min(rows, key=lambda each: each.standing_grade.position, default=None)
    if row is None:
        return f"{rule}；{today.year - 1} 年的评价里没有您的等次。"
    if row.cycle.state not in GRADES_STAND:
        return f"{rule}；{today.year - 1} 年的评价还没有定下来，定了以后会通知您。"
    if points_by_grade(today).get(row.standing_grade.position, 0):
        if no := why_not_serving(deputy, today):
            return no
        last = last_day(today.year, today)
        if today > last:
            return f"{rule}；{today.year} 年的额度用到 {last:%-m 月 %-d 日}，已经过了。"
        return f"{rule}；{today.year} 年的额度还没有开立，开立以后会通知您。"
    return f"{rule}；您 {today.year - 1} 年的等次是{row.standing_grade}。"


def _grades(day: date) -> list[str]:
    known = points_by_grade(day)
    return [each.name for each in Grade.objects.all() if known.get(each.position, 0)]
