"""请核对: what in a deputy's own reports somebody should look at again. Pure.

Each sign is a function of the reports and a limit, and names the records behind it. None of them
proves anything: an honest deputy may write up a week in one evening.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

DECEMBER = 12
ALIKE = 0.8
"""Two notes that share four of five pairs of characters say the same."""
SHORTEST = 6
"""A note of fewer characters is alike by nature: 走访选民."""


@dataclass(frozen=True)
class Report:
    """One duty that the deputy reported alone; `reported_at` is local time."""

    pk: int
    item: str
    done_on: date
    quantity: int
    per_day: int | None
    reported_at: datetime
    note: str = ""
    reused_photo: bool = False


Numbers = list[int]
"""The records behind a sign; none: nothing to look at."""


def reused_photos(reports: Iterable[Report], limit: int) -> Numbers:
    """同一张照片: so many records with a photo that stands under another record too."""
    return _at_least(limit, [report.pk for report in reports if report.reused_photo])


def at_the_day_limit(reports: Iterable[Report], limit: int) -> Numbers:
    """报满当日上限: so many days on which the day's limit of an item was reached."""
    days: defaultdict[tuple[str, date], list[Report]] = defaultdict(list)
    for report in reports:
        days[report.item, report.done_on].append(report)
    full = [
        known
        for known in days.values()
        if known[0].per_day and sum(each.quantity for each in known) >= known[0].per_day
    ]
    return [report.pk for known in full for report in known] if len(full) >= limit else []


def at_the_years_end(reports: Sequence[Report], limit: int, *, least: int) -> Numbers:
    """年底集中: more than `limit` percent of at least so many reports were filed in December."""
    late = [report.pk for report in reports if report.reported_at.month == DECEMBER]
    many = len(reports) >= least and 100 * len(late) > limit * len(reports)
    return late if many else []


def in_one_sitting(reports: Iterable[Report], limit: int) -> Numbers:
    """一次补报: duties of so many different days, all filed on one day."""
    filed: defaultdict[date, list[Report]] = defaultdict(list)
    for report in reports:
        filed[report.reported_at.date()].append(report)
    found = []
    for known in filed.values():
        if len({each.done_on for each in known}) >= limit:
            found += [each.pk for each in known]
    return found


def alike_notes(reports: Sequence[Report], limit: int) -> Numbers:
    """写得几乎一样: so many notes that hardly differ, numbers and signs aside."""
    clusters: list[tuple[set[str], Numbers]] = []
    for report in reports:
        words = re.sub(r"[\W\d_]+", "", report.note)
        if len(words) < SHORTEST:
            continue
        pairs = {words[at : at + 2] for at in range(len(words) - 1)}
        for known, numbers in clusters:
            if len(pairs & known) >= ALIKE * len(pairs | known):
                numbers.append(report.pk)
                break
        else:
            clusters.append((pairs, [report.pk]))
    return [pk for _, numbers in clusters if len(numbers) >= limit for pk in numbers]


def mostly_self_reported(
    own: Sequence[Report], everything: int, usual: Decimal, limit: int, *, least: int
) -> Numbers:
    """自报占比高: own reports are `limit` points of percent more than is usual among peers."""
    if len(own) < least or not everything:
        return []
    share = Decimal(100 * len(own)) / everything
    return [report.pk for report in own] if share >= usual + limit else []


def _at_least(limit: int, numbers: Numbers) -> Numbers:
    return numbers if len(numbers) >= limit else []


SIGNS: Mapping[str, str] = {
    "photo": "照片重复",
    "limit": "常报满当日上限",
    "sitting": "一次补报多天",
    "december": "年底集中上报",
    "alike": "内容几乎一样",
    "self": "自报占比高",
}
"""Each sign and what a board calls it: a description, never a verdict."""
