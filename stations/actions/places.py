"""家站: where the roster's people stand, who keeps a place, and what voters read of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from django.db import transaction

from congress.shared import clock
from congress.shared.accounts import hold_office, lay_down, take_up
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area, User
from congress.shared.roles import Role
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.actions import roster
from deputies.actions.frame import Made
from deputies.entries import position_of, township_of
from deputies.models import DeputyGroup, Membership, RosterImport
from deputies.queries.register import last_stations
from deputies.states import ImportState, Verdict
from stations.models import Posting, Station, StationKind
from stations.permissions.places import (
    why_not_apply_roster,
    why_not_describe_station,
    why_not_name_keeper,
    why_not_public,
    why_not_there,
    why_not_these_hours,
    why_not_this_contact,
)


@dataclass(frozen=True)
class Place:
    """What one row says of where: the deputy, the station's name and the group's."""

    deputy_id: int
    station: str
    group: str


DESCRIBED = (
    *("address", "opening", "latitude", "longitude", "receives_from", "receives_until"),
    *("contact_name", "contact_phone"),
)
"""What voters read of a place."""
LONG = 3000
"""Rows from which on a task writes, while whoever confirmed goes on working."""


@transaction.atomic
def apply_roster(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """确认导入: people, seats, groups, homes, stations and postings stand as the sheet says.

    Nobody who is absent from the sheet is removed, and the same sheet again changes nothing. A
    long one is confirmed here and written by a task; an operator's command waits for it.
    """
    batch = lock(batch)
    refuse_if(why_not_apply_roster(by, batch))
    if by.user and batch.rows.count() > LONG:
        return move(batch, ImportState.APPLYING, by=by, applied_by=by.user)
    return write_roster(batch, by=by, today=today)


def write_roster(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """The confirmed rows are written; what is made is noted for an undo.

    Whoever stands where the last roster had them, and was posted elsewhere by hand since, stays.
    """
    said = last_stations(batch.county)
    batch = roster.apply(batch, by=by, today=today)
    made = Made.of(batch.made)
    rows = batch.rows.exclude(verdict=Verdict.ERROR).order_by("number")
    cells = rows.values_list("deputy_id", "cells__联络站", "cells__代表小组")
    groups = dict(Membership.objects.filter(to_on=None).values_list("deputy_id", "group__name"))
    places = [
        Place(pk, station, groups.get(pk, group or ""))
        for pk, station, group in cells
        if pk and station
    ]
    kept = set(Posting.objects.open().values_list("deputy", flat=True))
    kept &= {place.deputy_id for place in places if said.get(place.deputy_id) == place.station}
    areas = {area.name: area for area in Area.objects.townships(batch.county)}
    built = _homes(areas, made) + _stations(areas, places, made)
    fresh = [place for place in places if place.deputy_id not in kept]
    moved = _post(fresh, made, began_on=batch.elected_on, today=today)
    if built or moved:
        record(batch, "placed", by=by, note=f"新建家站 {built} 处，安排进驻 {moved} 人")
    batch.made = made.as_json()
    batch.save(update_fields=["made"])
    return batch


def _homes(areas: Mapping[str, Area], made: Made) -> int:
    """代表之家: one in each township."""
    have = set(Station.objects.homes().values_list("area_id", flat=True))
    fresh = [
        Station(kind=StationKind.HOME, area=area, name=f"{area.name}代表之家")
        for area in areas.values()
        if area.pk not in have
    ]
    return len(made.create(fresh))


def _stations(areas: Mapping[str, Area], places: Sequence[Place], made: Made) -> int:
    """代表联络站: each in its township, kept by the group most of its deputies belong to."""
    known = set(Station.objects.values_list("name", flat=True))
    groups_at: dict[str, Counter[str]] = defaultdict(Counter)
    for place in places:
        if place.station not in known:
            groups_at[place.station][place.group] += 1
    standing = DeputyGroup.objects.filter(area__in=areas.values()).select_related("area")
    groups = {group.name: group for group in standing}
    fresh = []
    for name, counts in groups_at.items():
        group = groups.get(counts.most_common(1)[0][0])
        area = areas.get(township_of(name)) or (group.area if group else None)
        if area is None:
            raise Refused(f"看不出“{name}”在哪个乡镇，请在联络站的名称里写明乡镇。")
        fresh.append(
            Station(
                kind=StationKind.STATION,
                name=name,
                area=area,
                group=group,
                position=position_of(name),
            )
        )
    return len(made.create(fresh))


def _post(places: Sequence[Place], made: Made, *, began_on: date, today: date) -> int:
    """进驻: everybody is posted where the sheet says; who moves leaves the old station today."""
    stations = _where()
    wanted = {place.deputy_id: stations[place.station] for place in places}
    posted = {row.deputy_id: row for row in Posting.objects.filter(deputy__in=wanted, to_on=None)}
    before = set(Posting.objects.filter(deputy__in=wanted).values_list("deputy_id", flat=True))
    moving = [row for pk, row in posted.items() if row.station_id != wanted[pk]]
    for row in moving:
        made.close(row, row.station_id)
    fresh = []
    for pk, station in wanted.items():
        old = posted.get(pk)
        if old and old.station_id != station and old.from_on >= today:
            old.station_id = station  # put right on the day itself: no spell of no days
        elif old is None or old.station_id != station:
            from_on = today if pk in before else began_on
            fresh.append(Posting(deputy_id=pk, station_id=station, from_on=from_on))
            if old:
                old.to_on = today
    Posting.objects.bulk_update(moving, ["station", "to_on"])
    return len(made.create(fresh))


def _where() -> dict[str, int]:
    """Every place by its name; the name of one that was closed means the one that goes on."""
    rows = list(Station.objects.values_list("name", "pk", "successor"))
    next_of = {pk: successor for _, pk, successor in rows if successor}
    found = {}
    for name, pk, _ in rows:
        at = pk
        while at in next_of:
            at = next_of[at]
        found[name] = at
    return found


@transaction.atomic
def name_keeper(station: Station, *, user: User, by: Actor, today: date) -> Station:
    """指定站长: the person keeps this place from today on, in a post at the township's congress.

    Whoever kept it before loses that post, unless they keep another place there.
    """
    station = lock(station)
    refuse_if(why_not_name_keeper(by, station, user))
    office = hold_office(station.area)
    former, station.keeper = station.keeper, user
    station.save(update_fields=["keeper"])
    take_up(user, organisation=office, role=Role.KEEPER, from_on=today, by=by)
    if former and not Station.objects.kept_by(former).filter(area=station.area_id).exists():
        lay_down(former, organisation=office, role=Role.KEEPER, before=today, by=by)
    record(station, "keeper_named", by=by, note=user.name)
    return station


@transaction.atomic
def describe_station(
    station: Station,
    *,
    address: str,
    opening: str,
    by: Actor,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    receives_from: time | None = None,
    receives_until: time | None = None,
    contact_name: str = "",
    contact_phone: str = "",
) -> Station:
    """家站资料: voters read this address and these hours, and find this point on the map.

    Of who answers there they read what is said here. Without hours of its own for reception days
    the county's rule holds.

    The same words again change nothing.
    """
    station = lock(station)
    refuse_if(why_not_describe_station(by))
    refuse_if(None if address.strip() and opening.strip() else "地址和开放时间都要写。")
    if (latitude is None) != (longitude is None):
        raise Refused("经度和纬度要一起填。")
    if latitude is not None and longitude is not None:
        refuse_if(why_not_there(latitude, longitude, clock.today()))
    refuse_if(why_not_these_hours(receives_from, receives_until))
    refuse_if(why_not_public(address, opening))
    refuse_if(why_not_this_contact(contact_name, contact_phone))
    said = (
        *(address.strip(), opening.strip(), latitude, longitude, receives_from, receives_until),
        *(contact_name.strip(), contact_phone.strip()),
    )
    if said == tuple(getattr(station, name) for name in DESCRIBED):
        return station
    was, before = station.own_hours, (station.contact_name, station.contact_phone)
    for name, value in zip(DESCRIBED, said, strict=True):
        setattr(station, name, value)
    station.save(update_fields=DESCRIBED)
    point = [f"经度 {longitude}", f"纬度 {latitude}"] if latitude is not None else []
    now = station.own_hours
    other = [f"接待时间{now.words if now else '按全县规定'}"] if now != was else []
    if said[-2:] != before:
        other.append(f"公布的联络员：{' '.join(filter(None, map(str, said[-2:]))) or '不公布'}")
    record(station, "described", by=by, note="，".join([*said[:2], *point, *other]))
    return station
