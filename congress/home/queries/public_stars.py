"""星 in public: of the newest year whose files are all sealed, and of those alone who got a grade.

These dataclasses are the allow-list. Nobody reads why a star is unlit, which ones are, points or a
rank; whose grade is 不定等次 is named nowhere and counted nowhere.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from congress.shared import pictures
from congress.shared.pictures import StarSign
from deputies.models import Deputy, Mandate
from scoring.models import Grading, ReviewCycle, StarLight
from scoring.polls import percent
from scoring.queries.reporting import tallies
from scoring.queries.spans import span_of
from scoring.states import CycleState

ALL_STARS = 10
FEWEST_COUNTED = 5
"""星数 below this are not counted in public: there is no list of those at the bottom."""
NUMBERS = "零一二三四五六七八九十"
IMAGE = "image"


@dataclass(frozen=True)
class Lit:
    """上年评价 of one deputy: how many stars, which, and the grade."""

    year: int
    stars: int
    words: str
    names: tuple[str, ...]
    report: str
    """述职测评 as published with the star that it lit; empty where that star is not lit."""
    picture: str
    picture_narrow: str


@dataclass(frozen=True)
class StarDeputy:
    """One deputy with all ten stars."""

    code: str
    name: str
    place: str


@dataclass(frozen=True)
class TenStars:
    """十星代表 of the last year that is sealed, and how many deputies have how many stars."""

    year: int
    people: tuple[StarDeputy, ...]
    spread: tuple[tuple[int, int], ...]
    """星数 and how many have them, from ten down."""

    def spread_words(self, most: int = ALL_STARS) -> str:
        """十星 2 人，九星 5 人: the first of them, where there is room for no more."""
        shown = self.spread[:most]
        return "，".join(f"{NUMBERS[stars]}星 {people} 人" for stars, people in shown)


def sealed_cycle() -> ReviewCycle | None:
    """The newest review that is over; a running one is nobody's business."""
    cycles = ReviewCycle.objects.filter(state=CycleState.SEALED)
    return cycles.order_by("assembly__level__rank", "-year").first()


def ten_stars(area: int | None = None) -> TenStars | None:
    """十星代表 in 姓氏笔画 order: never a ranking; of one township when asked."""
    cycle = sealed_cycle()
    if cycle is None:
        return None
    held = Mandate.objects.filter(deputy=OuterRef("deputy"), term__assembly=cycle.assembly_id)
    seat = held.order_by("-from_on", "-pk")
    rows = (
        Grading.objects.filter(cycle=cycle)
        .graded()
        .annotate(
            lit=Count("lights", filter=Q(lights__lit=True)),
            place=Subquery(seat.values("delegation__name")[:1]),
            area=Subquery(seat.values("delegation__area")[:1]),
        )
    )
    if area:
        rows = rows.filter(area=area)
    named = rows.order_by("deputy__stroke_key", "deputy").prefetch_related(None)
    found = list(named.values_list("lit", "deputy__code", "deputy__name", "place"))
    spread = Counter(lit for lit, *_ in found)
    people = (
        StarDeputy(code, name, (place or "").removesuffix("代表团"))
        for lit, code, name, place in found
        if lit == ALL_STARS
    )
    counted = range(ALL_STARS, FEWEST_COUNTED - 1, -1)
    shown = tuple((stars, spread[stars]) for stars in counted if spread[stars])
    return TenStars(cycle.year, tuple(people), shown)


def lit(deputy: Deputy) -> Lit | None:
    """The stars and the grade of the newest sealed year; not why one is unlit."""
    last = ReviewCycle.objects.filter(state=CycleState.SEALED, gradings__deputy=deputy)
    rows = Grading.objects.filter(deputy=deputy, cycle=last.order_by("-year", "pk")[:1])
    grading = rows.graded().select_related("cycle").first()
    if grading is None:
        return None
    lights = list(
        StarLight.objects.filter(grading=grading)
        .order_by("star__position")
        .values_list("star__code", "name", "lit")
    )
    names = tuple(name for _, name, is_lit in lights if is_lit)
    count = len(names)
    signs = [StarSign(name if is_lit else "", is_lit) for _, name, is_lit in lights]
    by_ballots = (IMAGE, True) in {(code, is_lit) for code, _, is_lit in lights}
    return Lit(
        grading.cycle.year,
        count,
        f"{NUMBERS[count]}星，{grading.standing_grade.name}",
        names,
        _report(deputy, grading.cycle) if by_ballots else "",
        pictures.ten_stars(signs),
        pictures.ten_stars(signs, narrow=True),
    )


def _report(deputy: Deputy, cycle: ReviewCycle) -> str:
    tally = tallies([deputy.pk], *span_of(cycle)).get(deputy.pk)
    if tally is None or not tally.valid:
        return ""
    return f"述职测评满意和基本满意 {percent(tally.content, tally.valid)}"
