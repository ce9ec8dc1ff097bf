"""The county's own figures about duties (design.md decision 8)."""

from congress.shared.local_rules import LocalRule

JANUARY_DAYS = LocalRule(
    "deputies.january_days", 15, "上年履职补报期限（次年 1 月的天数）", "本县代表管理办法（默认值）"
)
CHECK_DAYS = LocalRule(
    "deputies.check_days", 3, "履职记录核对期限（个工作日）", "本县代表管理办法（默认值）"
)
MEND_DAYS = LocalRule(
    "deputies.mend_days", 5, "退回的履职记录补报期限（个工作日）", "本系统默认值，可按本县规定修改"
)
CONFIRM_DAYS = LocalRule(
    "deputies.confirm_days",
    5,
    "代登记的履职等本人确认的期限（个工作日）",
    "本系统默认值，可按本县规定修改",
)
PHOTO_BITS = LocalRule(
    "deputies.photo_bits",
    10,
    "照片算作相似的最大差别（感知摘要 64 位中的位数）",
    "本系统默认值，按测试图片定",
    least=0,
)
NEAR_DAYS = LocalRule(
    "deputies.near_days", 3, "代表待办临近期限提醒（个工作日）", "本系统默认值，可按本县规定修改"
)
UNDO_DAYS = LocalRule(
    "deputies.undo_days", 30, "名册导入可整批撤回的天数", "本系统默认值，可按本县规定修改"
)
GROUP_LEAST = LocalRule(
    "deputies.group_least", 10, "代表小组人数下限", "本系统默认值：规模适度、便于活动"
)
GROUP_MOST = LocalRule(
    "deputies.group_most", 30, "代表小组人数上限", "本系统默认值：规模适度、便于活动"
)
LIAISON_LEAST = LocalRule(
    "deputies.liaison_least", 3, "组成人员联系代表人数下限", "“双联”：固定联系3至5名县代表"
)
LIAISON_MOST = LocalRule(
    "deputies.liaison_most", 5, "组成人员联系代表人数上限", "“双联”：固定联系3至5名县代表"
)
AREAS_LEAST = LocalRule(
    "deputies.areas_least", 2, "主任会议成员督导乡镇下限", "“双联”：定向督导2至3个乡镇"
)
AREAS_MOST = LocalRule(
    "deputies.areas_most", 3, "主任会议成员督导乡镇上限", "“双联”：定向督导2至3个乡镇"
)
MESSAGES_AN_HOUR = LocalRule(
    "deputies.messages_an_hour", 5, "同一来源一小时内可留言次数", "本系统默认值：防止刷屏"
)
MESSAGES_A_DAY = LocalRule(
    "deputies.messages_a_day", 60, "一位代表一天可收留言条数", "本系统默认值：防止刷屏"
)
MESSAGE_ANSWER_DAYS = LocalRule(
    "deputies.message_answer_days", 7, "群众留言答复期限（天）", "本系统默认值：7 天内有回音"
)
GUESSES_AN_HOUR = LocalRule(
    "deputies.guesses_an_hour", 20, "同一来源一小时内可填错查询号的次数", "本系统默认值：防止猜号"
)
MESSAGE_OPEN_DAYS = LocalRule(
    "deputies.message_open_days",
    365,
    "留言一直没有办结时保留联系方式的天数",
    "个人信息保护法第十九条：保存期限为必要的最短时间（天数为默认值）",
)
MESSAGE_KEEP_DAYS = LocalRule(
    "deputies.message_keep_days",
    180,
    "留言办结后保留联系方式的天数",
    "个人信息保护法第十九条：保存期限为必要的最短时间（天数为默认值）",
)
MOST_PHOTOS = 3
"""A record is looked at by two people: three pictures say enough."""
TERM_NUMBERS = {
    level: LocalRule(
        f"deputies.term_of_{level}", number, f"{name}首次导入名册时的届数", "2021—2023年换届"
    )
    for level, number, name in (
        ("national", 14, "全国人民代表大会"),
        ("province", 14, "省人民代表大会"),
        ("city", 6, "市人民代表大会"),
        ("county", 19, "县人民代表大会"),
        ("township", 19, "乡镇人民代表大会"),
    )
}
"""Only for the first roster of an assembly: a later term counts on from the one before."""
