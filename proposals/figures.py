"""统计: the cases of a year as they are counted, and the places in which they stand. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from proposals.states import HANDED_OVER, State


class Level(NamedTuple):
    """办理结果 of one answer: where its class stands among the others, and what it means."""

    position: int
    meaning: str


class Asked(NamedTuple):
    """One ask that has been answered, with the meaning that its class has now, if any."""

    words: str
    meaning: str


class Promised(NamedTuple):
    """One dated step of an answer that counts."""

    words: str
    kept: bool
    missed: bool


class Objected(NamedTuple):
    """A unit that said the matter was not its own."""

    unit: int
    upheld: bool


@dataclass(frozen=True)
class Share:
    """主办、分办: one unit's part, with its own clock and its own answer."""

    unit: int
    assigned_on: date
    due_on: date
    done_on: date | None = None
    light: str = "ok"
    signed: Level | None = None
    now: Level | None = None
    revoked: bool = False
    met: frozenset[str] = frozenset()
    extended: bool = False
    paused: bool = False
    rounds: int = 0
    asks: tuple[Asked, ...] = ()
    steps: tuple[Promised, ...] = ()


@dataclass(frozen=True)
class Case:
    """One proposal; merged ones have the shares of the one they are handled with.

    `handled` is the state of that one: the own state of all others.
    """

    pk: int
    number: str
    title: str
    state: str
    handled: str
    accepted: bool
    shares: tuple[Share, ...] = ()
    helpers: frozenset[int] = frozenset()
    objections: tuple[Objected, ...] = ()
    merged: bool = False
    key: bool = False
    recurring: bool = False
    carried: bool = False
    ground: int | None = None
    area: int | None = None
    session: str = ""
    theme: str = ""

    @property
    def state_name(self) -> str:
        return State(self.state).label

    @property
    def counts(self) -> bool:
        """受理 and not taken back since."""
        return self.accepted and self.state != State.WITHDRAWN

    @property
    def handed(self) -> bool:
        return self.counts and self.handled in HANDED_OVER

    @property
    def assigned(self) -> bool:
        """Somebody has to answer it; of a unit that only helps, nobody there."""
        return self.handed and bool(self.shares)

    @property
    def answered(self) -> bool:
        """By everybody who has to."""
        return self.assigned and all(each.done_on for each in self.shares)

    @property
    def on_time(self) -> bool:
        """Each by its own last day, as it was moved by extensions and pauses."""
        return self.answered and all(
            each.done_on is not None and each.done_on <= each.due_on for each in self.shares
        )

    @property
    def late_open(self) -> bool:
        return self.assigned and not self.answered and any(s.light == "late" for s in self.shares)

    @property
    def days(self) -> int:
        """From 交办 to the last of its answers."""
        last = max((each.done_on for each in self.shares if each.done_on), default=date.min)
        return (last - min(each.assigned_on for each in self.shares)).days

    def meaning(self, *, now: bool) -> str:
        """The lowest of its answers: as signed, or as it stands after 转类. 撤销 is no class."""
        if now and any(each.revoked for each in self.shares):
            return ""
        levels = [each.now if now else each.signed for each in self.shares]
        found = [each for each in levels if each]
        return max(found).meaning if self.answered and found else ""

    def narrowed(self, unit: int) -> "Case":
        """What of it is this unit's own."""
        return replace(
            self,
            shares=tuple(each for each in self.shares if each.unit == unit),
            helpers=self.helpers & {unit},
            objections=tuple(each for each in self.objections if each.unit == unit),
        )

    @property
    def units(self) -> set[int]:
        """Who has a part in it, or has said that it should have none."""
        own = {each.unit for each in self.shares} | {each.unit for each in self.objections}
        return own | self.helpers


DIMENSIONS = {
    "unit": "承办单位",
    "area": "乡镇（代表团）",
    "theme": "门类",
    "session": "会次",
    "ground": "不予受理的情形",
}
"""By what a year's cases are told apart; each but the unit puts a case in one place at most."""
NOWHERE = "0"
"""Of a case without a delegation, or of whose field the lexicon says nothing."""


def places(case: Case, dimension: str) -> list[str]:
    """Where a case belongs, as an address says it."""
    where: Mapping[str, Collection[object]] = {
        "unit": sorted(case.units),
        "area": [case.area or NOWHERE],
        "theme": [case.theme or NOWHERE],
        "session": [case.session or NOWHERE],
        "ground": [case.ground] if case.ground else [],
    }
    return [str(each) for each in where[dimension]]


def split(cases: Iterable[Case], dimension: str) -> dict[str, list[Case]]:
    """The cases of each place; of a unit what is its own, so one of two units stands twice."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        for place in places(case, dimension):
            own = case.narrowed(int(place)) if dimension == "unit" else case
            found.setdefault(place, []).append(own)
    return found
