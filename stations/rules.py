"""What the places and events of the county go by."""

from dataclasses import dataclass
from decimal import Decimal

from congress.shared.local_rules import LocalRule


@dataclass(frozen=True)
class ClockRule(LocalRule):
    """A time of the day as one figure: 830 is 8:30."""

    def why_not(self, value: Decimal) -> str | None:
        refusal = super().why_not(value)
        return refusal or ("分钟不能超过 59，8:30 写 830。" if value % 100 > 59 else None)


POLICY = "县人大常委会“逢十接待日”制度（默认值）"
OWN = "本县家站制度（默认值）"
FIRST = LocalRule("stations.first_day", 10, "每月第一个接待日（几号）", POLICY, 1, 31)
SECOND = LocalRule("stations.second_day", 20, "每月第二个接待日（几号）", POLICY, 1, 31)
THIRD = LocalRule("stations.third_day", 30, "每月第三个接待日（几号，月短为月末）", POLICY, 1, 31)
ROLL = LocalRule(
    "stations.roll", 0, "接待日逢休息日（0 照常，1 顺延到上班日，2 提前到上班日）", OWN, 0, 2
)
HOURS_FROM = ClockRule(
    "stations.hours_from", 830, "接待日几点开始（8:30 写 830；家站另有规定的除外）", OWN, 0, 2359
)
HOURS_UNTIL = ClockRule(
    "stations.hours_until",
    1130,
    "接待日几点结束（11:30 写 1130；家站另有规定的除外）",
    OWN,
    0,
    2359,
)
SEATS = LocalRule("stations.seats", 2, "每个接待日至少几名代表轮值", OWN, 1, 20)
NOTICE_DAYS = LocalRule("stations.notice_days", 2, "提前几天提醒轮值代表", OWN, 0, 30)
SWAP_DAYS = LocalRule("stations.swap_days", 1, "换班最迟提前几天定下（0 当天也可以）", OWN, 0, 30)
SCREEN_DAYS = LocalRule("stations.screen_days", 3, "大屏几天没有应答算断线", OWN, 1, 60)
IDLE_DAYS = LocalRule(
    "stations.idle_days", 60, "家站几天没有接待、来访、议事算没有动静", OWN, 7, 366
)

CALLS = "县人大代表小组活动办法（默认值）"
CALL_DAYS = LocalRule("stations.call_days", 3, "活动最迟提前几天通知（0 当天也可以）", CALLS, 0, 60)
ANSWER_DAYS = LocalRule(
    "stations.answer_days", 1, "活动报名最迟在活动前几天（0 当天也可以）", CALLS, 0, 30
)

ROUTES = "县人大代表接待选民制度（默认值）"
ROUTE_DAYS = LocalRule("stations.route_days", 3, "来访登记后几个工作日内分流", ROUTES, 1, 30)
COMMUNITY_DAYS = LocalRule(
    "stations.community_days", 10, "村（社区）几个工作日内办结民情", ROUTES, 1, 120
)
TOWNSHIP_DAYS = LocalRule("stations.township_days", 15, "乡镇几个工作日内办结民情", ROUTES, 1, 120)
COUNTY_DAYS = LocalRule("stations.county_days", 30, "县级单位几个工作日内办结民情", ROUTES, 1, 240)
HIGHER_DAYS = LocalRule(
    "stations.higher_days", 60, "请上级代表反映的几个工作日内回音", ROUTES, 1, 240
)
TELL_DAYS = LocalRule("stations.tell_days", 5, "民情办结后几个工作日内告知群众", ROUTES, 1, 60)
SOON_DAYS = LocalRule("stations.soon_days", 3, "民情到期前几个工作日亮临近灯", ROUTES, 0, 30)

SIGNING = "县人大代表活动签到制度（默认值）"
CODE_SECONDS = LocalRule("stations.code_seconds", 30, "会场签到码几秒换一次", SIGNING, 10, 300)
CODE_MINUTES = LocalRule(
    "stations.code_minutes", 60, "活动开始前、结束后几分钟内可以扫码签到", SIGNING, 0, 720
)
REPLAY_DAYS = LocalRule("stations.replay_days", 3, "没有网络时的签到几天内补传有效", SIGNING, 1, 30)
LATE_MINUTES = LocalRule(
    "stations.late_minutes", 10, "签到过几分钟才传上来的列入异常", SIGNING, 1, 1440
)
FOUND = "县人大代表活动发现问题交办制度（默认值）"
HAND_DAYS = LocalRule("stations.hand_days", 5, "活动发现的问题几个工作日内交办", FOUND, 1, 60)
SOLVE_DAYS = LocalRule("stations.solve_days", 30, "交办的问题几个工作日内解决", FOUND, 1, 240)

BOUNDS = "县域范围（默认值，略放宽）"
SOUTH = LocalRule("stations.south", Decimal("31.50"), "县域最南（北纬度）", BOUNDS, 0, 90)
NORTH = LocalRule("stations.north", Decimal("32.63"), "县域最北（北纬度）", BOUNDS, 0, 90)
WEST = LocalRule("stations.west", Decimal("109.53"), "县域最西（东经度）", BOUNDS, 0, 180)
EAST = LocalRule("stations.east", Decimal("110.43"), "县域最东（东经度）", BOUNDS, 0, 180)

FATAL_ABSENCES = 2
"""未经批准两次不出席本级人民代表大会会议的，代表资格终止."""
