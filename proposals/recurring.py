"""反复提: how two proposals may stand to each other, and which belong to one matter."""

from collections.abc import Iterable

from django.db.models import TextChoices

from proposals.states import State


class Likeness(TextChoices):
    """认定: what a person says of two that look alike."""

    REPEAT = "repeat", "重复提出"
    CONTINUATION = "continuation", "接续提出"
    PARTLY = "partly", "部分相同"
    APART = "apart", "不是同一件"


UNCOUNTED = (State.SIGNING, State.WITHDRAWN)
"""Not raised yet, or taken back: nobody has asked for anything with it."""
ONE_MATTER = (Likeness.REPEAT, Likeness.CONTINUATION)
"""What makes one matter of two proposals; 部分相同 only stands beside it."""


def stars(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """What only looks alike, around whichever came first: who is like a like is not put there."""
    near: dict[int, set[int]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found, free = [], set(near)
    for first in sorted(near):
        if first in free and (mates := near[first] & free):
            found.append([first, *sorted(mates)])
            free -= {first, *mates}
    return found


def matters(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Whatever is connected by pairs belongs to one matter; each in order, the largest first."""
    of: dict[int, list[int]] = {}
    for one, other in pairs:
        mine, theirs = of.setdefault(one, [one]), of.setdefault(other, [other])
        if mine is theirs:
            continue
        more, fewer = (mine, theirs) if len(mine) >= len(theirs) else (theirs, mine)
        more.extend(fewer)
        of.update(dict.fromkeys(fewer, more))
    found = {id(group): group for group in of.values()}.values()
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
