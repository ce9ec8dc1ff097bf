"""公平度, pure: how evenly a rota shares its turns, in figures that are printed beside it."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from stations.rota import Turn


@dataclass(frozen=True)
class Evenness:
    """Of one station, or of all together: the worst that anybody meets."""

    most: int = 0
    least: int = 0
    spread: int = 0
    """How many turns more one has than another of the same station."""
    none: int = 0
    """Who has no turn at all."""
    mixed: int = 0
    mixable: int = 0
    """Days on which levels are mixed, of those on which they could be by the turns there are."""
    closest: int | None = None
    """Fewest days between two turns of one deputy."""

    @property
    def words(self) -> str:
        gap = f"，同一代表两次轮值最近相隔 {self.closest} 天" if self.closest else ""
        none = f"，没有排到的 {self.none} 人" if self.none else "，人人都有"
        mixed = f"，各级代表搭配 {self.mixed}/{self.mixable} 天" if self.mixable else ""
        return f"每人 {self.least}—{self.most} 次，同站最多相差 {self.spread} 次{none}{mixed}{gap}"


def measured(turns: Iterable[Turn], people: Mapping[int, str]) -> Evenness:
    """The figures of one station: its turns, and the level of each who serves there."""
    days: dict[date, list[str]] = defaultdict(list)
    own: dict[int, list[date]] = {pk: [] for pk in people}
    for turn in turns:
        if turn.deputy in own:
            own[turn.deputy].append(turn.day)
            days[turn.day].append(people[turn.deputy])
    counts = [len(dates) for dates in own.values()]
    if not counts:
        return Evenness()
    shared = [levels for levels in days.values() if len(levels) > 1]
    common = Counter(level for levels in shared for level in levels).most_common(1)
    others = sum(len(levels) for levels in shared) - common[0][1] if common else 0
    return Evenness(
        most=max(counts),
        least=min(counts),
        spread=max(counts) - min(counts),
        none=counts.count(0),
        mixed=sum(len(set(levels)) > 1 for levels in shared),
        mixable=min(len(shared), others),
        closest=min(_gaps(own.values()), default=None),
    )


def _gaps(dates: Iterable[Iterable[date]]) -> list[int]:
    found = []
    for each in dates:
        row = sorted(each)
        found += [(later - sooner).days for sooner, later in itertools.pairwise(row)]
    return found


def together(stations: Collection[Evenness]) -> Evenness:
    """The county's: the worst of its stations, and the days of all."""
    if not stations:
        return Evenness()
    return Evenness(
        most=max(each.most for each in stations),
        least=min(each.least for each in stations),
        spread=max(each.spread for each in stations),
        none=sum(each.none for each in stations),
        mixed=sum(each.mixed for each in stations),
        mixable=sum(each.mixable for each in stations),
        closest=min((each.closest for each in stations if each.closest), default=None),
    )
