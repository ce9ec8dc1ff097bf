"""每月一页: for one leader or for each of them, their key proposals as they stood in that month."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from congress.shared.models import User
from proposals.models import KeySupervision, Proposal, Question, SiteNote
from proposals.queries.clocks import Clock, Light
from proposals.queries.people import of_leaders
from proposals.queries.supervision import line, loaded
from proposals.states import State
from proposals.supervision_states import KeyKind, KeyState, QuestionState

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


class LeaderSheet(NamedTuple):
    """One page."""

    name: str
    leads: int
    own: list[SheetLine]
    common: list[SheetLine]
    more: int


def leader_sheets(day: date, leaders: Iterable[User] | None = None) -> list[LeaderSheet]:
    """Of the month of that day, of all leaders or of these; on its last day when it is over."""
    timing = Clock.on(day)
    rows = [
        each
        for each in loaded().decided().filter(year=day.year, decided_on__lte=day)
        if each.state == KeyState.STANDING or (each.ended_on or day) >= day.replace(day=1)
    ]
    people = list(leaders) if leaders is not None else of_leaders(day)
    return [_sheet(person, rows, timing) for person in people]


def _sheet(person: User, rows: list[KeySupervision], timing: Clock) -> LeaderSheet:
    """Their own first; what the directors supervise together or the media do stands below."""
    own = [each for each in rows if each.leader_id == person.pk]
    common = [each for each in rows if each.kind != KeyKind.LEADER]
    room = max(FITS - min(len(own), FITS), 0)
    shown = [_line(each, timing) for each in own[:FITS]]
    return LeaderSheet(
        person.name,
        len(own),
        shown,
        [_line(each, timing) for each in common[:room]],
        max(len(own) - FITS, 0) + max(len(common) - room, 0),
    )


def _line(row: KeySupervision, timing: Clock) -> SheetLine:
    found = line(row, timing)
    over = row.state == KeyState.ENDED
    return SheetLine(
        row.proposal.number,
        _cut(row.proposal.title, LONGEST_TITLE),
        row.get_kind_display(),
        found.units or "还没有交办",
        found.light,
        _cut(found.last, LONGEST_ANSWER) or "还没有回答",
        "督办结束" if over else found.next,
        found.visits,
    )


def _cut(words: str, most: int) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def totals(day: date) -> Totals:
    """The county's, on that day."""
    keys = KeySupervision.objects.decided().filter(year=day.year, decided_on__lte=day)
    asked = Question.objects.filter(supervision__in=keys, asked_on__lte=day)
    waits = asked.waiting()
    return Totals(
        keys=keys.count(),
        ended=keys.filter(state=KeyState.ENDED).count(),
        asked=asked.count(),
        answered=asked.filter(state=QuestionState.ANSWERED).count(),
        late=waits.filter(due_on__lt=day).count(),
        visits=SiteNote.objects.filter(supervision__in=keys, went_on__lte=day).count(),
        open=Proposal.objects.decided_at_the_desk().filter(state=State.ASSIGNED).count(),
        open_late=Proposal.objects.decided_at_the_desk().overdue(day).count(),
    )


def day_of_month(year: int, month: int, today: date) -> date | None:
    """The day on which the sheet of a month stands: its last, or today; None for one to come."""
    if not (1 <= month <= 12 and 2000 <= year <= today.year):
        return None
    last = date(year, month, calendar.monthrange(year, month)[1])
    return None if date(year, month, 1) > today else min(last, today)
