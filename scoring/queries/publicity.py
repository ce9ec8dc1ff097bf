"""公示 read: what everybody may see of a decided year while it is public."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from deputies.models import Mandate
from scoring.models import Grading, ReviewCycle
from scoring.models.grading import GradingQuerySet
from scoring.permissions.publicity import publicity_until
from scoring.states import CycleState


@dataclass(frozen=True)
class PublicResult:
    """公示里一位代表能看到的全部: the allow-list. No points, no rank, no reason."""

    name: str
    grade: str
    stars: int


@dataclass(frozen=True)
class PublicPlace:
    """One delegation's people, in the order of their names: never a ranking."""

    name: str
    people: tuple[PublicResult, ...]


@dataclass(frozen=True)
class Publicity:
    """一次公示. Who has no grade is not in it, and no number says how many that are."""

    cycle_id: int
    congress: str
    year: int
    until: date
    places: tuple[PublicPlace, ...]


def running(today: date) -> list[ReviewCycle]:
    """Reviews whose results are public on that day, the highest congress first."""
    rows = ReviewCycle.objects.filter(state=CycleState.DECIDED).select_related("assembly")
    found = rows.order_by("assembly__level__rank", "-year", "pk").prefetch_related("stages")
    return [cycle for cycle in found if today <= publicity_until(cycle)]


def publicity(cycle: ReviewCycle, name: str = "") -> Publicity:
    """The results of one review that have a grade; of somebody whose name was typed."""
    rows = with_place(Grading.objects.filter(cycle=cycle).graded(), cycle).filter(
        deputy__name__contains=name
    )
    people: defaultdict[str, list[PublicResult]] = defaultdict(list)
    for row in rows.select_related("deputy").order_by("place_order", "deputy__stroke_key", "pk"):
        result = PublicResult(row.deputy.name, row.standing_grade.name, row.stars)
        people[getattr(row, "place", None) or "没有编团的代表"].append(result)
    places = tuple(PublicPlace(place, tuple(each)) for place, each in people.items())
    congress, until = cycle.assembly.name, publicity_until(cycle)
    return Publicity(cycle.pk, congress, cycle.year, until, places)


def with_place(rows: GradingQuerySet, cycle: ReviewCycle) -> GradingQuerySet:
    """`place`, the delegation of the seat that is reviewed, and `place_order`, its area's."""
    seat = Mandate.objects.filter(
        deputy=OuterRef("deputy"),
        term__assembly=cycle.assembly_id,
        from_on__lte=cycle.last_day,
    ).exclude(to_on__lt=date(cycle.year, 1, 1))
    newest = seat.order_by("-from_on", "-pk")
    return rows.annotate(
        place=Subquery(newest.values("delegation__name")[:1]),
        place_order=Subquery(newest.values("delegation__area__position")[:1]),
        area=Subquery(newest.values("delegation__area")[:1]),
    )
