"""Days of every deadline: the county's own figures (design.md decision 8)."""

from congress.shared.local_rules import LocalRule

REPLY_MONTHS = LocalRule(
    "proposals.reply_months", 3, "答复期限（个月，自交办之日起）", "代表法第五十一条"
)
RATE_DAYS = LocalRule("proposals.rate_days", 20, "代表评价期限（个工作日）", "本县办理办法")
REVIEW_DAYS = LocalRule(
    "proposals.review_days", 5, "建议审查期限（个工作日）", "本县办理办法（默认值）"
)
ASSIGN_DAYS = LocalRule(
    "proposals.assign_days", 10, "建议交办期限（受理后个工作日）", "本县办理办法（默认值）"
)
PUBLISH_DAYS = LocalRule(
    "proposals.publish_days", 10, "答复公开期限（答复后个工作日）", "本县办理办法（默认值）"
)
NEAR_DAYS = LocalRule("proposals.near_days", 10, "临近期限提醒（个工作日）", "本县办理办法")
SESSION_DAYS = LocalRule(
    "proposals.session_days", 30, "会议期间建议的提出期限（闭幕后天数）", "本县办理办法"
)
