"""统计: numbers, rates with their two numbers, and the list behind each number. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from proposals.figures import Case
from proposals.measures import MEASURES


class Ratio(NamedTuple):
    """A share of a hundred, never without the two numbers it is made of."""

    key: str
    name: str
    how: str
    over: str
    under: tuple[str, ...]


RATIOS: Mapping[str, Ratio] = {
    each.key: each
    for each in (
        Ratio(
            "on_time_rate",
            "按期答复率",
            "按期答复的 ÷（已答复的 + 超期未答的）；还在期限里办的不进分母，超期还没答的进分母。",
            "on_time",
            ("answered", "late_open"),
        ),
        Ratio("met_rate", "三见面率", "三次见面都做到的 ÷ 已答复的。", "met_all", ("answered",)),
        Ratio(
            "solved_rate",
            "单位答复解决率",
            "单位答复已解决的请求 ÷ 答复了的请求；这是单位自己说的，和代表评的“办成率”分开看。",
            "asks_solved",
            ("asks",),
        ),
        Ratio(
            "kept_rate",
            "承诺兑现率",
            "已兑现的 ÷（已兑现的 + 逾期未兑现的）；没到日期的不进分母。",
            "kept",
            ("kept", "missed"),
        ),
    )
}
DAYS = "交办到答复天数（中位数）"
HOW_DAYS = (
    "已答复的各件，从交办那天到最后一个单位第一次答复那天，按日历天数排起来取中间一个；"
    "暂停的日子也算在内。"
)


def items(cases: Iterable[Case], key: str) -> list[tuple[Case, str]]:
    """What a number counts: the list that it leads to."""
    find = MEASURES[key].find
    return [(case, words) for case in cases for words in find(case)]


class Counted(NamedTuple):
    """Everything that is counted of these cases."""

    numbers: Mapping[str, int]
    days: float | None

    def under(self, ratio: Ratio) -> int:
        return sum(self.numbers[key] for key in ratio.under)

    def rate(self, key: str) -> str:
        """In percent, one place; empty when there is nothing to divide by."""
        ratio = RATIOS[key]
        of = self.under(ratio)
        return f"{100 * self.numbers[ratio.over] / of:.1f}" if of else ""

    def arithmetic(self, key: str) -> str:
        """18 件 ÷ 20 件 = 90.0%."""
        ratio = RATIOS[key]
        noun, of = MEASURES[ratio.over].noun, self.under(ratio)
        if not of:
            return f"分母是 0 {noun}，不计算。"
        return f"{self.numbers[ratio.over]} {noun} ÷ {of} {noun} = {self.rate(key)}%"


def counted(cases: Sequence[Case], keys: Iterable[str] = MEASURES) -> Counted:
    """Each of these measures of these cases."""
    days = [case.days for case in cases if case.answered]
    numbers = {key: len(items(cases, key)) for key in keys}
    return Counted(numbers, float(median(days)) if days else None)
