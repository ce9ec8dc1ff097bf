"""履职画像: one deputy's year as five axes, a calendar, a trend, three indices, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from congress.shared import pictures
from congress.shared.models import Assembly
from deputies.models import Deputy, DutyCategory, DutyRecord
from scoring import portrait as words
from scoring.models import Grading, YearTotal
from scoring.points import ZERO, plain
from scoring.portrait import Axis
from scoring.queries.board import Standing, last_day
from scoring.queries.brief import Brief, brief
from scoring.queries.roll import seated
from scoring.queries.scores import sums_of
from scoring.ranking import middle
from scoring.states import CycleState


@dataclass(frozen=True)
class AxisLine:
    """One axis in figures: the text twin of the portrait."""

    name: str
    points: str
    ceiling: str
    percent: str
    middle: str


@dataclass(frozen=True)
class Lit:
    """星级 of the newest sealed year."""

    year: int
    grade: str
    stars: int


@dataclass(frozen=True)
class YearLine:
    year: int
    total: str


@dataclass(frozen=True)
class Portrait:
    """What the page draws; `*_narrow` are the phone's own pictures."""

    year: int
    brief: Brief
    axes: Sequence[AxisLine]
    five: str
    five_narrow: str
    calendar: str
    calendar_narrow: str
    calendar_words: str
    trend: str
    trend_narrow: str
    trend_words: str
    best_month: str
    strengths: str
    thin: str
    years: Sequence[YearLine]
    lit: Lit | None

    @property
    def standing(self) -> Standing:
        return self.brief.standing


def portrait(deputy: Deputy, assembly: Assembly, year: int, today: date) -> Portrait:
    """The year's portrait, in a fixed number of queries."""
    found = brief(deputy, assembly, year, today)
    before = brief(deputy, assembly, year - 1, today)
    axes = _axes(deputy, assembly, year, today)
    shares = [(axis.name, axis.share) for axis in axes]
    half = [axis.middle / axis.ceiling for axis in axes]
    month = today.month if year == today.year else 12
    days = _days(deputy, year)
    return Portrait(
        year=year,
        brief=found,
        axes=[_line(axis) for axis in axes],
        five=pictures.portrait(shares, median=half) if axes else "",
        five_narrow=pictures.portrait(shares, median=half, narrow=True) if axes else "",
        calendar=pictures.heat_calendar(year, days, today=today),
        calendar_narrow=pictures.heat_calendar(year, days, today=today, narrow=True),
        calendar_words=pictures.heat_calendar_words(year, days),
        trend=pictures.two_years(year, found.gains, before.gains),
        trend_narrow=pictures.two_years(year, found.gains, before.gains, narrow=True),
        trend_words=words.trend(year, found.gains, before.gains, month=month),
        best_month=words.best_month(found.gains),
        strengths=words.strengths(axes),
        thin=words.thin_places(axes) if any(axis.points for axis in axes) else "",
        years=_years(deputy, assembly),
        lit=_lit(deputy, assembly),
    )


def _axes(deputy: Deputy, assembly: Assembly, year: int, today: date) -> list[Axis]:
    """The five categories, with the median of everybody who serves in the congress."""
    sums, ceilings = sums_of(assembly, year)
    people = seated(assembly, last_day(year, today))

    def points(pk: int, code: str) -> Decimal:
        return sums[pk].by_category.get(code, ZERO) if pk in sums else ZERO

    return [
        Axis(
            category.name,
            points(deputy.pk, category.code),
            ceilings[category.code],
            middle(points(pk, category.code) for pk in people) or ZERO,
        )
        for category in DutyCategory.objects.all()
        if category.code in ceilings
    ]


def _line(axis: Axis) -> AxisLine:
    return AxisLine(
        axis.name,
        plain(axis.points),
        plain(axis.ceiling),
        f"{100 * axis.share:.0f}%",
        plain(axis.middle),
    )


def _days(deputy: Deputy, year: int) -> dict[date, int]:
    """一年日历: how many verified duties on each day."""
    rows = DutyRecord.objects.verified().of_deputy(deputy).done_in(year).order_by()
    return dict(rows.values_list("done_on").annotate(Count("pk")))


def _years(deputy: Deputy, assembly: Assembly) -> list[YearLine]:
    rows = YearTotal.objects.filter(deputy=deputy, assembly=assembly).order_by("-year")
    return [YearLine(year, f"{total:.1f}") for year, total in rows.values_list("year", "total")]


def _lit(deputy: Deputy, assembly: Assembly) -> Lit | None:
    sealed = Grading.objects.filter(
        deputy=deputy, cycle__assembly=assembly, cycle__state=CycleState.SEALED
    )
    lit = Count("lights", filter=Q(lights__lit=True))
    row = (
        sealed.annotate(lit=lit)
        .order_by("-cycle__year")
        .values_list(*("cycle__year", "grade__name", "lit"))
    )
    found = row.first()
    return Lit(*found) if found else None
