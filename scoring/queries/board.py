"""积分排名: everybody who sits in a congress, with the year's points; ties share a rank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, F, FilteredRelation, Prefetch, Q, QuerySet, Window
from django.db.models.functions import Coalesce, Rank

from congress.shared.models import Assembly
from deputies.models import Deputy, Mandate, Membership
from scoring.models import YearTotal


@dataclass(frozen=True)
class BoardRow:
    """One deputy's line of the ranking, as it is printed."""

    rank: int
    pk: int
    name: str
    group: str
    base: str
    bonus: str
    total: str


@dataclass(frozen=True)
class Standing:
    """第几名: among how many."""

    rank: int
    of: int


def _last_day(year: int, today: date) -> date:
    """Whoever sits today, or sat when a past year ended."""
    return min(today, date(year, 12, 31))


def board(assembly: Assembly, year: int, today: date, *, name: str = "") -> list[BoardRow]:
    """The whole ranking, or those whose name has these characters, with their ranks in it."""
    day = _last_day(year, today)
    return [_row(deputy) for deputy in _ranked(assembly, year, day) if name in deputy.name]


def _ranked(assembly: Assembly, year: int, day: date) -> QuerySet[Deputy]:
    of_year = Q(year_totals__assembly=assembly, year_totals__year=year)
    spells = Membership.objects.running(day).select_related("group")
    rows = Deputy.objects.sitting_in(assembly, day).annotate(
        year_total=FilteredRelation("year_totals", condition=of_year),
        base=_or_nought("year_total__base"),
        bonus=_or_nought("year_total__bonus"),
        total=_or_nought("year_total__total"),
    )
    ranked = rows.annotate(rank=Window(Rank(), order_by=F("total").desc()))
    return ranked.order_by("-total", "stroke_key", "pk").prefetch_related(
        Prefetch("membership_set", spells)
    )


def _or_nought(field: str) -> Coalesce:
    return Coalesce(field, Decimal(0), output_field=DecimalField(max_digits=6, decimal_places=1))


def _row(deputy: Deputy) -> BoardRow:
    numbers = {name: getattr(deputy, name) for name in ("rank", "base", "bonus", "total")}
    return BoardRow(
        rank=numbers["rank"],
        pk=deputy.pk,
        name=deputy.name,
        group=next((spell.group.name for spell in deputy.membership_set.all()), ""),
        base=f"{numbers['base']:.1f}",
        bonus=f"{numbers['bonus']:.1f}",
        total=f"{numbers['total']:.1f}",
    )


def standing(assembly: Assembly, year: int, total: Decimal, today: date) -> Standing:
    """名次: one more than those who have more points and sit in the same congress."""
    seats = Mandate.objects.running(_last_day(year, today)).of_assembly(assembly)
    more = YearTotal.objects.filter(
        assembly=assembly, year=year, total__gt=total, deputy__in=seats.values("deputy")
    )
    return Standing(more.count() + 1, seats.values("deputy").distinct().count())


def years(today: date) -> Sequence[int]:
    """Every year that has points, and this one; newest first."""
    known = YearTotal.objects.order_by().values_list("year", flat=True).distinct()
    return sorted({today.year, *known}, reverse=True)


def congresses() -> QuerySet[Assembly]:
    """The congresses that have a rule book: the others rank nobody."""
    return Assembly.objects.filter(rulebook__isnull=False).select_related("level").distinct()
