"""异常值 of a congress's year: whose points or records lie far from their cohort's middle."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import Count

from congress.shared.models import Assembly
from deputies.models import DutyRecord
from scoring.outliers import FEWEST, far
from scoring.points import plain
from scoring.queries.board import EVERYBODY, Within, last_day
from scoring.queries.chances import windows_of
from scoring.queries.roll import COHORTS, Seated, seated
from scoring.queries.scores import Score, scores
from scoring.rules import FAR

EVERYONE = "全体"


@dataclass(frozen=True)
class Outlier:
    """One deputy and one measure that lies far off, with the reason in words."""

    pk: int
    name: str
    group: str
    measure: str
    distance: Decimal
    words: str

    @property
    def high(self) -> bool:
        return self.distance > 0


def outliers(
    assembly: Assembly, year: int, today: date, *, within: Within = EVERYBODY, name: str = ""
) -> list[Outlier]:
    """High and low, the farthest first; each compared with who came to the congress alike."""
    people = _long_enough(assembly, year, last_day(year, today))
    points = scores(assembly, year)
    records = DutyRecord.objects.verified().done_in(year).filter(deputy__in=people).order_by()
    counts = dict(records.values_list("deputy_id").annotate(Count("pk")))
    measures: dict[str, tuple[str, Mapping[int, Decimal]]] = {
        "总分": ("分", {pk: points.get(pk, Score()).total for pk in people}),
        "核实的履职": ("条", {pk: Decimal(counts.get(pk, 0)) for pk in people}),
    }
    limit = FAR.exactly_on(today)
    found = [
        _outlier(people[pk], measure, unit, cohort, values, distance)
        for measure, (unit, everybody) in measures.items()
        for cohort, pks in _cohorts(people).items()
        for values in ({pk: everybody[pk] for pk in pks},)
        for pk, distance in far(values, limit).items()
        if within.has(people[pk]) and name in people[pk].name
    ]
    return sorted(found, key=lambda row: (-abs(row.distance), row.name, row.measure))


def _long_enough(assembly: Assembly, year: int, day: date) -> dict[int, Seated]:
    """Who served at least half of the year so far: the others had no time to be near the middle."""
    people, first = seated(assembly, day), date(year, 1, 1)
    span = (day - first).days + 1
    windows = windows_of(assembly, people)
    return {pk: one for pk, one in people.items() if 2 * windows[pk].days(first, day) >= span}


def _cohorts(people: Mapping[int, Seated]) -> dict[str, list[int]]:
    """补选、连任、首次当选; too few of one kind are compared with everybody, by themselves."""
    of: defaultdict[str, list[int]] = defaultdict(list)
    for pk, one in people.items():
        kind = next(code for code in ("late", "again", "first") if code in one.cohorts)
        of[COHORTS[kind]].append(pk)
    if any(len(pks) < FEWEST for pks in of.values()):
        return {EVERYONE: list(people)}
    return of


def _outlier(
    one: Seated,
    measure: str,
    unit: str,
    cohort: str,
    values: Mapping[int, Decimal],
    distance: Decimal,
) -> Outlier:
    own, middle = values[one.pk], Decimal(median(values.values()))
    side = "高出" if distance > 0 else "少了"
    words = (
        f"{measure} {plain(own)} {unit}，{cohort}代表 {len(values)} 人里居中的是"
        f" {plain(middle)} {unit}，{side} {plain(abs(own - middle))} {unit}"
    )
    return Outlier(one.pk, one.name, one.group, measure, distance, words)
