"""接待和议事 of the demo county: who came in autumn, on all five routes, and what was agreed on."""

from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from congress.home.demo.cast import Cast, moment
from congress.home.demo.duties import settle
from congress.shared import clock
from congress.shared.actors import Actor
from deputies.models import DutyRecord
from stations.actions import councils, issues, rota, visits
from stations.models import (
    Consent,
    Council,
    CouncilKind,
    Issue,
    Outcome,
    ReceptionDay,
    RotaSlot,
    Route,
    Station,
    Told,
    Way,
)
from stations.permissions.councils import Talked
from stations.permissions.visits import Heard
from stations.states import MatterState, SlotState

HEARD = (
    (
        "村卫生室慢性病药常断货",
        "高血压的药一个月断两次，要到镇上去买，来回三十多里。",
        "村医联系",
    ),
    ("集镇垃圾箱太少", "集镇东头只有两个垃圾箱，逢集就满，夏天味道大。", ""),
    ("通组路塌方没有清", "九月下雨塌了一段，农用车过不去，红薯运不出来。", "村委会"),
    ("低保复核要跑几趟", "复核的材料分三次才收齐，希望一次说清要哪些。", "镇民政办"),
    ("农村客运班车停了", "早班车八月以后停了，学生和看病的人不方便。", ""),
    ("高压线下能不能建房", "家里地基在高压线旁边，想问能不能建。", ""),
    ("灌溉渠清淤", "春灌以前请把支渠清一次，去年只清了一半。", "水利站"),
)
PLACES = ("一组", "三组", "集镇", "五组", "二组", "四组", "六组")
CALLERS = ("王秀英", "老李", "陈国富", "周大姐", "吴师傅", "郑家旺", "孙明")
COUNCILS = (
    ("场院会", "集镇夜间照明怎么管", ("装八盏灯，电费由商户分摊", "选两名管灯员")),
    ("楼栋议事会", "楼道杂物清理", ("每月第一个周六一起清",)),
    ("进群入圈", "秋季农田水渠维护", ("各组出工清自家段", "请镇里借一台小挖机")),
)


def receive(cast: Cast) -> None:
    """Visits on the last reception days that were planned, and councils of the last weeks."""
    rows = (
        RotaSlot.objects.live().filter(day__held_on__lte=cast.today).select_related("day__station")
    )
    known = list(DutyRecord.objects.values_list("pk", flat=True))
    days = ReceptionDay.objects.held().filter(held_on__lte=cast.today, slots__in=rows)
    number = 0
    over = list(days.select_related("station__area").distinct().order_by("-held_on", "pk"))
    for at, day in enumerate(over):
        if at % 11 == 0:
            for _ in range(2):
                _visit(cast, day, number)
                number += 1
        _mark(cast, day, at)
    told = DutyRecord.objects.exclude(pk__in=known)
    for last in sorted({day.held_on for day in over})[1:]:  # those of the last day still wait
        settle(cast, told.filter(done_on__lt=last), last, checker=cast.registrar)
    stations = list(Station.objects.standing().stations().select_related("area")[:3])
    for each, station in enumerate([*_of_the_star(cast), *stations]):
        _talk(cast, station, each)
    _walk(cast)


def _mark(cast: Cast, day: ReceptionDay, at: int) -> None:
    """Most came; here and there one did not, one day in some was empty, one is not noted yet."""
    if at % 17 == 11 or day.held_on >= cast.today:
        return
    for number, slot in enumerate(day.slots.filter(state=SlotState.PLANNED).order_by("pk")):
        came = at % 13 != 5 and not (number and at % 7 == 3)
        with clock.at(moment(day.held_on, 12)):
            rota.check_in(slot, came=came, by=cast.clerk, today=day.held_on)


def _of_the_star(cast: Cast) -> list[Station]:
    return list(Station.objects.filter(postings__deputy=cast.star, postings__to_on=None)[:1])


def _visit(cast: Cast, day: ReceptionDay, number: int) -> None:
    slots = day.slots.exclude(state__in=(SlotState.GIVEN_UP, SlotState.ABSENT))
    slot = slots.select_related("deputy", "day__station").order_by("pk").first()
    if slot is None:
        return
    with clock.at(moment(day.held_on, 10)):
        if slot.state == SlotState.PLANNED:
            rota.check_in(slot, came=True, by=cast.clerk, today=day.held_on)
        heard = _heard(number, slot.deputy, way=Way.DAY, day=day, came_on=day.held_on)
        _taken(cast, day.station, heard, number, day.held_on)


