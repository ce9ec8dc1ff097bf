"""现在各在哪一步: the public list in numbers, without one line of it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from proposals.queries.clocks import Clock
from proposals.queries.public import Filters, matching
from proposals.queries.public_stage import FIRST_PUBLIC, LIT, STOPS


@dataclass(frozen=True)
class StopCount:
    """How many proposals stay at one stop, and how many of them are pressed for time."""

    number: int
    name: str
    count: int
    late: int
    soon: int


@dataclass(frozen=True)
class Tally:
    """The whole list in numbers."""

    total: int
    steps: tuple[StopCount, ...]
    ok: int
    soon: int
    late: int
    done: int


def tally(filters: Filters, clock: Clock) -> Tally:
    """现在各在哪一步, in one query."""
    groups = matching(filters, clock).order_by().values_list("stage", "lamp")
    counts: Counter[tuple[int, str]] = Counter()
    for stage, lamp, count in groups.annotate(Count("pk")):
        counts[stage, lamp] += count
    stages = range(FIRST_PUBLIC, len(STOPS) + 1)
    return Tally(
        total=counts.total(),
        steps=tuple(
            StopCount(
                number,
                STOPS[number - 1],
                sum(count for (stage, _), count in counts.items() if stage == number),
                counts[number, "late"],
                counts[number, "soon"],
            )
            for number in stages
        ),
        **{kind: sum(counts[number, kind] for number in stages) for kind in LIT},
        done=sum(count for (stage, _), count in counts.items() if stage > len(STOPS) - 2),
    )
