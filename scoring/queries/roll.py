"""谁在名次里: who is ranked in a congress on a day, and beside whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef

from congress.shared.models import Assembly
from deputies.models import Mandate, Membership, Suspension

COHORTS = {
    "first": "首次当选",
    "again": "连任",
    "late": "届中补选",
    "several": "兼任其他层级",
}
"""同类比较: whom one may fairly be compared with; a deputy may be of several."""


@dataclass(frozen=True)
class Seated:
    """One deputy who sits and is not suspended; `since` only of one who came within the term."""

    pk: int
    name: str
    order: str
    since: date | None
    cohorts: Collection[str]
    group_id: int | None
    group: str
    area_id: int | None
    area: str
    code: str


def seated(assembly: Assembly, day: date) -> dict[int, Seated]:
    """Everybody who is ranked on that day, in two queries: 离任、暂停执行职务的不参加排名."""
    places = _places(assembly, day)
    seats = Mandate.objects.running(day).of_assembly(assembly)
    resting = Suspension.objects.running(day).values("deputy")
    earlier = Mandate.objects.filter(
        deputy=OuterRef("deputy"),
        term__assembly=assembly,
        term__number__lt=OuterRef("term__number"),
    )
    others = Mandate.objects.running(day).filter(deputy=OuterRef("deputy"))
    rows = seats.exclude(deputy__in=resting).annotate(
        again=Exists(earlier),
        several=Exists(others.exclude(term__assembly=assembly)),
        late=Exists(Mandate.objects.filter(pk=OuterRef("pk"), from_on__gt=F("term__from_on"))),
    )
    found = rows.values_list(
        *("deputy_id", "deputy__name", "deputy__stroke_key", "from_on", "again", "several", "late"),
        "deputy__code",
    )
    return {
        pk: Seated(
            *(pk, name, order, from_on if late else None),
            _cohorts(again=again, several=several, late=late),
            *places.get(pk, (None, "", None, "")),
            code,
        )
        for pk, name, order, from_on, again, several, late, code in found
    }


def _cohorts(*, again: bool, several: bool, late: bool) -> tuple[str, ...]:
    of = {"first": not again, "again": again, "late": late, "several": several}
    return tuple(code for code, holds in of.items() if holds)


Place = tuple[int | None, str, int | None, str]


def _places(assembly: Assembly, day: date) -> dict[int, Place]:
    """Group and township of everybody who sits in the congress."""
    seats = Mandate.objects.running(day).of_assembly(assembly)
    spells = Membership.objects.running(day).filter(deputy__in=seats.values("deputy"))
    rows = spells.values_list(
        *("deputy_id", "group_id", "group__name", "group__area_id", "group__area__name")
    )
    return {pk: (group_id, group, area_id, area) for pk, group_id, group, area_id, area in rows}
