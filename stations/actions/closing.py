"""新设、撤并: a place begins, and one ends whose people go on at another."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.accounts import hold_office, lay_down
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area
from congress.shared.roles import Role
from congress.shared.workflow import in_turn, lock, move, record, refuse_if
from deputies.entries import position_of
from stations.actions.rota import ROTA, free_turns
from stations.models import Posting, RotaSlot, Station
from stations.permissions.places import why_not_close_station, why_not_open_station
from stations.states import StationState


@transaction.atomic
def open_station(*, kind: str, area: Area, name: str, by: Actor) -> Station:
    """新设家站: it stands in its township; address, hours and keeper are said next."""
    in_turn(f"stations.open:{area.pk}")
    name = name.strip()
    refuse_if(why_not_open_station(by, kind=kind, area=area, name=name))
    refuse_if(None if name else "请写家站的名称。")
    station = Station.objects.create(kind=kind, area=area, name=name, position=position_of(name))
    record(station, "founded", by=by, note=name)
    return station


@transaction.atomic
def close_station(
    station: Station, *, successor: Station | None, reason: str, by: Actor, today: date
) -> Station:
    """撤站: from today on it receives nobody, and its deputies serve at the successor.

    Turns still to come are given up, as its reception days are held no more; the successor's next
    planning gives its new people turns. Its keeper is released. What was done there stays its own.
    """
    in_turn(ROTA)
    station, why = lock(station), reason.strip()
    successor = lock(successor) if successor else None
    refuse_if(why_not_close_station(by, station, successor, today=today))
    refuse_if(None if why else "请写明撤并原因，群众会看到。")
    served = _go_on(station, successor, today=today)
    turns = RotaSlot.objects.ahead(today).filter(day__station=station)
    to = f"并入{successor}" if successor else "撤并"
    freed = free_turns(turns, why=f"{station}{to}", by=by)
    _release_keeper(station, by=by, today=today)
    if successor:
        record(successor, "went_on", by=by, note=f"接续{station}，进驻 {served} 人")
        told = (
            f"{station}并入{successor}，{served} 名代表从今天起进驻{successor}，请排进以后的轮值。"
        )
        link = reverse("stations:station_rota", args=[successor.pk])
        notices.write([successor.keeper], key=f"stations.closed:{station.pk}", text=told, link=link)
    facts = {"closed_on": today, "why": why[:100], "successor": successor}
    note = f"{to}：{why}。进驻 {served} 人，取消轮值 {freed} 次"
    return move(station, StationState.CLOSED, by=by, note=note, **facts)


def _go_on(station: Station, successor: Station | None, *, today: date) -> int:
    """进驻: whoever serves here leaves today and serves at the successor from today on."""
    open_here = list(Posting.objects.open().filter(station=station).select_for_update(of=("self",)))
    if open_here and successor is None:
        raise Refused(f"还有 {len(open_here)} 名代表进驻{station}，请选并入哪个家站。")
    for posting in open_here:
        posting.to_on = max(today, posting.from_on)
    Posting.objects.bulk_update(open_here, ["to_on"])
    Posting.objects.bulk_create(
        Posting(deputy_id=posting.deputy_id, station=successor, from_on=max(today, posting.from_on))
        for posting in open_here
    )
    return len(open_here)


def _release_keeper(station: Station, *, by: Actor, today: date) -> None:
    """站长卸任: the post goes, unless they keep another place of the township."""
    keeper, station.keeper = station.keeper, None
    if keeper is None:
        return
    station.save(update_fields=["keeper"])
    if not Station.objects.kept_by(keeper).filter(area=station.area_id).exists():
        office = hold_office(station.area)
        lay_down(keeper, organisation=office, role=Role.KEEPER, before=today, by=by)
    record(station, "keeper_released", by=by, note=keeper.name)
