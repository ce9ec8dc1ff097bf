"""An invented deputy's duty file in full: 46 ledger lines, rare characters in the names."""

from datetime import date
from decimal import Decimal

from scoring.documents import (
    ActivityLine,
    CategoryLine,
    DutyFile,
    Figure,
    LedgerLine,
    MatterLine,
    OpinionLine,
    Person,
    PollLine,
    ProposalLine,
    ReceptionLine,
    StarLine,
    Verdict,
)

PERSON = Person(
    name="罗㛃堃",
    sex="女",
    nation="土家族",
    born="1975年3月",
    party="中共党员",
    education="大专",
    levels="县、乡两级",
    certificate="190147",
    delegation="柳林代表团",
    district="柳林乡第3选区",
    term="2021年12月起",
    group="柳林乡第二代表小组",
    job="白果坪村党支部书记、茶叶合作社理事长",
    station="白果坪代表联络站",
    pledge="每月到站一次，每件事三天内回话，办不成的说清为什么。",
)
DONE = (
    ("参加会议", "列席县人大常委会第二十三次会议", "M3", "签到，审议发言1次", "3.0"),
    ("联系群众", "接待日接待选民6人次", "C1", "接待登记，反映3件", "2.0"),
    ("参加活动", "小组学习：代表法与议事规则", "A2", "小组签到，应到9人实到9人", "2.0"),
    ("提出建议", "领衔建议1904063：茶叶品种更新补助", "P2", "受理并交办", "4.0"),
    ("提出建议", "附议建议1904071：稳定乡村医生队伍", "P3", "本人确认文本", "1.0"),
    ("联系群众", "春节前后走访选民12户", "C2", "走访日志，召集人核对", "2.5"),
    ("参加活动", "视察春季农业生产", "A1", "常委会组织，发言记录", "3.0"),
    ("自身建设", "新修改代表法专题培训", "S1", "两天四个半天，全勤", "2.0"),
)
CAPPED = ("联系群众", "接待日接待选民5人次", "C1", "接待登记；本类已满20分", "0.0")


def ledger() -> tuple[LedgerLine, ...]:
    total, lines = Decimal(0), []
    for number in range(1, 47):
        category, item, rule, reason, points = DONE[number % 8] if number % 11 else CAPPED
        if number == 38:
            item, reason, points = "冲正第30条", "与村务值班重复，申诉后维持", "-2.0"
        elif number > 12 and points != "0.0":
            points = "1.5"
        total += Decimal(points)
        lines.append(
            LedgerLine(
                number=str(number),
                date=f"{number // 4 + 1}月{number % 4 * 7 + 3}日",
                category=category,
                item=item,
                rule=rule,
                reason=reason,
                verifier="万䶮喆" if number % 3 else "鲍正坤",
                points=f"{Decimal(points):+}" if Decimal(points) else "0.0",
                total=str(total),
                reverses=number == 38,
                counts=bool(Decimal(points)),
            )
        )
    return tuple(lines)


