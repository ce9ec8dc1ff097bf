"""连续两年: what follows from a deputy's last three reviews. Pure: no ORM, no clock.

The rule in words (docs/decisions/0060): 连续两年接受提醒约谈 means that a talk was held for each of
two years that follow one another, in reviews of the same congress and, unless the county's rules
say otherwise, of the same term. A talk counts while the ground for it stands: a grade that was put
right to one that calls for no talk takes it away, and a talk that was called off never was one. A
year without a review, or in which the deputy was not reviewed (newly elected, suspended, without a
seat), breaks the run: where it is in doubt nothing is counted against anybody.

Nothing here decides. It says what people may open, and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a deputy stands in one year's review, by the grade that stands today."""

    NO_CYCLE = "no_cycle"
    """That congress had no review that came to an end."""
    NOT_REVIEWED = "not_reviewed"
    """It had one, without this deputy."""
    CLEAR = "clear"
    """The grade calls for no talk."""
    IN_BAND = "in_band"
    """The grade is one of those for which a talk is considered."""
    LIFTED = "lifted"
    """It was, and has been put right since."""


class Spoken(StrEnum):
    """What became of the talk of one year."""

    UNDECIDED = "undecided"
    SPARED = "spared"
    APPOINTED = "appointed"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Outcome:
    """One year of one deputy; `congress` and `term` are whose review it was, by their numbers."""

    year: int
    standing: Standing = Standing.NO_CYCLE
    spoken: Spoken = Spoken.UNDECIDED
    congress: int = 0
    term: int = 0

    @property
    def counts(self) -> bool:
        """A talk was held, and its ground stands."""
        return self.standing == Standing.IN_BAND and self.spoken == Spoken.HELD

    @property
    def waits(self) -> bool:
        """Nobody has decided yet whether there is a talk; one called off is no decision."""
        open_still = self.spoken in (Spoken.UNDECIDED, Spoken.CANCELLED)
        return self.standing == Standing.IN_BAND and open_still


class Due(StrEnum):
    """What people may do now about the last of the years."""

    NOTHING = "nothing"
    TALK = "talk"
    """Decide whether there is a talk."""
    PACK = "pack"
    """劝辞程序: the material may be put together, and the deputy is heard."""


@dataclass(frozen=True)
class Consequence:
    """What is due, and for how many years running, up to the last, a talk counts."""

    due: Due
    running: int

    @property
    def would_be_second(self) -> bool:
        """Whether a talk, if one is held now, makes it two years running."""
        return self.due == Due.TALK and self.running > 0


RUN = 2
"""连续两年."""


def consequence(years: Sequence[Outcome], *, across_terms: bool = False) -> Consequence:
    """What is due after the last of these years, which follow one another, the earliest first."""
    if [each.year for each in years] != [years[0].year + n for n in range(len(years))]:
        raise ValueError("the years do not follow one another")
    last, earlier = years[-1], years[:-1]
    before = _running(last, earlier, across_terms)
    if last.counts:
        running = before + 1
        return Consequence(Due.PACK if running >= RUN else Due.NOTHING, running)
    if last.waits:
        return Consequence(Due.TALK, before)
    return Consequence(Due.NOTHING, 0)


def _running(last: Outcome, earlier: Sequence[Outcome], across_terms: bool) -> int:
    """For how many years before the last a talk counts without a break."""
    count = 0
    for year in reversed(earlier):
        if not (year.counts and _same_seat(year, last, across_terms)):
            break
        count += 1
    return count


def _same_seat(one: Outcome, other: Outcome, across_terms: bool) -> bool:
    return one.congress == other.congress and (across_terms or one.term == other.term)
