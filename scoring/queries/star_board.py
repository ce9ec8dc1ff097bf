"""亮星榜 for the office: how many deputies of each township have which stars, and who."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from deputies.models import Membership
from scoring.models import ReviewCycle, Star, StarLight
from scoring.queries.parties import reviewed
from scoring.queries.spans import judged_on
from scoring.queries.year_facts import marks_on, year_facts
from scoring.stars import light

NO_PLACE = "没有编组"
HEAD = ("乡镇", "代表小组", "代表", "星数")


@dataclass(frozen=True)
class BoardLine:
    """One deputy: which stars are lit, by their codes."""

    pk: int
    name: str
    area_id: int
    area: str
    group: str
    lit: frozenset[str]


@dataclass(frozen=True)
class AreaLine:
    """One township, or all of them: how many of each star, how many with so many stars."""

    area_id: int
    name: str
    people: int
    of_star: Mapping[str, int]
    with_count: Mapping[int, int]


@dataclass(frozen=True)
class StarBoard:
    """One review's stars; provisional until the committee has decided."""

    cycle: ReviewCycle
    stars: Sequence[Star]
    lines: Sequence[BoardLine]
    decided: bool

    @property
    def counts(self) -> list[int]:
        return list(range(10, -1, -1))

    def areas(self) -> list[AreaLine]:
        """The county first, then its townships in their order."""
        own: defaultdict[tuple[int, str], list[BoardLine]] = defaultdict(list)
        for line in self.lines:
            own[line.area_id, line.area].append(line)
        whole = [_area(0, "全县", self.lines)]
        return whole + [_area(pk, name, lines) for (pk, name), lines in own.items()]

    def within(
        self, *, area: int = 0, star: str = "", lit: bool = True, count: int | None = None
    ) -> list[BoardLine]:
        """The people behind one number."""
        return [
            line
            for line in self.lines
            if area in {0, line.area_id}
            and (not star or (star in line.lit) == lit)
            and (count is None or len(line.lit) == count)
        ]


def _area(pk: int, name: str, lines: Sequence[BoardLine]) -> AreaLine:
    of_star = Counter(code for line in lines for code in line.lit)
    return AreaLine(pk, name, len(lines), of_star, Counter(len(line.lit) for line in lines))


def star_board(cycle: ReviewCycle, today: date) -> StarBoard:
    """Everybody under that review, in a fixed number of queries.

    The decision keeps its stars. Before it the records as they stand say what would be lit.
    """
    stars = list(Star.objects.order_by("position"))
    rows = StarLight.objects.filter(grading__cycle=cycle)
    known: defaultdict[int, set[str]] = defaultdict(set)
    for deputy, code, lit in rows.values_list("grading__deputy", "star__code", "lit"):
        known[deputy].update([code] if lit else [])
    people = list(reviewed(cycle).in_name_order())
    open_ones = [one.pk for one in people if one.pk not in known]
    if open_ones:
        day = judged_on(cycle, today)
        facts = year_facts(cycle, open_ones, day=day, withheld={})
        marks = marks_on(day)
        for pk in open_ones:
            codes = (star.code for star in stars)
            known[pk] = {code for code in codes if light(code, facts[pk], marks).lit}
    places = _places(cycle, [one.pk for one in people])
    lines = [
        BoardLine(
            one.pk,
            one.name,
            *places.get(one.pk, (0, NO_PLACE, "", 0))[:3],
            frozenset(known[one.pk]),
        )
        for one in people
    ]
    order = {pk: place[3] for pk, place in places.items()}
    lines.sort(key=lambda line: order.get(line.pk, 10**9))
    return StarBoard(cycle, stars, lines, decided=not open_ones)


Place = tuple[int, str, str, int]


def _places(cycle: ReviewCycle, ids: Sequence[int]) -> dict[int, Place]:
    """Township and group on the year's last day, and the township's place in the county's order."""
    spells = Membership.objects.running(cycle.last_day).filter(deputy__in=ids)
    rows = spells.values_list(
        "deputy", "group__area", "group__area__name", "group__name", "group__area__position"
    )
    return {pk: (area, name, group, position) for pk, area, name, group, position in rows}


def table(board: StarBoard, lines: Sequence[BoardLine]) -> Iterator[list[object]]:
    """A row for each deputy, with a mark under each star that is lit."""
    for line in lines:
        marks = ["★" if star.code in line.lit else "" for star in board.stars]
        yield [line.area, line.group, line.name, len(line.lit), *marks]


def cycles() -> list[ReviewCycle]:
    """Every review there is, the newest first."""
    rows = ReviewCycle.objects.select_related("assembly__level")
    return list(rows.order_by("-year", "assembly__level__rank", "pk"))
