"""Days of every deadline: the county's own figures (design.md decision 8)."""

from congress.shared.local_rules import LocalRule

OWN = "本县办理办法（默认值）"
LAW = "代表法第五十一条"

SESSION_DAYS = LocalRule(
    "proposals.session_days", 30, "会议期间建议的提出期限（闭幕后天数）", "本县办理办法"
)
PDF_PAGES = LocalRule("proposals.pdf_pages", 50, "附件 PDF 最多几页", OWN)
PDF_MEGABYTES = LocalRule("proposals.pdf_megabytes", 10, "附件 PDF 最大几 MB", OWN)
SIGN_DAYS = LocalRule("proposals.sign_days", 15, "征集附议期限（天）", OWN)
SIGNED_DAYS = LocalRule("proposals.signed_days", 30, "附议有效期（天，提交前）", OWN)
INVITED_AT_ONCE = LocalRule("proposals.invited_at_once", 30, "一件建议同时最多邀请几人附议", OWN)
BILL_SIGNERS = LocalRule(
    "proposals.bill_signers", 10, "县人大议案联名人数（含领衔）", "地方组织法第二十二条"
)
TOWNSHIP_BILL_SIGNERS = LocalRule(
    "proposals.township_bill_signers", 5, "乡镇人大议案联名人数（含领衔）", "地方组织法第二十二条"
)
REVIEW_DAYS = LocalRule("proposals.review_days", 5, "建议审查期限（个工作日）", OWN)
ASSIGN_DAYS = LocalRule("proposals.assign_days", 10, "建议交办期限（受理后个工作日）", OWN)
REHEARSE_DAYS = LocalRule("proposals.rehearse_days", 5, "预交办征求意见期限（个工作日）", OWN)
OBJECT_DAYS = LocalRule("proposals.object_days", 5, "交办异议期限（交办后个工作日）", OWN)
MOST_OBJECTIONS = LocalRule(
    "proposals.most_objections", 2, "一件建议的每一份承办最多提几次异议", OWN
)
REPLY_MONTHS = LocalRule("proposals.reply_months", 3, "答复期限（个月，自交办之日起）", LAW)
HARD_MONTHS = LocalRule(
    "proposals.hard_months", 6, "涉及面广、处理难度大的答复期限（个月，自交办之日起）", LAW
)
EXTRA_MONTHS = LocalRule("proposals.extra_months", 3, "最多延期（个月，总数不超过六个月）", LAW)
CONSENT = LocalRule("proposals.consent", 1, "延期须经领衔代表同意（1 是，0 否）", OWN, 0, 1)
CONSENT_DAYS = LocalRule(
    "proposals.consent_days", 5, "延期申请满几个工作日代表不答复，由代工委决定", OWN
)
LAST_DAY_ROLLS = LocalRule(
    "proposals.last_day_rolls", 1, "最后一天是休息日的顺延到上班日（1 是，0 否）", OWN, 0, 1
)
OPINION_DAYS = LocalRule("proposals.opinion_days", 30, "会办、协办意见期限（个工作日）", OWN)
CONTACT_DAYS = LocalRule("proposals.contact_days", 20, "首次联系代表期限（个工作日）", OWN)
CONFIRM_DAYS = LocalRule(
    "proposals.confirm_days", 5, "见面登记后对方几个工作日不回应按单方登记算", OWN
)
MEETING_GAP = LocalRule(
    "proposals.meeting_gap", 1, "办前、办中、办后见面至少相隔几天（0 可以同一天）", OWN, 0
)
RATE_DAYS = LocalRule("proposals.rate_days", 20, "代表评价期限（个工作日）", "本县办理办法")
PUBLISH_DAYS = LocalRule("proposals.publish_days", 10, "答复公开期限（答复后个工作日）", OWN)
NEAR_DAYS = LocalRule("proposals.near_days", 10, "临近期限提醒（个工作日）", "本县办理办法")
URGENT_DAYS = LocalRule("proposals.urgent_days", 3, "再次提醒并告知单位负责人（个工作日）", OWN)
ESCALATE_DAYS = LocalRule("proposals.escalate_days", 5, "超期几个工作日报分管领导", OWN)
WITHDRAW_IN_HAND = LocalRule(
    "proposals.withdraw_in_hand", 1, "交办以后、答复以前可以撤回（1 是，0 否）", OWN, 0, 1
)
LOOK_MONTHS = LocalRule(
    "proposals.look_months", 12, "条件所限的答复几个月后回头看（以后每次同样）", OWN
)
LOOK_REPORT_DAYS = LocalRule(
    "proposals.look_report_days", 10, "回头看的单位报告期限（个工作日）", OWN
)
HANDED_DAYS = LocalRule(
    "proposals.handed_days", 10, "回头看转重新办理后几个工作日内要求，过了回到待了结", OWN
)
EXPLAIN_DAYS = LocalRule("proposals.explain_days", 10, "又被提出的单位说明期限（个工作日）", OWN)
WATCHES_AN_HOUR = LocalRule(
    "proposals.watches_an_hour", 10, "同一来源一小时内可要求关注次数", "本系统默认值：防止滥发邮件"
)
WATCH_LETTERS_A_DAY = LocalRule(
    "proposals.watch_letters_a_day", 5, "一个邮箱一天最多收几封确认信", "本系统默认值：防止滥发邮件"
)
WATCH_CONFIRM_DAYS = LocalRule(
    "proposals.watch_confirm_days",
    3,
    "关注没有确认时保留邮箱的天数",
    "个人信息保护法第十九条：保存期限为必要的最短时间（天数为默认值）",
)
WATCH_KEEP_DAYS = LocalRule(
    "proposals.watch_keep_days",
    730,
    "关注确认后保留邮箱的天数",
    "个人信息保护法第十九条：保存期限为必要的最短时间（天数为默认值）",
)
RELEASE_REPLIES = LocalRule("proposals.release_replies", 5, "满意度至少几份答复才单独公布", OWN, 5)
RELEASE_RATERS = LocalRule("proposals.release_raters", 5, "满意度至少几位代表评过才公布", OWN, 5)
RELEASE_ALIKE = LocalRule(
    "proposals.release_alike", 10, "评价全部相同时，至少几份才公布满意度", OWN, 10
)
REHANDLE_MONTHS = LocalRule(
    "proposals.rehandle_months", 1, "重新办理期限（个月，自要求之日起）", OWN, 1, 2
)
REHANDLE_EXTRA_MONTHS = LocalRule(
    "proposals.rehandle_extra_months", 1, "重新办理最多延长几个月（只延一次，0 不延）", OWN, 0, 3
)
REHANDLE_LEAST = LocalRule("proposals.rehandle_least", 3, "重新办理一批至少几份答复", OWN, 3)
REHANDLE_UNITS = LocalRule("proposals.rehandle_units", 2, "重新办理一批至少几个单位", OWN, 2)
RATING_OPENING_DAYS = LocalRule(
    "proposals.rating_opening_days", 3, "评价拆看：同意以后能看几天（含当天）", OWN, 1, 10
)
ORIGIN_DAYS = LocalRule("proposals.origin_days", 180, "代评线索保留几天", OWN)
CARRY_DAYS = LocalRule("proposals.carry_days", 31, "年底前几天起可以结转没有办完的建议", OWN)
