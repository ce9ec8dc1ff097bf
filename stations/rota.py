"""轮值, pure: who receives voters on which day at one station. No clock, no database, no chance.

The same people and the same days always give the same rota. In this order it wants: every seat
taken by somebody who is there; turns as equal as can be; the levels mixed on each day; the turns of
each deputy far apart. Turns that stand already are kept as they are, and count.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

ALONE = 10**9
"""What a day of one level only costs where two could be mixed: more than any gaps together."""


@dataclass(frozen=True)
class Server:
    """驻站代表: their level, the days they cannot come, their last turn before these days."""

    pk: int
    level: str
    away: frozenset[date] = frozenset()
    last: date | None = None


class Turn(NamedTuple):
    """轮值: one deputy on one day."""

    day: date
    deputy: int


@dataclass(frozen=True)
class Rota:
    """The turns in the order of their days, and for how many seats of which day nobody is there."""

    turns: tuple[Turn, ...]
    unfilled: dict[date, int]


def seats_for(least: int, servers: int, days: int) -> int:
    """How many receive on one day: so many that everybody who is posted can have a turn."""
    return max(least, -(-servers // days)) if days else least


def plan(
    days: Sequence[date],
    servers: Sequence[Server],
    seats: int | Mapping[date, int],
    standing: Iterable[Turn] = (),
) -> Rota:
    """The rota of these days, `seats` deputies on each, for people whose `pk` differ.

    No other rota fills more seats, and none that fills as many has more equal turns: the sum of
    their squares is the least there is, so whoever can have a turn has one before another has two
    more. Deputies of one level share a day only when the other level is spent. Of what is
    `standing` nothing moves; a turn of somebody who serves here no more holds its seat.
    """
    order = tuple(sorted(set(days)))
    wanted = seats if isinstance(seats, Mapping) else dict.fromkeys(order, seats)
    desk = _Desk(order, _waiting_longest_first(servers), wanted, frozenset(standing))
    desk.fill()
    desk.mend()
    return desk.rota()


def _waiting_longest_first(servers: Iterable[Server]) -> tuple[Server, ...]:
    return tuple(sorted(servers, key=lambda each: (each.last or date.min, each.pk)))


@dataclass
class _Desk:
    """A rota in the making: people and days are their places in `servers` and `days`."""

    days: tuple[date, ...]
    servers: tuple[Server, ...]
    wanted: Mapping[date, int]
    standing: frozenset[Turn]
    on: list[set[int]] = field(init=False)
    """Who is on, for each day."""
    turns: list[set[int]] = field(init=False)
    """Which days, for each person."""
    here: list[list[int]] = field(init=False)
    """Who could come, for each day."""
    fixed: frozenset[tuple[int, int]] = field(init=False)
    """Whose turn on which day stands already."""
    free: list[int] = field(init=False)
    """How many seats each day has beside what stands."""

    def __post_init__(self) -> None:
        self.on = [set() for _ in self.days]
        self.turns = [set() for _ in self.servers]
        self.here = [
            [who for who, each in enumerate(self.servers) if day not in each.away]
            for day in self.days
        ]
        place = {each.pk: who for who, each in enumerate(self.servers)}
        number = {day: each for each, day in enumerate(self.days)}
        stands = [turn for turn in self.standing if turn.day in number]
        taken = Counter(turn.day for turn in stands)
        self.free = [max(0, self.wanted.get(day, 0) - taken[day]) for day in self.days]
        known = [turn for turn in stands if turn.deputy in place]
        self.fixed = frozenset((number[turn.day], place[turn.deputy]) for turn in known)
        for day, who in self.fixed:
            self._put_on(day, who)

    def fill(self) -> None:
        """Seat by seat the one with the fewest turns, found through exchanges where need be.

        Each seat is the cheapest augmenting path where the k-th turn of a person costs more than
        the one before, so the turns are as equal as can be at the end.
        """
        for day in range(len(self.days)):
            for _ in range(self.free[day]):
                path = self._path(day)
                if path is None:
                    break
                for taken, who, given in path:
                    if given is not None:
                        self._put_off(given, who)
                    self._put_on(taken, who)

    def _path(self, day: int) -> list[tuple[int, int, int | None]] | None:
        """Who takes which day and gives up which: the shortest way to whoever has the fewest."""
        fewest = min((len(turns) for turns in self.turns), default=0)
        direct = [who for who in self.here[day] if who not in self.on[day]]
        if direct:
            best = min(direct, key=lambda who: self._claim(day, who))
            if len(self.turns[best]) == fewest:
                return [(day, best, None)]
        came: dict[int, int] = dict.fromkeys(direct, day)
        before: dict[int, int] = {}
        seen, queue = {day}, list(direct)
        for who in queue:
            for given in sorted(self.turns[who] - seen):
                if (given, who) in self.fixed:
                    continue
                seen.add(given)
                before[given] = who
                for other in self.here[given]:
                    if other not in self.on[given] and other not in came:
                        came[other] = given
                        queue.append(other)
        if not queue:
            return None
        best = min(queue, key=lambda who: (len(self.turns[who]), queue.index(who)))
        if came[best] != day and direct:
            near = min(direct, key=lambda who: self._claim(day, who))
            if len(self.turns[near]) == len(self.turns[best]):
                return [(day, near, None)]
        taken = came[best]
        steps: list[tuple[int, int, int | None]] = [(taken, best, None)]
        while taken != day:
            giver = before[taken]
            steps.append((came[giver], giver, taken))
            taken = came[giver]
        return list(reversed(steps))

    def _claim(self, day: int, who: int) -> tuple[int, bool, int, int]:
        """Fewest turns first, then the level that is missing, then the longest wait."""
        levels = {self.servers[each].level for each in self.on[day]}
        last = max(self.turns[who], default=-1)
        return len(self.turns[who]), self.servers[who].level in levels, last, who

    def _put_on(self, day: int, who: int) -> None:
        self.on[day].add(who)
        self.turns[who].add(day)

    def _put_off(self, day: int, who: int) -> None:
        self.on[day].discard(who)
        self.turns[who].discard(day)

    def mend(self) -> None:
        """Two turns change hands while that mixes the levels better or spreads turns further."""
        better = True
        while better:
            better = False
            for who in range(len(self.servers)):
                for day in sorted(self.turns[who]):
                    if (day, who) in self.fixed or not self._crowded(day, who):
                        continue
                    if self._exchange(day, who):
                        better = True

    def _crowded(self, day: int, who: int) -> bool:
        """Whether this turn is one to part with: beside its own level, or soon after another."""
        if self._alike(self.on[day]):
            return True
        fair = len(self.days) / len(self.turns[who])
        return any(day - fair < other < day for other in self.turns[who])

    def _exchange(self, day: int, who: int) -> bool:
        """The best exchange of this turn with another person's, if any is better than none."""
        best, found = 0, None
        here, mine = self.on[day], self.turns[who]
        stays, rest = here - {who}, mine - {day}
        alone, wait = self._alike(here), self._wait(mine)
        for other in self.here[day]:
            if other in here:
                continue
            alike, turns = self._alike(stays | {other}), self.turns[other]
            waits = wait + self._wait(turns)
            for theirs in sorted(turns):
                if (theirs, other) in self.fixed or not self._free(theirs, who):
                    continue
                there = self.on[theirs]
                mixed = alone + self._alike(there) - alike
                mixed -= self._alike((there - {other}) | {who})
                after = self._wait(rest | {theirs}) + self._wait((turns - {theirs}) | {day})
                gain = ALONE * mixed + waits - after
                if gain > best:
                    best, found = gain, (theirs, other)
        if found is None:
            return False
        theirs, other = found
        self._swap(day, who, theirs, other)
        return True

    def _wait(self, turns: set[int]) -> int:
        """The squares of the gaps: least where the turns stand evenly."""
        total, before = 0, -1
        for day in sorted(turns):
            total += (day - before) ** 2
            before = day
        return total + (len(self.days) - before) ** 2

    def _alike(self, people: set[int]) -> bool:
        """Whether several are on who are all of one level."""
        return len(people) > 1 and len({self.servers[who].level for who in people}) == 1

    def _free(self, day: int, who: int) -> bool:
        return who not in self.on[day] and self.days[day] not in self.servers[who].away

    def _swap(self, day: int, who: int, theirs: int, other: int) -> None:
        self._put_off(day, who)
        self._put_off(theirs, other)
        self._put_on(theirs, who)
        self._put_on(day, other)

    def rota(self) -> Rota:
        """What was made beside what stood, in people and days."""
        turns, short = [], {}
        for number, day in enumerate(self.days):
            fresh = [who for who in self.on[number] if (number, who) not in self.fixed]
            turns += [Turn(day, pk) for pk in sorted(self.servers[who].pk for who in fresh)]
            if len(fresh) < self.free[number]:
                short[day] = self.free[number] - len(fresh)
        return Rota(tuple(turns), short)
