"""名次: pure. One more than the number who have more; ties share a rank."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from statistics import median
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def ranks(points: Mapping[Key, Decimal]) -> dict[Key, int]:
    """Everybody's rank; in whatever order the points come, the ranks are the same."""
    first: dict[Decimal, int] = {}
    for place, own in enumerate(sorted(points.values(), reverse=True), start=1):
        first.setdefault(own, place)
    return {who: first[own] for who, own in points.items()}


def middle(points: Iterable[Decimal]) -> Decimal | None:
    """中位数; None of nobody."""
    known = list(points)
    return Decimal(median(known)) if known else None
