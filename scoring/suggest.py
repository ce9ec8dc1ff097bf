"""参考分和建议等次: what the opinions and the stars add up to. Pure; people decide.

No official weights were published, so they are local rules; a part that was not given is left out
and the others weigh as much more (domain.md section 3).
"""

from collections.abc import Mapping, Sequence
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

    @property
    def words(self) -> str:
        """Said in full: what is missing is never hidden in the figure."""
        lack = "、".join(step.label for step in self.missing)
        if self.score is None:
            return "各方意见都没有提交，没有参考分"
        if not lack:
            return f"参考分 {self.score}"
        return f"参考分 {self.score}，{lack}未提交，其余各方按权重折算"


@dataclass(frozen=True)
class Band:
    """等次: its number of stars. `pk` is the row's."""

    pk: int
    stars_from: int
    stars_to: int


@dataclass(frozen=True)
class Floors:
    """参考分的两道线: below the first no better than last but one, below the second the last."""

    competent: int
    basic: int


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
    return Suggestion(mean.quantize(TENTH, ROUND_HALF_UP), missing)


def suggested_band(
    stars: int, score: Decimal | None, bands: Sequence[Band], floors: Floors, *, barred: bool
) -> Band:
    """建议等次: by the stars, held down by a low score; who lacks 政治星 or 守法星 is not 优秀.

    `bands` come best first.
    """
    last = len(bands) - 1
    place = next(
        (at for at, band in enumerate(bands) if band.stars_from <= stars <= band.stars_to), last
    )
    if barred:
        place = max(place, 1)
    if score is not None and score < floors.competent:
        place = max(place, last - 1)
    if score is not None and score < floors.basic:
        place = last
    return bands[min(place, last)]
