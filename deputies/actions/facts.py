"""What must be true of a duty however it is told: of its day, number, photos, its ground."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, move, refuse_if
from deputies.actions import duplicates, looks
from deputies.models import Deputy, DutyItem, DutyRecord
from deputies.permissions.duties import why_not_seated, why_not_so_many
from deputies.rules import MOST_PHOTOS
from deputies.states import DutyState

LONGEST_MATTER = 60
BETWEEN_WORDS = ("P", "Z", "C")
"""Punctuation, spaces, and what nobody sees."""


def tidy(matter: str) -> str:
    """An award's matter as it is compared: however wide it is typed and whatever marks it has."""
    plain = unicodedata.normalize("NFKC", matter)
    words = (each for each in plain if not unicodedata.category(each).startswith(BETWEEN_WORDS))
    return "".join(words)[:LONGEST_MATTER]


def refuse_facts(
    deputy: Deputy, item: DutyItem, *, done_on: date, quantity: int, besides: int | None = None
) -> None:
    """A duty of a day that no deputy can have done is not told, whoever tells it."""
    refuse_if(why_not_seated(deputy, done_on))
    already = DutyRecord.objects.quantity_on(deputy, item, done_on, besides=besides)
    refuse_if(why_not_so_many(item, quantity, already))


def refuse_photo_count(count: int) -> None:
    """One to three photos stand beside a record."""
    if count < 1:
        raise Refused("请至少附一张照片作佐证。")
    if count > MOST_PHOTOS:
        raise Refused(f"照片最多 {MOST_PHOTOS} 张。")


def take_back_facts(sources: Iterable[str], *, by: Actor) -> int:
    """What an upper app told is taken back with its ground: it counts nowhere; how many records.

    What two people have verified has its points: that is reversed first, by whoever keeps those.
    """
    rows = DutyRecord.objects.of_sources(list(sources)).order_by("pk")
    found = [lock(row) for row in rows.exclude(state=DutyState.WITHDRAWN)]
    if any(row.state == DutyState.VERIFIED for row in found):
        raise Refused("代表因此得的分已经核实入账，请先在积分账上冲正，再撤销。")
    for row in found:
        move(row, DutyState.WITHDRAWN, by=by)
    return len(found)


def unsay_fact(source: str, *, by: Actor) -> bool:
    """What an upper app told was not so: it counts nowhere. Whether it was verified already.

    Then it stays as it is: `scoring` finds its points by what the ground says now, and they are
    taken back there.
    """
    if (record := _told_by(source)) is None or record.state == DutyState.WITHDRAWN:
        return False
    if record.state == DutyState.VERIFIED:
        return True
    move(record, DutyState.WITHDRAWN, by=by)
    looks.let_go(record)
    duplicates.stand_again(record, by=by)
    return False


def say_fact_again(source: str, *, by: Actor) -> bool:
    """What was taken back was so after all: it waits for its checks anew. False if never told.

    What another record of the occasion stands for stays its duplicate.
    """
    if (record := _told_by(source)) is None:
        return False
    if record.state == DutyState.WITHDRAWN and record.duplicate_of_id is None:
        anew: dict[str, Any] = {"checked_by": None, "checked_at": None, "return_reason": ""}
        move(record, DutyState.REPORTED, by=by, **anew)
        looks.take_up(record)
    return True


def _told_by(source: str) -> DutyRecord | None:
    """The record under a lock, after its duplicates: in one order, so that no two waits cross."""
    record = DutyRecord.objects.of_sources([source]).first()
    if record is None:
        return None
    duplicates.hold(record)
    return lock(record)
