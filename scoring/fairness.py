"""机会公平: what a deputy did of what they were asked to do. Pure: no database and no clock.

Nobody is measured against invitations that never came: 没有受邀 is the organiser's gap. Days count
only while one sat and was not suspended, so that whoever came in mid-year is not behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

Z = Decimal("1.96")
"""The band holds the true share in nineteen cases of twenty."""
ONE, THOUSANDTH = Decimal(1), Decimal("0.001")
TOO_FEW = 2
"""Whoever could expect fewer invitations than this cannot be said to be left out."""


class Band(NamedTuple):
    """可信区间 of a share."""

    low: Decimal
    high: Decimal


def wilson(came: int, called: int) -> Band:
    """Wilson's interval: honest for small counts, never below 0 nor above 1."""
    if not called:
        return Band(Decimal(0), ONE)
    n, share = Decimal(called), Decimal(came) / called
    square = Z * Z
    middle = share + square / (2 * n)
    half = Z * (share * (1 - share) / n + square / (4 * n * n)).sqrt()
    whole = 1 + square / n
    low, high = (middle - half) / whole, (middle + half) / whole
    return Band(max(low, Decimal(0)).quantize(THOUSANDTH), min(high, ONE).quantize(THOUSANDTH))


Span = tuple[date, date]
"""First and last day, both within."""


@dataclass(frozen=True)
class Window:
    """在任的日子: the days of the seats without those of suspensions."""

    seats: Sequence[Span]
    rests: Sequence[Span] = ()

    def has(self, day: date) -> bool:
        return _within(day, self.seats) and not _within(day, self.rests)

    def days(self, first: date, last: date) -> int:
        """How many days of that time one served."""
        rests = list(_clipped(self.rests, first, last))
        either = [*_clipped(self.seats, first, last), *rests]
        return _length(either) - _length(rests)


def _within(day: date, spans: Iterable[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)


def _clipped(spans: Iterable[Span], first: date, last: date) -> Iterable[Span]:
    for start, end in spans:
        if max(start, first) <= min(end, last):
            yield max(start, first), min(end, last)


def _length(spans: Iterable[Span]) -> int:
    """The number of days that lie in at least one of them."""
    total, reached = 0, date.min
    for start, end in sorted(spans):
        begin = max(start, reached + timedelta(days=1)) if total else start
        if end >= begin:
            total += (end - begin).days + 1
            reached = end
    return total


@dataclass(frozen=True)
class Chance:
    """受邀和到场 of one deputy, or of many added up; points before any limit."""

    called: int = 0
    came: int = 0
    leave: int = 0
    absent: int = 0
    offered: Decimal = Decimal(0)
    had: Decimal = Decimal(0)
    days: int = 0

    def __add__(self, other: "Chance") -> "Chance":
        return Chance(
            self.called + other.called,
            self.came + other.came,
            self.leave + other.leave,
            self.absent + other.absent,
            self.offered + other.offered,
            self.had + other.had,
            self.days + other.days,
        )

    @property
    def share(self) -> Decimal | None:
        """到场率; None of who was never called."""
        return Decimal(self.came) / self.called if self.called else None

    @property
    def band(self) -> Band:
        return wilson(self.came, self.called)

    @property
    def had_share(self) -> Decimal | None:
        """得到的分 of what was on offer to them."""
        return self.had / self.offered if self.offered else None


def added(chances: Iterable[Chance]) -> Chance:
    """Many as one: pooled counts, so that a small one weighs little."""
    return sum(chances, Chance())


def expected(days: int, peers: Chance) -> Decimal:
    """How often one would have been called in so many days, as often as one's peers were."""
    return Decimal(peers.called) * days / peers.days if peers.days else Decimal(0)


def is_left_out(called: int, expectation: Decimal, share: Decimal) -> bool:
    """很少受邀: called less than that share of what peers were, where that says anything at all."""
    return expectation >= TOO_FEW and called < share * expectation
