"""来访登记: who takes a visit down, puts it right, withdraws it, and reads who came."""

from dataclasses import dataclass
from datetime import date, timedelta

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Deputy
from stations.models import Consent, Issue, Posting, ReceptionDay, RotaSlot, Station, Visit, Way
from stations.permissions.rota import runs_station
from stations.states import IssueState, SlotState, StationState, VisitState

ENTER_DAYS = timedelta(days=60)
"""How long after it a visit may be taken down: the paper sheets of two months are typed in."""


@dataclass(frozen=True)
class Heard:
    """What the sheet asks for: who received whom on what occasion, and what was said."""

    deputy: Deputy
    way: Way
    came_on: date
    title: str
    words: str
    day: ReceptionDay | None = None
    caller: str = ""
    contact: str = ""
    place: str = ""
    people: int = 1
    consent: Consent = Consent.YES


def receives_at(by: Actor, station: Station, today: date) -> bool:
    """A deputy who serves there, or has a turn there."""
    if by.user is None or not by.is_a(Role.DEPUTY, Role.CONVENOR):
        return False
    own = Deputy.objects.serving(today).filter(user=by.user)
    posted = Posting.objects.serving(today).filter(station=station, deputy__in=own)
    turns = RotaSlot.objects.live().filter(day__station=station, deputy__in=own)
    return posted.exists() or turns.exists()


def why_not_take_down_visit(
    by: Actor, station: Station, heard: Heard | None = None, *, today: date
) -> str | None:
    """登记来访: whoever runs the place, or the deputy who received."""
    if not (runs_station(by, station) or receives_at(by, station, today)):
        return "请由这个家站的站长、接待代表、乡镇人大或者代工委登记。"
    if station.state == StationState.CLOSED:
        return f"{station}已经撤并，不再登记来访。"
    return _why_not_so(by, station, heard, today) if heard else None


def _why_not_so(
    by: Actor, station: Station, heard: Heard, today: date, *, known: Visit | None = None
) -> str | None:
    """Whether it can have been as the sheet says; one that is `known` keeps its day however old."""
    if not runs_station(by, station) and not by.same_person(heard.deputy.user_id):
        return "代表只登记自己接待的来访。"
    if heard.came_on > today:
        return "来访日期不能晚于今天。"
    same_day = known is not None and known.came_on == heard.came_on
    if today - heard.came_on > ENTER_DAYS and not same_day:
        return f"只能登记最近 {ENTER_DAYS.days} 天的来访。"
    if not says_something(heard.words) or not says_something(heard.title):
        return "请写明反映的是什么事。"
    if heard.way == Way.DAY:
        return _why_not_on_duty(station, heard)
    here = Posting.objects.running(heard.came_on).filter(station__area=station.area_id)
    if not here.filter(deputy=heard.deputy).exists():
        return f"{heard.deputy.name}不在本乡镇的家站进驻，请重选接待代表。"
    return None


def _why_not_on_duty(station: Station, heard: Heard) -> str | None:
    """接待日来访: on a day that this place held, by a deputy whose turn it was."""
    days = ReceptionDay.objects.held().filter(station=station, held_on=heard.came_on)
    if heard.day is None or not days.filter(pk=heard.day.pk).exists():
        return f"{station} {heard.came_on.month} 月 {heard.came_on.day} 日没有接待日。"
    turn = RotaSlot.objects.live().filter(day=heard.day, deputy=heard.deputy).first()
    if turn is None:
        return f"这个接待日没有{heard.deputy.name}的班。替班的请先在轮值里安排。"
    if turn.state == SlotState.ABSENT:
        return f"{heard.deputy.name}这一天登记为缺岗，来过的请先改为到岗。"
    return None


def _why_not_own(by: Actor, visit: Visit) -> str | None:
    """Whoever runs the place, or the deputy who received."""
    received = by.is_a(Role.DEPUTY, Role.CONVENOR) and by.same_person(visit.deputy.user_id)
    if received or runs_station(by, visit.station):
        return None
    return "请由这个家站的站长、接待代表、乡镇人大或者代工委办理。"


def why_not_correct_visit(
    by: Actor, visit: Visit, heard: Heard | None = None, *, today: date
) -> str | None:
    """改正登记: as long as the voter has not been told of the result."""
    if refusal := _why_not_own(by, visit):
        return refusal
    if visit.state == VisitState.WITHDRAWN:
        return "这次登记已经撤回，不能再改。"
    if Issue.objects.filter(visit=visit, state=IssueState.TOLD).exists():
        return "已经告知群众，登记不能再改。"
    return _why_not_so(by, visit.station, heard, today, known=visit) if heard else None


def why_not_withdraw_visit(by: Actor, visit: Visit) -> str | None:
    """撤回登记: before its matter goes anywhere."""
    if refusal := _why_not_own(by, visit) or why_not_move(visit, VisitState.WITHDRAWN):
        return refusal
    if Issue.objects.filter(visit=visit, state=IssueState.RECEIVED).exists():
        return None
    return "已经分流或者答复，登记不能撤回。"


def why_not_reveal_visitor(by: Actor, visit: Visit) -> str | None:
    """看来访人: whoever has to tell the voter, until the voter has been told."""
    if refusal := _why_not_own(by, visit):
        return refusal
    if not (visit.caller or visit.contact):
        return "来访人没有留称呼和电话，或者已到期删除。"
    ended = Issue.objects.filter(visit=visit, state=IssueState.TOLD).exists()
    return "已经告知群众，不用再联系。" if ended else None