STARS = (
    ("政治星", "拥护宪法法律", "代工委核定无违反"),
    ("守法星", "遵纪守法", "无违纪违法记录"),
    ("会议星", "出席人代会", "应到7次，请假1次"),
    ("审议星", "审议发言", "发言5次，提问1次"),
    ("建议星", "提出建议", "领衔3件，附议2件"),
    ("督办星", "参与办理", "三次见面全部确认"),
    ("联系星", "联系群众", "到岗12次，应到12次"),
    ("活动星", "参加活动", "5次全部参加"),
    ("学习星", "学习培训", "完成9项，应完成12项"),
    ("形象星", "述职测评", "满意率97.8%"),
)
PROPOSALS = (
    (
        "1904063",
        "领衔",
        "提高茶叶品种更新补助标准",
        "每亩补助由400元提到600元，年内改植820亩。8月13日办后见面。",
        "县农业农村局",
        7,
        "A 已解决",
        "",
    ),
    (
        "1904064",
        "领衔",
        "修复白果坪灌溉水渠",
        "修复渠道3.2公里，恢复灌溉460亩。10月通水。",
        "县水利和湖泊局",
        7,
        "A 已解决",
        "重点督办",
    ),
    (
        "1904071",
        "附议",
        "稳定乡村医生队伍",
        "承诺2026年12月31日前落实养老补助，列入回头看。",
        "县卫生健康局",
        6,
        "B 已列计划",
        "",
    ),
    (
        "1904088",
        "附议",
        "增设村级寄递网点",
        "新设网点41个，白果坪村网点5月启用。",
        "县邮政管理局",
        7,
        "A 已解决",
        "",
    ),
    (
        "闭2025017",
        "领衔",
        "在村道增设错车台",
        "现场见面两次，2026年1月15日前答复。",
        "县交通运输局",
        4,
        "办理中",
        "",
    ),
)
RECEPTIONS = (
    ("1月10日", "6", (("通组路塌方", "乡镇", "已解决"), ("低保复核", "村（社区）", "已解释说明"))),
    ("1月20日", "4", (("自来水管冻裂", "村（社区）", "已解决"),)),
    ("2月20日", "7", (("农资价格高", "乡镇", "已解释说明"), ("春耕用水", "乡镇", "已解决"))),
    ("3月20日", "5", (("茶苗补助标准低", "县农业农村局", "提出建议"),)),
    ("4月10日", "8", (("校车线路绕远", "县教育局", "列入计划"), ("路灯不亮", "乡镇", "已解决"))),
    ("5月20日", "6", (("河道垃圾", "当场答复", "已解决"),)),
    ("6月10日", "5", (("村道会车困难，雨天更险", "县交通运输局", "提出建议"),)),
    (
        "7月10日",
        "9",
        (
            ("灌溉渠渗漏", "县水利和湖泊局", "已解决"),
            ("合作社欠款拖了两年没有结清", "乡镇", "办理中"),
            ("村小门口没有减速带", "县公安局", "已解决"),
        ),
    ),
    ("8月20日", "", ()),
    ("9月10日", "4", (("合作医疗报销", "当场答复", "已解释说明"),)),
    ("10月10日", "7", (("秋茶销路", "乡镇", "列入计划"),)),
    ("10月30日", "5", (("冬季取暖", "村（社区）", "已解决"),)),
)
ACTIVITIES = (
    ("1月8日", "县人大常委会第二十三次会议", "县人大常委会", "列席"),
    ("1月17日", "小组学习：代表法与议事规则", "第二代表小组", "到会"),
    ("3月26日", "视察春季农业生产", "县人大常委会", "到会"),
    ("4月16日", "“三进”活动：进茶叶基地", "第二代表小组", "到会"),
    ("8月28日", "县人大常委会第二十七次会议", "县人大常委会", "请假（批准）"),
    ("11月12日", "农村公路建设回头看", "财政经济专业小组", "到会"),
    ("12月16日", "县十九届人大五次会议", "县人大常委会", "全勤，发言2次"),
)