def _walk(cast: Cast) -> None:
    """What the lead deputy heard away from the station: by telephone and at doors."""
    stations = _of_the_star(cast)
    if cast.star is None or not stations:
        return
    for number in range(7):
        on = cast.today - timedelta(days=50 - 7 * number)
        way = Way.CALL if number % 2 else Way.DOOR
        with clock.at(moment(on, 15)):
            heard = _heard(number, cast.star, way=way, came_on=on)
            _taken(cast, stations[0], heard, 100 + number, on)


def _heard(number: int, deputy, *, way: Way, came_on: date, day=None) -> Heard:  # type: ignore[no-untyped-def]  # handed on as it comes
    title, words, _ = HEARD[number % len(HEARD)]
    return Heard(
        deputy=deputy,
        way=way,
        day=day,
        came_on=came_on,
        title=title,
        words=words,
        caller=CALLERS[number % len(CALLERS)],
        contact=f"100{number:08}" if number % 3 else "",
        place=PLACES[number % len(PLACES)],
        people=1 + number % 3,
        consent=Consent.NO if number % 7 == 5 else Consent.YES,
    )


def _taken(cast: Cast, station: Station, heard: Heard, number: int, on: date) -> None:
    token = uuid5(NAMESPACE_URL, f"demo-visit-{number}")
    visit = visits.take_down_visit(station, heard=heard, token=token, by=cast.clerk, today=on)
    _lead_on(cast, visit.issue, number, on, HEARD[number % len(HEARD)][2])


def _lead_on(cast: Cast, issue: Issue, number: int, on: date, handler: str) -> None:
    """By number: left to be routed, answered there, or on one of the other four ways."""
    by, step = cast.clerk, number % 7
    if step == 0:
        return
    if step == 5:
        answer = "请先到镇自然资源所查规划，高压线保护区内不能建，已把电话写给来访人。"
        outcome = Outcome.ELSEWHERE
        issues.answer_on_the_spot(issue, outcome=outcome, answer=answer, by=by, today=on)
        return
    routes = (Route.COMMUNITY, Route.COMMUNITY, Route.TOWNSHIP, Route.COUNTY)
    way = routes[step - 1] if step < 5 else Route.HIGHER
    issue = issues.route_issue(issue, route=way, handler=handler, by=by, today=on)
    if step in (1, 4):
        return
    ended = min(on + timedelta(days=6), cast.today)
    with clock.at(moment(ended, 16)):
        result = "已经办好，请来访人再看一看，有问题随时到联络站说。"
        outcome = Outcome.PASSED_ON if way == Route.HIGHER else Outcome.SOLVED
        higher = "市人大代表罗永安，已向市水利和湖泊局反映" if way == Route.HIGHER else ""
        issue = issues.settle_issue(
            issue, outcome=outcome, result=result, taken_up=higher, by=by, today=ended
        )
        if step != 6:
            _tell(issue, by, ended)


def _tell(issue: Issue, by: Actor, on: date) -> None:
    how = Told.CALL if issue.visit and issue.visit.contact else Told.BY_VILLAGE
    issues.tell_voter(issue, how=how, words="来访人表示满意", told_on=on, by=by, today=on)


def _talk(cast: Cast, station: Station, number: int) -> None:
    """One council, its first matter done."""
    name, topic, matters = COUNCILS[number % len(COUNCILS)]
    here = [
        each.deputy for each in station.postings.filter(to_on=None).select_related("deputy")[:2]
    ]
    on = cast.today - timedelta(days=12 + 9 * number)
    same = Council.objects.filter(station=station, held_on=on, topic=topic)
    if not here or same.exists():
        return
    with clock.at(moment(on, 19)):
        talked = Talked(
            kind=CouncilKind.objects.get(name=name),
            held_on=on,
            place=f"{station.area.name}集镇" if number else "代表联络站院坝",
            topic=topic,
            people=18 + 7 * number,
            notes="先由代表说明来意，再请大家一个一个说。多数人愿意一起办，少数人担心费用，当场算了账。",
            deputies=here,
            matters=matters,
        )
        row = councils.note_council(station, talked=talked, by=cast.clerk, today=on)
    first, ended = row.matters.order_by("pk").first(), on + timedelta(days=5)
    if first:
        with clock.at(moment(ended, 10)):
            councils.end_matter(
                first,
                to=MatterState.DONE,
                result="已经办成，镇里和村里都到场看过",
                ended_on=ended,
                by=cast.clerk,
                today=ended,
            )
