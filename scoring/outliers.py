"""异常值: who lies far from the middle of their peers. Pure.

By the median and the median absolute deviation, which a few extreme values do not move
(Iglewicz and Hoaglin's modified z-score). A far value is no fault: it is a reason to look.
"""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from statistics import fmean, median
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

OF_MEDIAN, OF_MEAN = Decimal("0.6745"), Decimal("1.2533")
"""What makes either deviation as wide as a normal curve's standard deviation."""
TENTH = Decimal("0.1")
FEWEST = 5
"""Fewer people have no middle to speak of."""


def distances(values: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """How far each lies from the median, in robust standard deviations; nobody of too few.

    Where half of them are equal, the mean deviation stands for the median one, which is nought.
    """
    if len(values) < FEWEST:
        return {}
    middle = Decimal(median(values.values()))
    gaps = [abs(value - middle) for value in values.values()]
    spread = Decimal(median(gaps)) / OF_MEDIAN or Decimal(fmean(gaps)) * OF_MEAN
    if not spread:
        return {}
    return {who: ((value - middle) / spread).quantize(TENTH) for who, value in values.items()}


def far(values: Mapping[Key, Decimal], limit: Decimal) -> dict[Key, Decimal]:
    """Those beyond the limit, on either side."""
    return {who: far_ for who, far_ in distances(values).items() if abs(far_) >= limit}
