"""轮值: who plans it, moves a day, puts somebody in, and notes who came."""

from datetime import date, timedelta

from congress.shared.actors import Actor
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Deputy
from stations.models import Posting, ReceptionDay, RotaLeave, RotaSlot, Station
from stations.states import SlotState, StationState

YEARS_AHEAD = 14
FAR = timedelta(days=31)
"""改期: no further than this from the 逢十 day, or it would be another month's."""
MARK_DAYS = timedelta(days=30)
"""How long the desk may note who came, or put it right."""


def runs_station(by: Actor, station: Station) -> bool:
    """The office, the township's congress, or the one who keeps this place."""
    keeps = by.is_a(Role.KEEPER) and by.same_person(station.keeper_id)
    governs = by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == station.area_id
    return keeps or governs or by.is_staff


def why_not_plan_rota(by: Actor, year: int | None = None, *, today: date) -> str | None:
    """排轮值: the office, or the operator at the server; a year that is not over."""
    if by.user is not None and not by.is_staff:
        return "轮值由代工委统一排。"
    if year is not None and not today.year <= year <= today.year + YEARS_AHEAD:
        return f"只能排 {today.year} 年到 {today.year + YEARS_AHEAD} 年的轮值。"
    return None


def why_not_move_day(
    by: Actor, day: ReceptionDay, *, to: date | None = None, today: date
) -> str | None:
    """接待日改期: before it is held and nobody has signed in, to a free date near by."""
    if not runs_station(by, day.station):
        return "请由这个家站的站长、乡镇人大或者代工委改期。"
    if day.station.state == StationState.CLOSED:
        return f"{day.station}已经撤并，以后的接待日不再举行。"
    if day.held_on < today:
        return "这次接待已经过去，不能改期。"
    if day.slots.filter(marked_at__isnull=False).exists():
        return "已经有代表签到，不能改期。"
    if to is None:
        return None
    if to < today:
        return "只能改到今天或以后。"
    if to == day.held_on:
        return "就是原来的日期，不用改。"
    if abs(to - day.planned_on) > FAR:
        on = f"{day.planned_on.month} 月 {day.planned_on.day} 日"
        return f"离逢十日（{on}）太远，请选前后一个月以内的日期。"
    if ReceptionDay.objects.filter(station=day.station_id, held_on=to).exists():
        return "这个家站这一天已经有一次接待，请另选日期。"
    return None


def why_not_appoint_substitute(
    by: Actor, slot: RotaSlot, deputy: Deputy | None = None, *, today: date
) -> str | None:
    """安排替班: a turn still to come, or one given up that nobody has taken yet."""
    if not runs_station(by, slot.day.station):
        return "请由这个家站的站长、乡镇人大或者代工委安排替班。"
    if slot.day.station.state == StationState.CLOSED:
        return f"{slot.day.station}已经撤并，以后的接待日不再举行。"
    if slot.state == SlotState.GIVEN_UP and RotaSlot.objects.filter(stands_in_for=slot).exists():
        return "这一班已经有人接了。"
    if slot.state not in (SlotState.PLANNED, SlotState.GIVEN_UP):
        return f"这一班{slot.get_state_display()}，不用替班。"
    if slot.day.held_on < today:
        return "这次接待已经过去，不能再安排替班。"
    return why_not_serve(deputy, slot, today=today) if deputy else None


def why_not_serve(deputy: Deputy, slot: RotaSlot, *, today: date) -> str | None:
    """Whether this deputy can take that turn: posted in the township, free, and not away."""
    day = slot.day
    if deputy.pk == slot.deputy_id:
        return f"这一班本来就是{deputy.name}的。"
    here = Posting.objects.serving(today).filter(station__area=day.station.area_id)
    if not here.filter(deputy=deputy).exists():
        return f"{deputy.name}不在本乡镇的家站进驻，请另选一位。"
    same_date = RotaSlot.objects.live().filter(deputy=deputy, day__held_on=day.held_on)
    if same_date.exists():
        return f"{deputy.name}这一天已经轮值，请另选一位。"
    if RotaLeave.objects.days_away([deputy.pk], [day.held_on]):
        return f"{deputy.name}这一天请了假，请另选一位。"
    return None


def why_not_check_in(by: Actor, slot: RotaSlot, *, today: date) -> str | None:
    """到岗签到: by the desk, on the day itself or within a month of it."""
    if not runs_station(by, slot.day.station):
        return "请由这个家站的站长、乡镇人大或者代工委登记到岗。"
    if slot.day.held_on > today:
        return "还没到接待日，到那天再签到。"
    if today - slot.day.held_on > MARK_DAYS:
        return "接待日过去一个月以上，不能再登记到岗。"
    if slot.state == SlotState.GIVEN_UP:
        return why_not_move(slot, SlotState.ATTENDED)
    return None
