"""The county's own figures about duties (design.md decision 8)."""

from congress.shared.local_rules import LocalRule

JANUARY_DAYS = LocalRule(
    "deputies.january_days", 15, "上年履职补报期限（次年 1 月的天数）", "本县代表管理办法（默认值）"
)
CHECK_DAYS = LocalRule(
    "deputies.check_days", 3, "履职记录核对期限（个工作日）", "本县代表管理办法（默认值）"
)
MOST_PHOTOS = 3
"""A record is looked at by two people: three pictures say enough."""
