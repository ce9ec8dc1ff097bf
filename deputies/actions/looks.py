"""照片相似: what a photo looks like in 64 bits, and which earlier photo looks the same."""

import logging
from collections.abc import Iterable, Iterator, Sequence

import imagehash
from django.db import transaction
from PIL import Image, ImageStat

from congress.shared import clock
from deputies.models import DutyRecord, Evidence
from deputies.rules import PHOTO_BITS

log = logging.getLogger(__name__)
FLATTEST = 3.0
"""Spread of greys (of 255) below which a picture shows nothing, and looks like all such."""
A_BATCH = 200


def looks_of(picture: Image.Image) -> list[int]:
    """感知摘要: 64 bits that stay nearly the same when a photo is resized, cropped or sent on.

    The first as it lies, then as it looks mirrored or turned; none of what shows nothing.
    """
    if ImageStat.Stat(picture.convert("L").resize((64, 64))).stddev[0] < FLATTEST:
        return []
    small = picture.convert("L").resize((32, 32), Image.Resampling.LANCZOS)
    turned = [small, *(small.transpose(turn) for turn in Image.Transpose)]
    return [_signed(int(str(imagehash.phash(each)), 16)) for each in turned]


def _signed(bits: int) -> int:
    return bits - (1 << 64) if bits >> 63 else bits


def find_alike(evidence: Evidence, looks: Sequence[int] = ()) -> Evidence | None:
    """The earliest photo on another live record that looks like this one, however it is turned."""
    if evidence.phash is None:
        return None
    rows = Evidence.objects.live().exclude(record=evidence.record_id)
    if evidence.pk:
        rows = rows.filter(pk__lt=evidence.pk)
    known = looks or _stored_looks(evidence) or [evidence.phash]
    return rows.like(known, PHOTO_BITS.on(clock.today())).order_by("pk").first()


def let_go(record: DutyRecord) -> None:
    """The record counts no more: what resembled its photos resembles the next earliest."""
    compare_anew(Evidence.objects.filter(resembles__record=record).order_by("pk"))


def take_up(record: DutyRecord) -> None:
    """The record counts again: its photos resemble the earliest like them, and later ones these."""
    bits = PHOTO_BITS.on(clock.today())
    for own in record.evidence.all():
        if own.phash is not None:
            later = Evidence.objects.live().exclude(record=record).filter(pk__gt=own.pk)
            compare_anew([own, *later.like(_stored_looks(own) or [own.phash], bits).order_by("pk")])


def compare_anew(photos: Iterable[Evidence]) -> None:
    """Each of the photos resembles the earliest that is like it now, or none."""
    for evidence in photos:
        evidence.resembles = find_alike(evidence)
        evidence.save(update_fields=["resembles"])


def look_again() -> int:
    """Photos kept before there were hashes have theirs, and what each resembles; how many."""
    return sum(_look_at(batch) for batch in _unseen())


def _unseen() -> Iterator[list[Evidence]]:
    """In order of their numbers, a batch at a time: stopped half way, it goes on where it was."""
    last = 0
    while True:
        rows = Evidence.objects.filter(phash=None, pk__gt=last).order_by("pk")
        batch = list(rows[:A_BATCH])
        if not batch:
            return
        last = batch[-1].pk
        yield batch


@transaction.atomic
def _look_at(batch: list[Evidence]) -> int:
    found = 0
    for evidence in batch:
        if looks := _stored_looks(evidence):
            evidence.phash = looks[0]
            evidence.resembles = find_alike(evidence, looks)
            evidence.save(update_fields=["phash", "resembles"])
            found += 1
    return found


def _stored_looks(evidence: Evidence) -> list[int]:
    try:
        with evidence.file.open("rb") as stored, Image.open(stored) as picture:
            return looks_of(picture)
    except OSError:
        log.warning("Evidence %s has no picture to look at.", evidence.pk)
        return []
