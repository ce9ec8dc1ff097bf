"""进驻: who serves nowhere, and where their group would have them."""

from datetime import date
from typing import NamedTuple

from django.db.models import F

from deputies.models import Deputy, Membership
from stations.models import Posting, Station, StationKind


class Nowhere(NamedTuple):
    """A sitting deputy who is posted nowhere; `station` is where their group serves."""

    pk: int
    name: str
    job: str
    group: str
    station: int | None
    place: str


def nowhere(today: date, area: int | None = None) -> list[Nowhere]:
    """每一名代表都进驻: those who do not yet, by 姓氏笔画, in three queries.

    Of one township those of its groups, and its own places.
    """
    served = Posting.objects.open().filter(station__in=Station.objects.standing())
    people = list(
        Deputy.objects.sitting(today)
        .exclude(pk__in=served.values("deputy"))
        .in_name_order()
        .values_list("pk", "name", "job")
    )
    rows = Membership.objects.running(today).filter(deputy__in=[pk for pk, _, _ in people])
    groups = {row.deputy_id: row.group for row in rows.select_related("group")}
    of_group, of_area = _places(area) if people else ({}, {})
    found = []
    for pk, name, job in people:
        group = groups.get(pk)
        if area and not (group and group.area_id == area):
            continue
        place = (of_group.get(group.pk) or of_area.get(group.area_id)) if group else None
        found.append(
            Nowhere(
                pk,
                name,
                job,
                group.name if group else "",
                place.pk if place else None,
                place.name if place else "",
            )
        )
    return found


def _places(area: int | None) -> tuple[dict[int, Station], dict[int, Station]]:
    """The first standing place of each group, and of each township, stations before homes."""
    standing = Station.objects.standing()
    standing = standing.filter(area=area) if area else standing
    of_group: dict[int, Station] = {}
    of_area: dict[int, Station] = {}
    rows = sorted(standing, key=lambda one: one.kind == StationKind.HOME)
    for one in rows:
        if one.group_id:
            of_group.setdefault(one.group_id, one)
        of_area.setdefault(one.area_id, one)
    return of_group, of_area


def stations_now() -> dict[int, str]:
    """Where everybody serves who was ever posted; nowhere is no name."""
    rows = Posting.objects.order_by("deputy", F("to_on").asc(nulls_last=True), "pk")
    return {
        deputy: "" if to_on else name
        for deputy, name, to_on in rows.values_list("deputy", "station__name", "to_on")
    }
