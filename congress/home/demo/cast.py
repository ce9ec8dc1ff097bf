"""The demo county's people besides its deputies, and the order in which accounts are printed."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Organisation, Post
from congress.shared.roles import Role
from deputies.models import Deputy, DeputyGroup

PASSWORD = "zhushan2026"  # noqa: S105 - printed on purpose: the county is invented
ARRIVED_ON = date(2021, 12, 1)
LOGINS = (
    ("keyuan", "代工委工作人员：导入名册、核对履职、审查和交办建议"),
    ("keyuan2", "代工委另一位工作人员：登记到场，答复别人经手的积分异议"),
    ("zhuren", "代工委主任：核实履职并记分、公开、年度评定"),
    ("xiangzhen", "乡镇人大工作人员：审查和交办本乡镇的建议、登记到场、核对、乡镇参评"),
    ("zhaojiren", "代表小组召集人：登记到场、小组核校"),
    ("zhanzhang", "联络站站长：登记到场"),
    ("daibiao", "人大代表：记履职、提建议、确认见面、评价、看积分"),
    ("daibiao2", "另一位人大代表：附议"),
    ("danwei", "承办单位经办人：签收、见面、起草答复"),
    ("juzhang", "承办单位负责人：签发答复"),
    ("zhengfu", "镇政府经办人：办本镇代表提的建议，签收、见面、起草答复"),
    ("zhenzhang", "镇政府负责人：签发答复"),
    ("lingdao", "常委会领导：看进度"),
    ("guanliyuan", "系统管理员"),
    ("shenji", "审计员"),
)


@dataclass
class Cast:
    """Whom the year's chapters call on."""

    clerk: Actor
    registrar: Actor
    director: Actor
    county: Assembly
    townships: dict[int, Actor] = field(default_factory=dict)
    units: dict[str, Actor] = field(default_factory=dict)
    heads: dict[str, Actor] = field(default_factory=dict)
    convenors: dict[int, Actor] = field(default_factory=dict)
    groups: list[DeputyGroup] = field(default_factory=list)
    members: dict[int, list[Deputy]] = field(default_factory=dict)
    deputies: list[Deputy] = field(default_factory=list)
    actors: dict[int, Actor] = field(default_factory=dict)
    star: Deputy | None = None
    second: Deputy | None = None
    dice: Random = field(default_factory=lambda: Random(19))  # noqa: S311 - a repeatable county
    today: date = date(2026, 11, 22)

    def on_duty(self, group: DeputyGroup) -> list[Deputy]:
        """轮值: the group's county deputies and two of its others."""
        own = {deputy.pk for deputy in self.deputies}
        members = self.members[group.pk]
        others = [deputy for deputy in members if deputy.pk not in own]
        pair = self.dice.sample(others, min(2, len(others)))
        return [deputy for deputy in members if deputy.pk in own] + pair

    def is_away(self, deputy: Deputy, day: date) -> bool:
        """In hospital since October: on leave from everything, and this quarter stays empty."""
        known = deputy in (self.star, self.second)
        return deputy.pk % 41 == 7 and day >= date(2026, 10, 1) and not known

    def diligence(self, deputy: Deputy) -> float:
        """How often this deputy comes: between 0.62 and 1, the same in every chapter."""
        return 0.62 + (deputy.pk * 7919 % 38) / 100


def moment(day: date, hour: int = 9) -> datetime:
    """That hour of that day in the county, or this instant when the hour is still to come."""
    return min(timezone.make_aware(datetime.combine(day, time(hour))), timezone.now())


def as_actor(post: Post) -> Actor:
    return Actor(post.user, post, (post,))


UNITS = (
    ("县人民政府办公室", "县政府办"),
    ("县交通运输局", "交通运输局"),
    ("县农业农村局", "农业农村局"),
    ("县教育局", "教育局"),
    ("县水利和湖泊局", "水利和湖泊局"),
    ("县住房和城乡建设局", "住建局"),
    ("县自然资源和规划局", "自然资源局"),
    ("县民政局", "民政局"),
    ("县文化和旅游局", "文旅局"),
    ("县财政局", "财政局"),
    ("县公安局", "公安局"),
    ("县商务局", "商务局"),
    ("县经济和信息化局", "经信局"),
    ("县林业局", "林业局"),
    ("县卫生健康局", "卫健局"),
    ("县人力资源和社会保障局", "人社局"),
)
CLERK_NAMES = [
    "龚晓梅",
    "全兴国",
    "柯传林",
    "欧阳玉兰",
    "邹明贵",
    "黄启秀",
    "覃道荣",
    "仇大勇",
    "单文秀",
    "解先平",
    "曾祥珍",
    "吴秀兰",
    "何守信",
    "喻立新",
    "柳青山",
    "梅永红",
]
HEAD_NAMES = [
    "梁国平",
    "骆正华",
    "秦海燕",
    "樊志远",
    "俞建军",
    "尤世杰",
    "鲁长河",
    "褚玉梅",
    "管道明",
    "葛兴旺",
    "戚国栋",
    "常秀英",
    "岑志强",
    "殷立本",
    "毕春华",
    "洪守义",
]


def unit_named(name: str) -> Organisation:
    return Organisation.objects.units().get(name=name)


ROLES_OF_STAFF = (
    ("keyuan", "李敏", Role.STAFF_CLERK),
    ("keyuan2", "周启明", Role.STAFF_CLERK),
    ("zhuren", "沈国安", Role.STAFF_DIRECTOR),
    ("lingdao", "贺长青", Role.LEADER),
    ("guanliyuan", "程亮", Role.SYSADMIN),
    ("shenji", "白雪梅", Role.AUDITOR),
)
