"""Weights of the yearly review: the county's own figures; no official table was found."""

from decimal import Decimal

from congress.shared.local_rules import LocalRule
from scoring.states import Stage, Step

BASIS = "本县代表管理办法（默认值）"
WEIGHTS = {
    Step.SELF: LocalRule("scoring.weight_self", 10, "本人自评权重", BASIS, least=0),
    Step.GROUP: LocalRule("scoring.weight_group", 20, "小组核校权重", BASIS, least=0),
    Step.TOWNSHIP: LocalRule("scoring.weight_township", 30, "乡镇参评权重", BASIS, least=0),
    Step.COMMITTEE: LocalRule("scoring.weight_committee", 40, "年度积分权重", BASIS, least=0),
}
"""The committee's part is the year's points, which only it verifies."""

STAGE_BASIS = "评定应在 12 月 31 日前完成，各阶段天数由本县安排（默认值）"
STAGE_DAYS = {
    Stage.SELF: LocalRule("scoring.days_self", 7, "本人自评几天", STAGE_BASIS),
    Stage.GROUP: LocalRule("scoring.days_group", 7, "小组核校几天", STAGE_BASIS),
    Stage.TOWNSHIP: LocalRule("scoring.days_township", 7, "乡镇（选举单位）参评几天", STAGE_BASIS),
    Stage.COMMITTEE: LocalRule("scoring.days_committee", 7, "常委会评定几天", STAGE_BASIS),
    Stage.PUBLICITY: LocalRule("scoring.days_publicity", 7, "公示几天", STAGE_BASIS),
}
"""Only proposed: the director changes each stage's days when opening the cycle."""
GRACE_DAYS = LocalRule(
    "scoring.days_grace", 2, "意见截止后宽限几天，逾期的还收，再由系统截止", STAGE_BASIS, least=0
)
REMIND_BEFORE = LocalRule("scoring.remind_before", 2, "评价阶段截止前几个工作日提醒", STAGE_BASIS)

STAR_BASIS = "本县星级评定办法（默认值）"
LEAVES = LocalRule("scoring.star_leaves", 1, "会议星：人代会请假不超过（次）", STAR_BASIS, least=0)
SPEECHES = LocalRule("scoring.star_speeches", 1, "审议星：审议发言（次）", STAR_BASIS, least=0)
LED = LocalRule("scoring.star_led", 1, "建议星：领衔受理（件）", STAR_BASIS, least=0)
COSIGNED = LocalRule("scoring.star_cosigned", 3, "建议星：附议受理（件）", STAR_BASIS, least=0)
SUPERVISIONS = LocalRule(
    "scoring.star_supervisions", 1, "督办星：参加督办（次）", STAR_BASIS, least=0
)
RECEPTIONS = LocalRule("scoring.star_receptions", 4, "联系星：接待选民（次）", STAR_BASIS, least=0)
ROTA = LocalRule(
    "scoring.star_rota", 80, "联系星：接待日到岗率（%）", STAR_BASIS, least=0, most=100
)
TURNOUT = LocalRule(
    "scoring.star_turnout", 70, "活动星：到场率（%）", STAR_BASIS, least=0, most=100
)
EXCUSED = LocalRule(
    "scoring.star_excused", 3, "活动星：请假最多几次不计入应到", STAR_BASIS, least=0
)
LESSONS = LocalRule("scoring.star_lessons", 2, "学习星：学习培训（次）", STAR_BASIS, least=0)
SATISFIED = LocalRule(
    "scoring.star_satisfied", 80, "形象星：满意和基本满意（%）", STAR_BASIS, least=0, most=100
)

STARS = (
    *(LEAVES, SPEECHES, LED, COSIGNED, SUPERVISIONS, RECEPTIONS),
    *(ROTA, TURNOUT, EXCUSED, LESSONS, SATISFIED),
)
"""点亮条件, in the order of `stars.Marks`."""

COMPETENT = LocalRule(
    "scoring.score_competent", 60, "参考分低于此数，建议等次不高于基本称职", STAR_BASIS, least=0
)
BASIC = LocalRule("scoring.score_basic", 40, "参考分低于此数，建议不定等次", STAR_BASIS, least=0)
TOP_SHARE = LocalRule(
    "scoring.top_share", 20, "优秀名额（%，超出只提示）", STAR_BASIS, least=0, most=100
)
PUBLICITY_DAYS = LocalRule(
    "scoring.publicity_days", 5, "评定以后至少公示几个工作日", "本县代表管理办法（默认值）"
)
VERIFY_DAYS = LocalRule("scoring.verify_days", 10, "履职记录核实期限（个工作日）", BASIS)

POLL_BASIS = "本县述职测评办法（默认值）"
MEETING_DAYS = LocalRule(
    "scoring.meeting_days", 366, "述职评议会：开会的日子最多在前后几天以内", POLL_BASIS, most=3660
)
HAND_IN_DAYS = LocalRule(
    "scoring.hand_in_days", 60, "述职报告：会后几天以内还可以交", POLL_BASIS, most=3660
)

