"""佐证照片 beside those of other records: what looks the same, and how much the same."""

from dataclasses import dataclass

from django.db.models import Q

from congress.shared import clock
from deputies.models import DutyRecord, Evidence
from deputies.models.occasions import told_a_day_from
from deputies.queries.duties import day_words, told_words
from deputies.rules import PHOTO_BITS

MOST = 5
SAME = "一模一样"
ALL_BITS = 64
NEARLY = 4
"""Bits by which a photo changes when it is only saved anew."""


@dataclass(frozen=True)
class LookAlike:
    """One photo of the record beside one of another record, and in words how alike they are."""

    photo: Evidence
    other: Evidence
    words: str


def look_alikes(record: DutyRecord) -> list[LookAlike]:
    """The photos of other live records that look like this record's, the most alike first."""
    bits, found = PHOTO_BITS.on(clock.today()), []
    for photo in record.evidence.all():
        rows = Evidence.objects.live().exclude(record=record)
        if photo.phash is None:
            rows = rows.filter(sha256=photo.sha256).order_by("pk")
        else:
            turned = Q(pk=photo.resembles_id) | Q(resembles=photo)  # found when it was kept
            rows = rows.like([photo.phash], ALL_BITS).filter(Q(apart__lte=bits) | turned)
            rows = rows.order_by("apart", "pk")
        others = rows.select_related("record__deputy", "record__item")[:MOST]
        found += [LookAlike(photo, other, likeness_words(photo, other, bits)) for other in others]
    return sorted(found, key=lambda each: _apart(each.other))


def _apart(other: Evidence) -> int:
    return int(getattr(other, "apart", 0))


def likeness_words(photo: Evidence, other: Evidence, bits: int) -> str:
    """一模一样 or how far from it."""
    if photo.sha256 == other.sha256:
        return SAME
    if _apart(other) <= NEARLY:
        return "几乎一样，像是转存、压缩过的同一张"
    if _apart(other) > bits:
        return "很相似，像是翻转或者转过方向的同一张"
    return "很相似，像是裁过边或调过亮度的同一张，也可能是同一处接连拍的"


def odd_days(record: DutyRecord) -> list[str]:
    """拍摄时间 4 月 30 日，不是 5 月 20 日: for each photo taken on another day."""
    return [
        f"拍摄时间 {day_words(photo.taken_on)}，不是 {day_words(record.done_on)}"
        for photo in record.evidence.all()
        if photo.taken_on and abs((photo.taken_on - record.done_on).days) > 1
    ]


def warnings(record: DutyRecord) -> list[str]:
    """What speaks against the record besides another one like it, in sentences."""
    days = [f"照片不是当天拍的：{words}。" for words in odd_days(record)]
    late = (
        [f"逾期补登 {record.done_on.year} 年的履职，原因：{record.late_reason}"]
        if record.late_reason
        else []
    )
    return [*late, *days, *near_words(record)]


def near_words(record: DutyRecord) -> list[str]:
    """可能是同一次: what was told of the same place the day before or after, by the other side."""
    people = ("deputy", "item", "reported_by")
    rows = told_a_day_from(DutyRecord.objects.live(), record).select_related(*people).order_by("pk")
    return [
        f"可能是同一次：{day_words(other.done_on)}同一地点已有一条“{other.item.short_name}”"
        f"（{told_words(other)}）。是两次的，照常办；是同一次的，只留一条。"
        for other in rows
    ]
