"""参考分: what the opinions and the points add up to. Pure; people decide.

No official weights were published, so they are local rules; a part that was not given is left out
and the others weigh as much more (domain.md section 3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scoring.states import Step

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")

Parts = Mapping[Step, Decimal | None]


@dataclass(frozen=True)
class Suggestion:
    """参考分 of one deputy, and whose part it had to do without."""

    score: Decimal | None
    missing: tuple[Step, ...]
    shares: tuple[tuple[Step, int], ...] = ()
    """What each part that was given weighs, in percent."""

    @property
    def weighed(self) -> str:
        """小组核校 33%、年度积分 67%: the weights as they came out."""
        names = {Step.COMMITTEE: "年度积分"}
        return "、".join(f"{names.get(step, step.label)} {share}%" for step, share in self.shares)

    @property
    def words(self) -> str:
        """Said in full: what is missing is never hidden in the figure."""
        lack = "、".join(step.label for step in self.missing)
        if self.score is None:
            return "各方意见都没有提交，没有参考分"
        if not lack:
            return f"参考分 {self.score}"
        return f"参考分 {self.score}，{lack}未提交，其余各方按权重折算"


def points_part(total: Decimal) -> Decimal:
    """The committee's part: the year's points, of which more than 100 say nothing more."""
    return min(total, HUNDRED)


def suggest(parts: Parts, weights: Mapping[Step, Decimal]) -> Suggestion:
    """The weighted mean of the parts that exist, to one place."""
    given = {step: score for step, score in parts.items() if score is not None}
    missing = tuple(step for step in weights if step not in given)
    weight = sum((weights[step] for step in given), Decimal(0))
    if not weight:
        return Suggestion(None, missing)
    mean = sum((weights[step] * score for step, score in given.items()), Decimal(0)) / weight
    shares = tuple(
        (step, int((HUNDRED * weights[step] / weight).quantize(Decimal(1), ROUND_HALF_UP)))
        for step in weights
        if step in given
    )
    return Suggestion(mean.quantize(TENTH, ROUND_HALF_UP), missing, shares)
