"""家站: who may settle homes, stations and who serves there."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from congress.shared import personal_numbers
from congress.shared.accounts import why_not_to_self
from congress.shared.actors import Actor
from congress.shared.models import Area, User
from congress.shared.workflow import why_not_move
from deputies.models import RosterImport
from deputies.permissions.roster import why_not_apply, why_not_undo
from deputies.rules import UNDO_DAYS
from deputies.states import SheetKind
from stations.models import Station, StationImport, StationKind
from stations.rules import EAST, NORTH, SOUTH, WEST
from stations.states import StationState


def why_not_apply_roster(by: Actor, batch: RosterImport) -> str | None:
    """导入: whoever may take the people in also settles their stations."""
    return why_not_of_roster(batch) or why_not_apply(by, batch)


def why_not_of_roster(batch: RosterImport) -> str | None:
    """Tables of groups and of contacts name no stations."""
    if batch.kind != SheetKind.ROSTER:
        return f"这是{batch.get_kind_display()}，请在它的预览页办理。"
    return None


def why_not_export_roster(by: Actor) -> str | None:
    """导出名册: with everybody's telephone, so by the office alone."""
    if by.user is not None and by.is_staff:
        return None
    return "名册里有全部代表的联系电话，只有代工委可以导出。"


def why_not_name_keeper(by: Actor, station: Station, user: User | None = None) -> str | None:
    """指定站长: by the office, somebody else who is not the keeper already."""
    if not by.is_staff:
        return "只有代工委可以指定家站站长。"
    if station.state == StationState.CLOSED:
        return f"{station.name}已经撤并，不再需要站长。"
    if user is None:
        return None
    if user.pk == station.keeper_id:
        return f"{user.name}已经是{station.name}的站长。"
    return why_not_to_self(by, user)


def why_not_undo_roster(by: Actor, batch: RosterImport, *, now: datetime) -> str | None:
    """撤回导入: of a roster, with its stations."""
    return why_not_of_roster(batch) or why_not_undo(by, batch, now=now)


def why_not_describe_station(by: Actor) -> str | None:
    """家站资料: voters read them, and the office answers for them."""
    return None if by.is_staff else "只有代工委可以更新家站资料。"


def why_not_open_station(
    by: Actor, *, kind: str = "", area: Area | None = None, name: str = ""
) -> str | None:
    """新设家站: by the office; one home in a township, and no name twice."""
    if not by.is_staff:
        return "只有代工委可以新设家站。"
    known = Station.objects.filter(name=name).first() if name else None
    if known and known.state == StationState.CLOSED:
        return f"{name}是已经撤并的家站的名称，请另起一个。"
    if known:
        return f"已经有{name}，请另起一个名称。"
    if area and kind == StationKind.HOME and Station.objects.standing().homes().filter(area=area):
        return f"{area.name}已经有代表之家，一个乡镇只有一个。"
    return None


def why_not_import_stations(by: Actor) -> str | None:
    """导入家站表: by the office."""
    return None if by.is_staff else "只有代工委可以导入家站表。"


def why_not_undo_stations(by: Actor, batch: StationImport, *, now: datetime) -> str | None:
    """撤回家站表: by the office, once, within the days the county has set for imports."""
    if not by.is_staff:
        return "只有代工委可以撤回导入。"
    if batch.undone_at:
        return "这次导入已经撤回。"
    days = UNDO_DAYS.on(timezone.localdate(now))
    if now - batch.applied_at > timedelta(days=days):
        return f"导入已超过 {days} 天，不能整批撤回，请逐个更正。"
    return None


def why_not_close_station(
    by: Actor, station: Station, successor: Station | None = None, *, today: date
) -> str | None:
    """撤站: by the office, once; whoever serves there goes on at another one that stands."""
    if not by.is_staff:
        return "只有代工委可以撤并家站。"
    if refusal := why_not_move(station, StationState.CLOSED):
        return refusal
    if successor is None:
        return None
    if successor.pk == station.pk:
        return "不能并入自己，请选另一个家站。"
    if successor.state == StationState.CLOSED:
        return f"{successor.name}自己已经撤并，请另选一个。"
    return None


def why_not_these_hours(first: time | None, last: time | None) -> str | None:
    """接待时间: from and until, or neither and the county's hold."""
    if (first is None) != (last is None):
        return "接待时间的起止要一起填；都不填就按全县规定。"
    return "接待结束要晚于开始。" if first and last and last <= first else None


def why_not_public(address: str, opening: str) -> str | None:
    """地址、开放时间: everybody reads them, so nobody's own number stands there."""
    if found := personal_numbers.of_people(f"{address}\n{opening}"):
        return f"群众在公开页面上看得到，不写“{found[0]}”。"
    return None


def why_not_this_contact(name: str, phone: str) -> str | None:
    """联络员: everybody reads it, so an office's telephone and nobody's own, however parted."""
    if phone.strip() and not name.strip():
        return "公布了电话的，也要写联络员。"
    figures = "".join(filter(str.isdecimal, phone))
    if any(map(personal_numbers.of_people, (name, phone, figures))):
        return "公布的是办公电话，不写手机号。"
    return None


def why_not_there(latitude: Decimal, longitude: Decimal, today: date) -> str | None:
    """位置: within the county, as 本地规则 draws it."""
    south, north = SOUTH.exactly_on(today), NORTH.exactly_on(today)
    west, east = WEST.exactly_on(today), EAST.exactly_on(today)
    if south <= latitude <= north and west <= longitude <= east:
        return None
    swapped = south <= longitude <= north and west <= latitude <= east
    return (
        f"这个位置不在本县（经度 {west}—{east}，纬度 {south}—{north}）"
        f"{'，经度和纬度好像填反了' if swapped else '，请核对'}。"
    )
