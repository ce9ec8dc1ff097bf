"""有提示: what a person should look at twice before they say that a record is true."""

from functools import reduce
from operator import or_

from django.db.models import Q

from deputies.models.duties import DutyRecord

WORDS = (
    ("has_used_photo", "照片用过"),
    ("has_twin", "疑似重复"),
    ("has_like_photo", "照片相似"),
    ("has_odd_photo", "照片不是当天拍的"),
    ("has_other_award", "今年另有表彰"),
    ("has_next_day", "可能是同一次"),
)
"""What `with_doubts` has found, the gravest first, and what a badge says of it."""
DOUBTFUL = reduce(or_, (Q((name, True)) for name, _ in WORDS), ~Q(late_reason=""))


def doubt_words(record: DutyRecord) -> str:
    """The gravest warning of a record, for a badge."""
    found = (words for name, words in WORDS if getattr(record, name, False))
    return next(found, "逾期补登" if record.late_reason else "")
