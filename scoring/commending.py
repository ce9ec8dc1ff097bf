"""评先表优的排序: in which order deputies are considered, by the county's own rule. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar


@dataclass(frozen=True)
class Merit:
    """What the order looks at: the grade's position (1 is the best), stars and points."""

    grade: int
    stars: int
    points: Decimal


@dataclass(frozen=True)
class Bounds:
    """Who is proposed: a grade no worse, stars no fewer, and so many of a hundred reviewed."""

    grade: int
    stars: int
    share: int

    def admit(self, merit: Merit) -> bool:
        return merit.grade <= self.grade and merit.stars >= self.stars

    def places(self, reviewed: int) -> int:
        """How many are proposed at most; one where anybody was reviewed at all."""
        return max(1, reviewed * self.share // 100) if reviewed else 0


Person = TypeVar("Person")
BETTER: Mapping[str, Callable[[Merit], Decimal]] = {
    "grade": lambda merit: Decimal(-merit.grade),
    "stars": lambda merit: Decimal(merit.stars),
    "points": lambda merit: merit.points,
}
"""Of each figure a number that is greater the better."""


def in_turn(
    people: Sequence[tuple[Person, Merit]], turns: Mapping[str, int]
) -> list[tuple[Person, Merit]]:
    """The best first by each figure in its turn (0: not looked at); ties stay as they came.

    Two figures of one turn are looked at in the order grade, stars, points.
    """
    looked = sorted((turn, list(BETTER).index(name), name) for name, turn in turns.items() if turn)
    return sorted(
        people, key=lambda each: [BETTER[name](each[1]) for _, _, name in looked], reverse=True
    )


def proposed(
    people: Sequence[tuple[Person, Merit]], bounds: Bounds, reviewed: int
) -> list[tuple[Person, Merit]]:
    """Of people in their order those who are within the bounds, as many as there are places."""
    return [each for each in people if bounds.admit(each[1])][: bounds.places(reviewed)]