def duty_file() -> DutyFile:
    lines = ledger()
    total = lines[-1].total
    days = {date(2025, month, day): day // 10 for month in range(1, 11) for day in (10, 20)}
    days |= {date(2025, month, 3 + month): 1 for month in range(1, 13)}
    return DutyFile(
        committee="竹山县人民代表大会常务委员会",
        year=2025,
        number="竹人代档〔2025〕147号",
        verify_code="7F3A-91C2-0B6E",
        verify_url="https://example.invalid/scoring/verify-file/7F3A91C20B6E",
        sealed="本档案由竹山县人大代表履职平台于2025年12月31日17:20封存。",
        period="评价期间　2024年12月16日至2025年12月15日",
        person=PERSON,
        indices=(
            Figure("履职清单", "31", "/ 36 项", "五类都有完成"),
            Figure("履职积分", total, "分", "全县第12名，共228名"),
            Figure("履职星级", "9", "颗星", "学习星没有点亮"),
        ),
        figures=(
            Figure("履职", "51", "天"),
            Figure("领衔", "3", "件"),
            Figure("附议", "2", "件"),
            Figure("接待选民", "72", "人次"),
            Figure("解决问题", "23", "件"),
        ),
        categories=(
            CategoryLine("参加会议", "19.5", "25", Decimal("0.78"), Decimal("0.62")),
            CategoryLine("参加活动", "19.0", "25", Decimal("0.76"), Decimal("0.55")),
            CategoryLine("提出建议", "16.0", "20", Decimal("0.80"), Decimal("0.45")),
            CategoryLine("联系群众", "20.0", "20", Decimal("1.00"), Decimal("0.70")),
            CategoryLine("自身建设", "6.5", "10", Decimal("0.65"), Decimal("0.60")),
        ),
        bonus=Figure("附加分", "5.0"),
        total=Figure("合计", total),
        days=days,
        days_note="31天有41条记录，其中逢十接待日20天",
        stars=tuple(StarLine(*words, lit=words[0] != "学习星") for words in STARS),
        stars_note="点亮9颗，学习星未点亮",
        ledger=lines,
        ledger_note="46条　规则2025年第1版　更正以冲正列明，不改原条",
        ledger_sum="基础分 81.0　附加分 5.0",
        corrections=(
            "第30条防汛值守计2.0分，9月18日小组核对时发现与村务值班重复；9月20日本人申诉，"
            "9月22日代工委复核维持，以第38条冲正，本人已签收。",
            "联系群众全年合计22.0分，本类封顶20分，第40、43条按余额计分。",
        ),
        proposals=tuple(ProposalLine(*line) for line in PROPOSALS),
        proposals_note="领衔3件　附议2件",
        receptions=tuple(
            ReceptionLine(
                day,
                "白果坪代表联络站",
                voters,
                tuple(MatterLine(*matter) for matter in matters),
                "来电" if day == "9月10日" else "",
                "" if matters else "没有来访登记",
            )
            for day, voters, matters in RECEPTIONS
        ),
        receptions_note="12次　72人次　反映29件　解决23件",
        activities=tuple(ActivityLine(*line) for line in ACTIVITIES),
        activities_note="应到7次　实到6次　请假1次",
        polls=(PollLine("12月10日", "白果坪村委会", "50", "46", "41", "4", "1", "0", "97.8%"),),
        polls_note="述职1次　满意率为满意和基本满意占有效票",
        opinions=(
            OpinionLine(
                "代表自评",
                "84.0",
                "全年出席会议6次，领衔建议3件，接待选民12次。网络学习没有完成，明年补上。",
                "12月19日",
                "罗㛃堃",
                "权重10",
            ),
            OpinionLine(
                "小组核校",
                "87.0",
                "逐条核对46条记录，与小组台账一致。第30条与村务值班重复，冲正属实。",
                "12月20日",
                "万䶮喆",
                "权重20",
                "召集人缺任，由副召集人万䶮喆代为核校。",
            ),
            OpinionLine(
                "乡镇参评",
                "88.5",
                "述职测评46票，满意41票、基本满意4票、不满意1票。联系群众扎实，同意推荐优秀。",
                "12月22日",
                "鲍正坤",
                "权重30",
            ),
            OpinionLine(
                "常委会评定",
                "90.0",
                "积分、遵纪守法和述职测评均符合优秀条件，没有否决情形。学习星不予点亮。",
                "12月23日",
                "廖清源",
                "权重40",
            ),
        ),
        opinions_note="四方背靠背，权重 10、20、30、40",
        verdict=Verdict(
            "优秀",
            "九星代表",
            "经竹山县人大常委会主任会议2025年12月31日审议，评定罗㛃堃本年度等次为优秀，点亮九星。"
            "公示期12月24日至30日，没有异议。会议纪要〔2025〕31号。",
            "参考分 88.4",
            ("公示期间没有收到异议。",),
        ),
    )
