"""积分排名: everybody who serves in a congress, with the year's points; ties share a rank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from congress.shared.models import Assembly
from scoring.models import Appeal, YearTotal
from scoring.queries.past import end_of, withdrawn_since
from scoring.queries.roll import Seated, seated
from scoring.queries.scores import Score, scores
from scoring.ranking import middle, ranks
from scoring.states import BookState


@dataclass(frozen=True)
class BoardRow:
    """One deputy's line of the ranking, as it is printed; `part` is one category's points."""

    rank: int
    pk: int
    name: str
    group: str
    base: str
    bonus: str
    total: str
    area: str = ""
    part: str = ""
    since: date | None = None
    contested: int = 0
    code: str = ""


@dataclass(frozen=True)
class Within:
    """Among whom, and by which points: what the filters of a board choose."""

    area: int | None = None
    group: int | None = None
    cohort: str = ""
    category: str = ""

    def has(self, one: Seated) -> bool:
        return (
            (self.area is None or one.area_id == self.area)
            and (self.group is None or one.group_id == self.group)
            and (not self.cohort or self.cohort in one.cohorts)
        )


@dataclass(frozen=True)
class Standing:
    """第几名: among how many; no rank for whoever has left or is suspended."""

    rank: int | None
    of: int


EVERYBODY = Within()
NOT_RANKED = Standing(None, 0)


def last_day(year: int, today: date) -> date:
    """Whoever sits today, or sat when a past year ended."""
    return min(today, date(year, 12, 31))


def board(
    assembly: Assembly,
    year: int,
    today: date,
    *,
    name: str = "",
    within: Within = EVERYBODY,
    on: date | None = None,
) -> list[BoardRow]:
    """The ranking within the filters; a name looked for keeps its rank. `on` is a past day."""
    day = last_day(year, on or today)
    people = {pk: one for pk, one in seated(assembly, day).items() if within.has(one)}
    points = scores(assembly, year, category=within.category, until=end_of(on) if on else None)
    found = {pk: points.get(pk, Score()) for pk in people}
    places = ranks({pk: score.part for pk, score in found.items()})
    ordered = sorted(people.values(), key=lambda one: (places[one.pk], one.order, one.pk))
    open_ones = contested(assembly, year, on)
    by_category = bool(within.category)
    return [
        _row(one, found[one.pk], places[one.pk], open_ones.get(one.pk, 0), by_category=by_category)
        for one in ordered
        if name in one.name
    ]


def contested(assembly: Assembly, year: int, on: date | None = None) -> dict[int, int]:
    """有异议: how many lines of each deputy wait for an answer, now or at the end of a past day."""
    rows = Appeal.objects.of_year(assembly.pk, year)
    if on is None:
        waiting = rows.open()
    else:
        still_open = Q(answered_at__gte=end_of(on)) | Q(pk__in=rows.open())
        still_open |= Q(pk__in=withdrawn_since(end_of(on)).values("subject_id"))
        waiting = rows.filter(still_open, opened_at__lt=end_of(on))
    return dict(waiting.order_by().values_list("entry__deputy").annotate(Count("pk")))


def _row(one: Seated, score: Score, rank: int, appeals: int, *, by_category: bool) -> BoardRow:
    return BoardRow(
        rank=rank,
        pk=one.pk,
        name=one.name,
        group=one.group,
        base=f"{score.base:.1f}",
        bonus=f"{score.bonus:.1f}",
        total=f"{score.total:.1f}",
        area=one.area,
        part=f"{score.part:.1f}" if by_category else "",
        since=one.since,
        contested=appeals,
        code=one.code,
    )


def standing(assembly: Assembly, year: int, total: Decimal, today: date, deputy: int) -> Standing:
    """名次 in the congress: one more than those who have more points and serve in it."""
    people, points = seated(assembly, last_day(year, today)), scores(assembly, year)
    if deputy not in people:
        return Standing(None, len(people))
    found = {pk: points.get(pk, Score()).total for pk in people} | {deputy: total}
    return Standing(ranks(found)[deputy], len(people))


@dataclass(frozen=True)
class Ranked:
    """本人的名次 in one circle: never whose the other points are."""

    circle: str
    rank: int
    of: int
    median: str


def own_ranks(
    assembly: Assembly, year: int, today: date, deputy: int, *, on: date | None = None
) -> list[Ranked]:
    """The deputy's rank in the congress, the township and the group; none for who is not ranked."""
    people = seated(assembly, last_day(year, on or today))
    own = people.get(deputy)
    if own is None:
        return []
    points = scores(assembly, year, until=end_of(on) if on else None)
    circles = [(f"全体{assembly.level.name}代表", list(people))]
    if own.area_id:
        circles.append((own.area, [pk for pk, x in people.items() if x.area_id == own.area_id]))
    if own.group_id:
        circles.append((own.group, [pk for pk, x in people.items() if x.group_id == own.group_id]))
    return [_ranked(circle, pks, points, deputy) for circle, pks in circles]


def _ranked(circle: str, pks: Iterable[int], points: dict[int, Score], deputy: int) -> Ranked:
    found = {pk: points.get(pk, Score()).total for pk in pks}
    half = middle(found.values())
    return Ranked(circle, ranks(found)[deputy], len(found), f"{half:.1f}" if half else "0.0")


def years(today: date) -> Sequence[int]:
    """Every year that has points, and this one; newest first."""
    known = YearTotal.objects.order_by().values_list("year", flat=True).distinct()
    return sorted({today.year, *known}, reverse=True)


def congresses() -> QuerySet[Assembly]:
    """The congresses that have a rule book: the others rank nobody."""
    adopted = Assembly.objects.filter(rulebook__state=BookState.ADOPTED)
    return adopted.select_related("level").distinct()


def congresses_of(area_id: int | None) -> QuerySet[Assembly]:
    """Those of a township and of the county above it."""
    return congresses().filter(Q(area=area_id) | Q(area__area=area_id))
