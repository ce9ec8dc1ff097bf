"""一年的星 of one deputy: as decided, or as the records stand today and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress.shared.models import Assembly
from deputies.models import Deputy
from scoring.models import Grading, ReviewCycle, Star, StarLight
from scoring.queries.spans import Span, first_day, judged_on
from scoring.queries.year_facts import facts_between, marks_on
from scoring.stars import light

BY_THE_COMMITTEE = frozenset({"stance", "law"})
"""政治星、守法星: no record shows them; the committee withholds them or does not, at the end."""
LATER = "年底由代工委核定"


@dataclass(frozen=True)
class StarLine:
    """One star as it stands: lit or not, None before it is decided, with the reason."""

    code: str
    name: str
    aspect: str
    condition: str
    lit: bool | None
    reason: str

    @property
    def has_rows(self) -> bool:
        """Whether records stand behind it that can be listed."""
        return self.code not in BY_THE_COMMITTEE


@dataclass(frozen=True)
class StarYear:
    """One deputy's ten stars in one congress's year."""

    assembly: Assembly
    year: int
    span: Span
    lines: Sequence[StarLine]
    decided: bool

    @property
    def lit(self) -> int:
        return sum(line.lit is True for line in self.lines)

    @property
    def missing(self) -> list[StarLine]:
        """还差什么: the stars that are not lit so far."""
        return [line for line in self.lines if line.lit is False]

    @property
    def words(self) -> str:
        """今年已亮 7 颗，还差督办星、学习星等 3 颗."""
        said = f"{self.year} 年{'' if self.decided else '已'}点亮 {self.lit} 颗星"
        names = [line.name for line in self.missing]
        if not names or self.decided:
            return said
        some = "、".join(names[:3])
        return f"{said}，还差{some}{f'等 {len(names)} 颗' if len(names) > 3 else ''}"


def span_so_far(assembly: Assembly, year: int, today: date) -> Span:
    """The days that count for that year's stars, up to today while it is under way."""
    first = first_day(assembly.pk, year)
    cut_off = (
        ReviewCycle.objects.filter(assembly=assembly, year=year)
        .values_list("cut_off_on", flat=True)
        .first()
    )
    return first, max(first, min(today, cut_off or date(year, 12, 31)))


def star_year(deputy: Deputy, assembly: Assembly, year: int, today: date) -> StarYear:
    """The stars of the decision once there is one; until then what today's records would light.

    Read by the deputy and by the office alone: others wait until the year is sealed.
    """
    span = span_so_far(assembly, year, today)
    lights = StarLight.objects.filter(
        grading__deputy=deputy, grading__cycle__assembly=assembly, grading__cycle__year=year
    )
    known = list(lights.select_related("star").order_by("star__position"))
    if known:
        return StarYear(assembly, year, span, [_decided(row) for row in known], decided=True)
    cycle = ReviewCycle.objects.filter(assembly=assembly, year=year).first()
    day = judged_on(cycle, today) if cycle else today
    facts = facts_between(assembly.pk, span, [deputy.pk], day=day)[deputy.pk]
    marks, lines = marks_on(day), []
    for star in Star.objects.order_by("position"):
        if star.code in BY_THE_COMMITTEE:
            lines.append(_line(star, None, LATER))
            continue
        found = light(star.code, facts, marks)
        lines.append(_line(star, found.lit, found.reason))
    return StarYear(assembly, year, span, lines, decided=False)


def _line(star: Star, lit: bool | None, reason: str) -> StarLine:
    return StarLine(star.code, star.name, star.aspect, star.condition, lit, reason)


def _decided(row: StarLight) -> StarLine:
    star = row.star
    return StarLine(star.code, row.name, star.aspect, star.condition, row.lit, row.reason)


@dataclass(frozen=True)
class PastYear:
    """One sealed year in a line."""

    year: int
    assembly: str
    grade: str
    names: Sequence[str]


def past_years(deputy: Deputy) -> list[PastYear]:
    """往年点亮的星, the newest first."""
    rows = Grading.objects.filter(deputy=deputy, archive__isnull=False).with_standing_grade()
    related = rows.select_related("cycle__assembly").prefetch_related("lights__star")
    return [
        PastYear(
            row.cycle.year,
            str(row.cycle.assembly),
            row.standing_grade.name,
            [each.name for each in row.lights.all() if each.lit],
        )
        for row in related.order_by("-cycle__year", "pk")
    ]
