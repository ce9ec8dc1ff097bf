"""每月一页: for one leader or for each of them, their key proposals as they stood in that month."""

import calendar
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from congress.shared.models import User
from proposals.models import KeySupervision
from proposals.queries.clocks import Clock, Light
from proposals.queries.key_days import Orders, Past, coming, late_then, open_then, orders_then
from proposals.queries.people import of_leaders
from proposals.queries.supervision import Before, last_answer, loaded, visits_until
from proposals.supervision_states import KeyKind, KeyState, QuestionState
from proposals.titles import short

FITS = 10
"""More than these do not fit the page: the rest are said by number."""
LONGEST_ANSWER, LONGEST_TITLE = 48, 34


class SheetLine(NamedTuple):
    """One key proposal on the sheet, every word cut to what the page has room for."""

    number: str
    title: str
    how: str
    units: str
    light: Light | None
    light_of: str
    """What the light is of, where that is not the first answer."""
    last: str
    next: str
    visits: int


class Totals(NamedTuple):
    """全县: what every sheet says alike."""

    keys: int
    ended: int
    asked: int
    answered: int
    late: int
    visits: int
    open: int
    open_late: int
    orders: Orders
    before: list[Before]
    """Of the lists of earlier years what waited for an answer."""


class LeaderSheet(NamedTuple):
    """One page."""

    name: str
    leads: int
    own: list[SheetLine]
    common: list[SheetLine]
    more: int


def leader_sheets(day: date, leaders: Iterable[User] | None = None) -> list[LeaderSheet]:
    """Of the month of that day, of all leaders or of these; on its last day when it is over."""
    past = Past(Clock.on(day))
    first = day.replace(day=1)
    rows = [each for each in _decided(day) if not past.is_over(each) or _ended(each) >= first]
    people = list(leaders) if leaders is not None else of_leaders(day)
    return [_sheet(person, rows, past) for person in people]


def _decided(day: date) -> list[KeySupervision]:
    """The year's list as it was decided until that day, with all that it needs."""
    rows = loaded().decided().filter(year=day.year, decided_on__lte=day)
    history = ("pauses", "extensions", "sheet", "rehandlings")
    ways = ("proposal__assignments", "proposal__merged_into__assignments")
    return list(rows.prefetch_related(*(f"{way}__{of}" for way in ways for of in history)))


def _ended(row: KeySupervision) -> date:
    return row.ended_on or date.max


def _sheet(person: User, rows: list[KeySupervision], past: Past) -> LeaderSheet:
    """Their own first; what the directors supervise together or the media do stands below."""
    own = [each for each in rows if each.leader_id == person.pk]
    common = [each for each in rows if each.kind != KeyKind.LEADER]
    room = max(FITS - min(len(own), FITS), 0)
    shown = [_line(each, past) for each in own[:FITS]]
    return LeaderSheet(
        person.name,
        len(own),
        shown,
        [_line(each, past) for each in common[:room]],
        max(len(own) - FITS, 0) + max(len(common) - room, 0),
    )


def _line(row: KeySupervision, past: Past) -> SheetLine:
    """As it stood on that day."""
    units = "、".join(each.unit.short_name for each in past.parts(row.proposal.handled_as))
    later = "督办结束" if past.is_over(row) else coming(past.questions(row), past.on)
    return SheetLine(
        row.proposal.number,
        _title(row.proposal.title),
        row.get_kind_display(),
        units or "还没有交办",
        *past.light(row),
        _cut(last_answer(row, past.on), LONGEST_ANSWER) or "还没有回答",
        later,
        visits_until(row, past.on),
    )


def _title(title: str) -> str:
    """As it stands, else without “关于…的建议”; cut where that is too long as well."""
    return title if len(title) <= LONGEST_TITLE else _cut(short(title), LONGEST_TITLE)


def _cut(words: str, most: int) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def totals(day: date) -> Totals:
    """The county's, as it stood on that day."""
    past, keys = Past(Clock.on(day)), _decided(day)
    found = [each for row in keys for each in past.questions(row)]
    asked = [each for each in found if past.was_asked(each.row)]
    return Totals(
        keys=len(keys),
        ended=sum(past.is_over(each) for each in keys),
        asked=len(asked),
        answered=sum(each.state == QuestionState.ANSWERED for each in found),
        late=sum(each.is_late(day) for each in found),
        visits=sum(visits_until(each, day) for each in keys),
        open=open_then(day).count(),
        open_late=late_then(past),
        orders=orders_then(day),
        before=_before(past),
    )


def _before(past: Past) -> list[Before]:
    """Their questions as they stood on that day, the newest list first."""
    rows = loaded().decided().filter(year__lt=past.on.year, decided_on__lte=past.on)
    rows = rows.exclude(state=KeyState.ENDED, ended_on__lte=past.on)
    waits = Counter(row.year for row in rows if any(each.waits for each in past.questions(row)))
    return [Before(year, many) for year, many in sorted(waits.items(), reverse=True)]


def months_of(year: int, today: date) -> list[int]:
    """Those that have begun, the newest first: each has its sheet."""
    return [each for each in range(12, 0, -1) if day_of_month(year, each, today)]


def day_of_month(year: int, month: int, today: date) -> date | None:
    """The day on which the sheet of a month stands: its last, or today; None for one to come."""
    if not (1 <= month <= 12 and 2000 <= year <= today.year):
        return None
    last = date(year, month, calendar.monthrange(year, month)[1])
    return None if date(year, month, 1) > today else min(last, today)
