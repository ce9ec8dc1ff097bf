"""导入家站表: what a previewed sheet says comes about by the verbs people use one by one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area
from congress.shared.workflow import in_turn, refuse_if
from stations.actions.closing import open_station
from stations.actions.places import describe_station
from stations.models import Station
from stations.permissions.places import why_not_import_stations
from stations.queries.place_sheet import Row


@transaction.atomic
def import_stations(rows: Sequence[Row], *, by: Actor, today: date) -> tuple[int, int]:
    """确认导入: every row's place stands as it says; how many are new, and how many in all.

    What a row leaves empty stays as it is, no place that the sheet leaves out is touched, and the
    same sheet again changes nothing. All rows come in or none does.
    """
    in_turn("stations.import")
    refuse_if(why_not_import_stations(by))
    known = {one.name: one for one in Station.objects.standing()}
    fresh = 0
    for row in rows:
        try:
            at = known.get(row.name)
            if at is None:
                area = Area.objects.get(pk=row.area)
                at = open_station(kind=row.kind, area=area, name=row.name, by=by)
                fresh += 1
            _describe(at, row, by=by)
        except Refused as no:
            raise Refused(f"第 {row.number} 行：{no.reason}") from no
    return fresh, len(rows)


def _describe(station: Station, row: Row, *, by: Actor) -> None:
    """What the row says, over what is known; a new place with no address yet is only founded."""
    address, opening = row.address or station.address, row.opening or station.opening
    if not address and not opening:
        return
    at = (station.latitude, station.longitude)
    if row.latitude and row.longitude:
        at = (Decimal(row.latitude), Decimal(row.longitude))
    describe_station(
        station, address=address, opening=opening, by=by, latitude=at[0], longitude=at[1]
    )
