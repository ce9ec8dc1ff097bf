"""家站 of the demo county: where each stands, what it has, what hangs on the walls."""

from datetime import timedelta
from decimal import Decimal
from math import cos, sin, tau

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from stations.actions import fittings, places, postings
from stations.models import Posting, Standard, Station, WallDocument

CENTRES = {
    "城关镇": (32.225, 110.228),
    "溢水镇": (32.310, 110.120),
    "麻家渡镇": (32.275, 110.165),
    "宝丰镇": (32.270, 110.050),
    "擂鼓镇": (32.330, 109.900),
    "秦古镇": (32.190, 109.990),
    "得胜镇": (32.390, 109.850),
    "上庸镇": (32.110, 110.090),
    "官渡镇": (31.900, 110.020),
    "潘口乡": (32.190, 110.165),
    "竹坪乡": (32.380, 109.960),
    "大庙乡": (32.440, 110.010),
    "双台乡": (32.360, 110.060),
    "楼台乡": (32.390, 110.190),
    "文峰乡": (32.250, 110.320),
    "深河乡": (32.080, 110.330),
    "柳林乡": (31.760, 110.080),
}
MIDDLE = (32.1, 110.0)
STEP = Decimal("0.00001")
WALLS = {
    "代表联络站工作制度": (
        "一、联络站是代表联系群众、学习交流、开展监督的场所，由站长负责日常工作。",
        "二、每月 10 日、20 日、30 日为接待日，二月以最后一天代替 30 日，接待时间提前公布。",
        "三、进驻代表按轮值表到站，因故不能到站的，提前换班或者请假。",
        "四、每季度至少开展一次代表活动，活动有计划、有记录、有结果。",
        "五、站务公开，接待办理情况每季度在站内公布一次。",
    ),
    "代表接待选民制度": (
        "一、热情接待，耐心倾听，如实登记，不推诿、不拖延。",
        "二、能当场答复的当场答复；需要办理的，说明去向和时间。",
        "三、受理对国家机关工作的意见、建议和群众的实际困难。",
        "四、不受理正在诉讼、仲裁的具体案件，不干预司法。",
        "五、来访人的姓名、电话不公开。",
    ),
    "群众意见办理反馈制度": (
        "一、群众意见按当场解决、村（社区）办理、乡镇办理、转县级部门或者提出代表建议、请上级代表反映五条途径分流。",
        "二、每件意见都有人跟踪，办结后告诉接待代表和来访群众。",
        "三、三十日内没有办结的，说明原因和下一步打算。",
    ),
}


def furnish(cast: Cast) -> None:
    """Positions and the walls in spring; most keepers have checked this year, some found gaps."""
    spring = cast.today.replace(month=3, day=12)
    stations = list(Station.objects.select_related("area"))
    with clock.at(moment(spring)):
        for number, station in enumerate(stations):
            if number % 40 != 39:
                _locate(station, number, cast)
        for document in WallDocument.objects.filter(title__in=WALLS):
            fittings.publish_wall(
                document,
                text="\n".join(WALLS[document.title]),
                basis=f"{spring.year} 年第二次主任会议通过",
                by=cast.clerk,
                today=spring,
            )
        standards = {each.name: each.pk for each in Standard.objects.running(spring)}
        for number, station in enumerate(stations):
            if number % 7 != 5:
                lacks = dict.fromkeys(standards.values(), "")
                if number % 9 == 4:
                    lacks[standards["设施"]] = "打印机坏了，还没有换"
                if number % 13 == 8:
                    lacks[standards["计划"]] = "今年的计划还没有上墙"
                fittings.check_station(station, lacks=lacks, by=cast.clerk, today=spring)
    _leave_some_nowhere(cast)


def _locate(station: Station, number: int, cast: Cast) -> None:
    """The home in the middle of its township, its stations around it."""
    latitude, longitude = CENTRES.get(station.area.name, MIDDLE)
    turn = tau * station.position * 0.382
    away = 0.0 if station.kind == "home" else 0.014 + 0.0022 * station.position
    at = {"latitude": latitude + away * sin(turn), "longitude": longitude + away * cos(turn)}
    places.describe_station(
        station,
        address=station.address,
        opening=station.opening,
        receives_from=station.receives_from,
        receives_until=station.receives_until,
        contact_name=station.contact_name,
        contact_phone=station.contact_phone,
        by=cast.clerk,
        **{name: Decimal(figure).quantize(STEP) for name, figure in at.items()},
    )


def _leave_some_nowhere(cast: Cast) -> None:
    """Two deputies who left their stations wait to be posted again."""
    day = cast.today - timedelta(days=3)
    known = {cast.star, cast.second}
    running = Posting.objects.serving(day).select_related("deputy", "station").order_by("-pk")
    found = [row for row in running[:12] if row.deputy not in known][:2]
    with clock.at(moment(day)):
        for row in found:
            postings.unpost_deputy(row, reason="村组调整，另行安排", by=cast.clerk, today=day)
