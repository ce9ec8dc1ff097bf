"""接待选民 of one deputy and period: each reception with the matters that voters raised in it.

Who they were is not read at all: no name, number, village or word of theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from deputies.models import Deputy, DutyRecord
from stations.models import Issue, Outcome, Visit, Way
from stations.states import IssueState

OF_THE_VOTER = ("caller", "contact", "place", "words")


@dataclass
class Reception:
    """One day at one place; `way` is empty on a reception day (逢十接待日)."""

    day: date
    place: str
    way: str = ""
    people: int = 0
    issues: list[Issue] = field(default_factory=list)

    @property
    def solved(self) -> int:
        return sum(issue.outcome == Outcome.SOLVED for issue in self.issues)


def receptions(
    deputy: Deputy, period: tuple[date, date], records: Sequence[DutyRecord]
) -> list[Reception]:
    """Those that were verified and those at which somebody was taken down, in the order of days."""
    found: dict[tuple[date, str, str], Reception] = {}
    rows = Visit.objects.taken().filter(deputy=deputy, came_on__range=period)
    rows = rows.select_related("station", "issue__unit").defer(*OF_THE_VOTER)
    for visit in rows.order_by("came_on", "pk"):
        way = "" if visit.way == Way.DAY else visit.get_way_display()
        key = visit.came_on, visit.station.name, way
        of = found.setdefault(key, Reception(*key))
        of.people += visit.people
        if visit.issue.state != IssueState.WITHDRAWN:
            of.issues.append(visit.issue)
    for record in records:
        _add(found, record)
    return sorted(found.values(), key=lambda each: (each.day, each.way != "", each.place))


def _add(found: dict[tuple[date, str, str], Reception], record: DutyRecord) -> None:
    """A verified reception: that of the same day and place, else that day's, else a new one."""
    key = record.done_on, record.place, ""
    same_day = any(each.day == record.done_on and not each.way for each in found.values())
    if key not in found and not same_day:
        found[key] = Reception(*key)