FAIR_BASIS = "谁组织谁负责（本县默认值）"
SELDOM = LocalRule(
    "scoring.seldom_percent",
    50,
    "受邀少于同组的百分之几，列入组织方缺口",
    FAIR_BASIS,
    least=0,
    most=100,
)

LOOK_BASIS = "本系统默认值，只提示核对，不作结论"
FAR = LocalRule(
    "scoring.outlier", Decimal("3.5"), "异常值：离同类居中的人几倍平常差距才列", LOOK_BASIS, least=0
)
SAME_PHOTOS = LocalRule("scoring.same_photos", 2, "同一张照片出现在几条记录里提示核对", LOOK_BASIS)
FULL_DAYS = LocalRule("scoring.full_days", 4, "一年里几天报满当日上限提示核对", LOOK_BASIS)
IN_ONE_SITTING = LocalRule("scoring.one_sitting", 5, "一天里补报几天的履职提示核对", LOOK_BASIS)
YEAR_END = LocalRule(
    "scoring.year_end_percent", 50, "十二月上报超过百分之几提示核对", LOOK_BASIS, least=0, most=100
)
ALIKE_NOTES = LocalRule("scoring.alike_notes", 4, "几条内容几乎一样提示核对", LOOK_BASIS)
SELF_SHARE = LocalRule(
    "scoring.self_share", 30, "自报占比高于同类几个百分点提示核对", LOOK_BASIS, least=0
)
OWN_REPORTS = LocalRule("scoring.own_reports", 6, "自报满几条才看占比和年底集中", LOOK_BASIS)

FOLLOW_BASIS = "本县激励、约束、退出办法（默认值）"
COMMEND_GRADE = LocalRule(
    "scoring.commend_grade", 1, "评先表优：等次的次序不低于第几等", FOLLOW_BASIS
)
COMMEND_STARS = LocalRule(
    "scoring.commend_stars", 9, "评先表优：不少于几颗星", FOLLOW_BASIS, least=0, most=10
)
COMMEND_SHARE = LocalRule(
    "scoring.commend_share", 10, "评先表优：参考名单占参评代表的百分之几", FOLLOW_BASIS, most=100
)
COMMEND_BY = {
    name: LocalRule(
        f"scoring.commend_by_{name}",
        turn,
        f"评先表优排序：{words}第几个看（0 不看）",
        FOLLOW_BASIS,
        least=0,
        most=3,
    )
    for turn, (name, words) in enumerate(
        (("grade", "等次"), ("stars", "星数"), ("points", "年度积分")), start=1
    )
}
"""In which turn each figure is looked at when the list is put in order; ties stand by name."""
TALK_FROM = LocalRule(
    "scoring.talk_from", 5, "提醒约谈：从第几等（等次的次序）起列入名单", FOLLOW_BASIS
)
TALK_NOTICE_DAYS = LocalRule(
    "scoring.talk_notice_days", 3, "提醒约谈至少提前几个工作日通知", FOLLOW_BASIS, least=0
)
TALK_SIGN_DAYS = LocalRule(
    "scoring.talk_sign_days", 3, "谈话记录给本人几个工作日看，过后才记未签认", FOLLOW_BASIS, least=0
)
ADVICE_REPLY_DAYS = LocalRule(
    "scoring.advice_reply_days", 10, "劝辞程序陈述申辩期（个工作日，自告知起）", FOLLOW_BASIS
)
HEARING_NOTICE_DAYS = LocalRule(
    "scoring.hearing_notice_days",
    3,
    "劝辞程序当面听取意见至少提前几个工作日通知",
    FOLLOW_BASIS,
    least=0,
)
ACROSS_TERMS = LocalRule(
    "scoring.talks_across_terms",
    0,
    "连续两年约谈跨届也连着算（1 连着算，0 新一届重新算）",
    FOLLOW_BASIS,
    least=0,
    most=1,
)

APPEAL_BASIS = "本县积分异议办法（默认值）"
APPEAL_DAYS = LocalRule("scoring.appeal_days", 5, "积分异议期（个工作日，自记账起）", APPEAL_BASIS)
APPEAL_ANSWER_DAYS = LocalRule(
    "scoring.appeal_answer_days", 10, "积分异议答复期限（个工作日）", APPEAL_BASIS
)

SHOP_BASIS = "本县积分超市办法（默认值）"
PURSES = {
    1: LocalRule("scoring.purse_first", 100, "积分超市：第一等次（优秀）次年额度", SHOP_BASIS, 0),
    2: LocalRule("scoring.purse_second", 60, "积分超市：第二等次（良好）次年额度", SHOP_BASIS, 0),
    3: LocalRule("scoring.purse_third", 0, "积分超市：第三等次（称职）次年额度", SHOP_BASIS, 0),
}
"""By the position of the grade; whoever has a later one has no purse."""
PURSE_STARS = LocalRule(
    "scoring.purse_stars", 0, "积分超市：至少亮几颗星（0 为只看等次）", SHOP_BASIS, 0, 10
)
PURSE_MONTH = LocalRule(
    "scoring.purse_month", 12, "积分超市：额度用到次年几月底", SHOP_BASIS, 1, 12
)
HOLD_DAYS = LocalRule("scoring.hold_days", 15, "积分超市：预留几天内领取（自然日）", SHOP_BASIS)
