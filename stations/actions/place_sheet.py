"""导入家站表: what a previewed sheet says comes about by the verbs people use one by one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area
from congress.shared.workflow import in_turn, lock, record, refuse_if
from stations import hours
from stations.actions.closing import open_station
from stations.actions.places import DESCRIBED, describe_station
from stations.models import Station, StationImport
from stations.permissions.places import why_not_import_stations, why_not_undo_stations
from stations.queries.place_sheet import Row, hours_of
from stations.states import StationState

SHEET = "stations.import"
"""Sheets come in and are taken back in turn."""
NAMED = 10
OLDER: list[str | None] = ["", "", None, None]
"""Address, opening and position of a place that says nothing yet."""
Change = tuple[int, list[str | None], list[str | None]]
"""A place, what it said before the sheet, and what after."""


@transaction.atomic
def import_stations(rows: Sequence[Row], *, by: Actor, today: date) -> tuple[int, int]:
    """确认导入: every row's place stands as it says; how many are new, and how many in all.

    What a row leaves empty stays as it is, no place that the sheet leaves out is touched, and the
    same sheet again changes nothing. All rows come in or none does.
    """
    in_turn(SHEET)
    refuse_if(why_not_import_stations(by))
    assert by.user is not None, "staff are people"  # noqa: S101  # told to mypy: why_not_import_stations has seen to it
    known = {one.name: one for one in Station.objects.standing()}
    founded: list[int] = []
    described: list[Change] = []
    for row in rows:
        try:
            at = known.get(row.name)
            if at is None:
                area = Area.objects.get(pk=row.area)
                at = open_station(kind=row.kind, area=area, name=row.name, by=by)
                founded.append(at.pk)
            before = _facts(at)
            after = _facts(_describe(at, row, by=by))
            if after != before:
                described.append((at.pk, before, after))
        except Refused as no:
            raise Refused(f"第 {row.number} 行：{no.reason}") from no
    if founded or described:
        facts = {"applied_by": by.user, "applied_at": clock.now()}
        StationImport.objects.create(founded=founded, described=described, **facts)
    return len(founded), len(rows)


def _facts(station: Station) -> list[str | None]:
    """What a sheet may change, in the form that is kept."""
    at = (station.latitude, station.longitude)
    figures = [None if each is None else str(each) for each in at]
    return [station.address, station.opening, *figures, hours_of(station)]


@transaction.atomic
def undo_stations(batch: StationImport, *, by: Actor) -> StationImport:
    """撤回家站表: places say again what they said, and those it founded go unless they are used.

    What was changed by hand since stays, and so does a place with people, days or a keeper; the
    batch names them.
    """
    in_turn(SHEET)
    batch = lock(batch)
    refuse_if(why_not_undo_stations(by, batch, now=clock.now()))
    kept: list[str] = []
    changes = [change for change in batch.described if change[0] not in batch.founded]
    back = _say_again(changes, kept, by=by)
    gone = _unfounded(batch, kept)
    words = f"撤回更新 {back} 个、新设 {gone} 个"
    if kept:
        more = "等" if len(kept) > NAMED else ""
        words += f"，保留 {len(kept)} 个（后来改过或者已经在用）：{'、'.join(kept[:NAMED])}{more}"
    batch.undone_by, batch.undone_at, batch.outcome = by.user, clock.now(), words[:200]
    batch.save(update_fields=["undone_by", "undone_at", "outcome"])
    record(batch, "sheet_undone", by=by, note=words)
    return batch


def _say_again(changes: list[Change], kept: list[str], *, by: Actor) -> int:
    """Of each place the facts before the sheet, as long as they are still the sheet's."""
    rows = Station.objects.in_bulk([pk for pk, _, _ in changes])
    back = 0
    for pk, before, after in changes:
        station = lock(rows[pk])
        if _facts(station)[: len(after)] != after:
            kept.append(station.name)
            continue
        station.address, station.opening = before[0] or "", before[1] or ""
        figures = [None if each is None else Decimal(each) for each in before[2:4]]
        station.latitude, station.longitude = figures
        if len(before) > len(OLDER):  # sheets of before places had hours of reception say none
            own = hours.read(before[-1] or "")
            station.receives_from, station.receives_until = own or (None, None)
        station.save(update_fields=DESCRIBED)
        record(station, "restored", by=by, note="撤回导入")
        back += 1
    return back


def _unfounded(batch: StationImport, kept: list[str]) -> int:
    """Places that nothing hangs on and nobody has touched since go."""
    said = {pk: after for pk, _, after in batch.described}
    nothing = [*OLDER, ""]
    gone = 0
    for station in Station.objects.filter(pk__in=batch.founded).order_by("pk"):
        touched = station.keeper_id or station.state != StationState.OPEN
        stood = said.get(station.pk, nothing)
        if touched or _facts(station)[: len(stood)] != stood:
            kept.append(station.name)
            continue
        try:
            with transaction.atomic():
                station.delete()
            gone += 1
        except ProtectedError:
            kept.append(station.name)
    return gone


def _describe(station: Station, row: Row, *, by: Actor) -> Station:
    """What the row says, over what is known; a new place with no address yet is only founded."""
    address, opening = row.address or station.address, row.opening or station.opening
    if not address and not opening:
        return station
    at = (station.latitude, station.longitude)
    if row.latitude and row.longitude:
        at = (Decimal(row.latitude), Decimal(row.longitude))
    own = hours.read(row.hours) or (station.receives_from, station.receives_until)
    return describe_station(
        station,
        address=address,
        opening=opening,
        by=by,
        latitude=at[0],
        longitude=at[1],
        receives_from=own[0],
        receives_until=own[1],
        contact_name=station.contact_name,
        contact_phone=station.contact_phone,
    )
