"""等次怎样建议: by the stars, held down by a low score and by what is a veto. Pure; people decide.

Places count from 0, best first. No official table of grades and stars was found, so grades, vetoes,
floors and the quota are the county's own data (domain.md section 3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

FAR = 1
"""How many bands the committee moves without writing down why."""


@dataclass(frozen=True)
class Band:
    """等次: its number of stars. `pk` is the row's."""

    pk: int
    name: str
    stars_from: int
    stars_to: int

    @property
    def stars(self) -> str:
        """9—10 星, 6 星."""
        if self.stars_from == self.stars_to:
            return f"{self.stars_from} 星"
        return f"{self.stars_from}—{self.stars_to} 星"


@dataclass(frozen=True)
class Floors:
    """参考分的两道线: below the first no better than last but one, below the second the last."""

    competent: int
    basic: int


@dataclass(frozen=True)
class Bar:
    """否决: no place before this one, and what it is for."""

    place: int
    name: str


@dataclass(frozen=True)
class SuggestedBand:
    """建议等次, and all that holds it below what the stars alone would say."""

    place: int
    by_stars: int
    held: tuple[str, ...]

    def words(self, bands: Sequence[Band], stars: int) -> str:
        """In full: how many stars, which grade that is, and what holds it down."""
        said = f"{stars} 星，按星数为{bands[self.by_stars].name}"
        return "；".join((said, *self.held))


def place_of(stars: int, bands: Sequence[Band]) -> int:
    """The grade of that many stars; the last one where no grade names them."""
    found = (at for at, band in enumerate(bands) if band.stars_from <= stars <= band.stars_to)
    return next(found, len(bands) - 1)


def suggested_band(
    stars: int,
    score: Decimal | None,
    bands: Sequence[Band],
    floors: Floors,
    bars: Iterable[Bar] = (),
) -> SuggestedBand:
    """建议等次; `bands` come best first."""
    last, by_stars = len(bands) - 1, place_of(stars, bands)
    place, held = by_stars, []
    for bar in bars:
        if bar.place > by_stars:
            held.append(f"{bar.name}，最好只能评为{bands[bar.place].name}")
        place = max(place, bar.place)
    if score is not None and score < floors.basic:
        floor, line = last, floors.basic
    elif score is not None and score < floors.competent:
        floor, line = max(last - 1, 0), floors.competent
    else:
        floor, line = 0, 0
    if floor > by_stars:
        held.append(f"参考分 {score} 低于 {line}，最高建议{bands[floor].name}")
    return SuggestedBand(min(max(place, floor), last), by_stars, tuple(held))


def why_not_place(place: int, bands: Sequence[Band], bars: Iterable[Bar]) -> str | None:
    """A veto bars every better grade; None when this one stays possible."""
    for bar in bars:
        if place < bar.place:
            return f"{bar.name}，不能评为{bands[place].name}，最好只能评为{bands[bar.place].name}。"
    return None


def is_far(moved: int) -> bool:
    """Whether the committee's grade lies more than one band from the suggested one."""
    return abs(moved) > FAR


def moved_words(moved: int) -> str:
    """比建议低 2 等; nothing where nothing was moved."""
    if not moved:
        return ""
    return f"比建议{'低' if moved > 0 else '高'} {abs(moved)} 等"


def mismatch(stars: int, place: int, bands: Sequence[Band]) -> str:
    """星级与等次不一致, said with both; empty where they agree."""
    by_stars = place_of(stars, bands)
    if by_stars == place:
        return ""
    return f"点亮 {stars} 星，按星数为{bands[by_stars].name}，评定为{bands[place].name}"


@dataclass(frozen=True)
class Quota:
    """优秀名额: a number to be warned by, which binds nobody."""

    best: int
    people: int
    share: int

    @property
    def limit(self) -> int:
        """How many the share allows, whole people only."""
        return self.people * self.share // 100

    @property
    def over(self) -> int:
        return max(0, self.best - self.limit)

    @property
    def words(self) -> str:
        """The warning, with its numbers; empty while within the quota."""
        if not self.over:
            return ""
        return (
            f"优秀 {self.best} 人，名额参考 {self.share}% 为 {self.limit} 人，"
            f"超出 {self.over} 人。只作提示，由委员会决定。"
        )
