"""重点督办 as it stood on a day: by the days of what happened, never by what stands now.

What no record keeps is read from the trail: when a part left its unit, when a question that has
gone to another unit was first asked, when a proposal was taken back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from congress.shared.calendar import add_months, add_working_days
from congress.shared.models import AuditEvent, Workday
from proposals import events
from proposals.deadline import due_on, rolled
from proposals.models import Assignment, KeySupervision, Proposal, Question, Rehandling
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.terms import DueDays
from proposals.rules import REHANDLE_MONTHS
from proposals.states import ExtensionState, Part, State
from proposals.supervision_rules import AGAIN_DAYS, ANSWER_DAYS
from proposals.supervision_states import (
    QUESTION_WAITS,
    KeyState,
    QuestionStage,
    QuestionState,
)

ORDERS_NAMED = 2
"""So many late orders are named on the page of a month."""


class Then(NamedTuple):
    """One question as it stood: its state, and by when it was to be answered."""

    row: Question
    state: str
    due_on: date | None

    @property
    def waits(self) -> bool:
        return self.state in QUESTION_WAITS

    def is_late(self, on: date) -> bool:
        return self.waits and self.due_on is not None and self.due_on < on


def as_now(row: KeySupervision) -> list[Then]:
    """The questions of one, in the order of their days, as they stand."""
    return [Then(each, each.state, each.due_on) for each in _in_order(row)]


def _in_order(row: KeySupervision) -> list[Question]:
    return sorted(row.questions.all(), key=lambda each: (each.ask_on, each.pk))


def coming(found: Sequence[Then], today: date) -> str:
    """What is waited for, or asked next; that nothing more is asked is no sign that all was."""
    for each in found:
        stage = each.row.get_stage_display()
        if each.waits:
            again = "再答" if each.state == QuestionState.SENT_BACK else "回答"
            return f"{stage}，{day(each.due_on, today)}前{again}"
        if each.state == QuestionState.PLANNED:
            return f"{day(each.row.ask_on, today)}{stage}"
    asked = sum(each.row.asked_on is not None for each in found)
    if asked == len(QuestionStage):
        return "三问都已问过"
    return f"三问问过 {asked} 问，其余不再补问"


class Past:
    """A day, and what the trail knows of it; the lights count from that day."""

    def __init__(self, timing: Clock) -> None:
        self.timing, self.on = timing, timing.today
        self._due = DueDays(timing.works)
        self._answer_days, self._again_days = ANSWER_DAYS.on_any_day(), AGAIN_DAYS.on_any_day()
        self._gone: Mapping[int, date] = _days_of(events.PART, Part.REMOVED)
        self._asked: Mapping[int, date] = _days_of(events.QUESTION, QuestionState.ASKED)

    def is_over(self, row: KeySupervision) -> bool:
        """督办结束 by that day."""
        ended = row.ended_on if row.state == KeyState.ENDED else None
        return ended is not None and ended <= self.on

    def questions(self, row: KeySupervision) -> list[Then]:
        return [self._question(each, over=self.is_over(row)) for each in _in_order(row)]

    def _question(self, row: Question, *, over: bool) -> Then:
        asked_on = self._asked_on(row)
        answers = [each for each in row.answers.all() if each.answered_on <= self.on]
        sent_back = _sent_back_on(row)
        waits_again = len(answers) == 1 and sent_back is not None and sent_back <= self.on
        if answers and not waits_again:
            return Then(row, QuestionState.ANSWERED, None)
        if over:
            return Then(row, QuestionState.LAPSED, None)
        if asked_on is None or asked_on > self.on:
            return Then(row, QuestionState.PLANNED, None)
        if waits_again and sent_back and asked_on <= sent_back:
            last = self._working(sent_back, self._again_days(sent_back))
            return Then(row, QuestionState.SENT_BACK, last)
        last = self._working(asked_on, self._answer_days(asked_on))
        kept = row.due_on if asked_on == row.asked_on and sent_back is None else last
        return Then(row, QuestionState.ASKED, kept)

    def was_asked(self, row: Question) -> bool:
        asked_on = self._asked_on(row)
        return asked_on is not None and asked_on <= self.on

    def _asked_on(self, row: Question) -> date | None:
        """Of one that has gone to another unit since, the day on which the former was asked."""
        if row.asked_on and row.asked_on > self.on:
            return self._asked.get(row.pk, row.asked_on)
        return row.asked_on

    def _working(self, since: date, days: int) -> date:
        return add_working_days(since, days, self.timing.works)

    def parts(self, proposal: Proposal) -> list[Assignment]:
        """The units that had it in hand, who answers first."""
        rows = [each for each in proposal.assignments.all() if self.had(each)]
        return sorted(rows, key=lambda each: each.position)

    def had(self, part: Assignment) -> bool:
        """Handed over by then, and not gone from its unit."""
        if part.assigned_on is None or part.assigned_on > self.on:
            return False
        return part.state != Part.REMOVED or self._gone.get(part.pk, self.on) > self.on

    def owed(self, parts: Iterable[Assignment]) -> list[Assignment]:
        """Of these that were had, what was not done."""
        return [each for each in parts if each.done_on is None or each.done_on > self.on]

    def light(self, row: KeySupervision) -> tuple[Light | None, str]:
        """Of the question that waited, else of the part that pressed, else of 重新办理, named.

        None once it was over.
        """
        if self.is_over(row):
            return None, ""
        days = [each.due_on for each in self.questions(row) if each.waits and each.due_on]
        if days:
            return self.timing.light(min(days)), ""
        had = self.parts(row.proposal.handled_as)
        owed = self.owed(each for each in had if each.answers)
        moving = [each for each in owed if self.stood_since(each) is None]
        if first := min(moving or owed, key=self.due_on, default=None):
            since = self.stood_since(first)
            paused = Light("paused", f"{day(since, self.on)}起")
            return (paused if since else self.timing.light(self.due_on(first))), ""
        again = self._ordered(had)
        return (self.timing.light(again), "重新办理") if again else (None, "")

    def _ordered(self, parts: Iterable[Assignment]) -> date | None:
        """The next day of what these handled anew, as it was."""
        rows = [each for part in parts for each in part.rehandlings.all()]
        ran = [each for each in rows if each.ordered_on <= self.on < (each.ended_on or date.max)]
        return min((_order_due(each, self.on) for each in ran), default=None)

    def stood_since(self, part: Assignment) -> date | None:
        """暂停: from which day its clock stood."""
        for each in part.pauses.all():
            ended = each.until_on is not None and each.until_on <= self.on
            if each.from_on <= self.on and not ended:
                return each.from_on
        return None

    def due_on(self, part: Assignment) -> date:
        """Without the extensions and pauses that came after that day."""
        granted = [each for each in part.extensions.all() if each.state == ExtensionState.GRANTED]
        since = [each for each in granted if (each.decided_on or self.on) > self.on]
        stands = [each for each in part.pauses.all() if (each.until_on or self.on) > self.on]
        if part.due_on and not since and not stands:
            return part.due_on
        terms = self._due.terms(part)
        fewer = terms.extra_months - sum(each.months for each in since)
        past = tuple(each for each in terms.stands if (each.until_on or self.on) <= self.on)
        return due_on(replace(terms, extra_months=fewer, stands=past), self.timing.works)

    def is_late(self, part: Assignment) -> bool:
        return self.stood_since(part) is None and self.due_on(part) < self.on


def _days_of(subject: str, deed: str) -> Mapping[int, date]:
    """The first day on which each record came to this, by the trail."""
    rows = AuditEvent.objects.filter(subject=subject, now=deed).order_by("-at", "-pk")
    return {row: timezone.localdate(at) for row, at in rows.values_list("subject_id", "at")}


def _sent_back_on(row: Question) -> date | None:
    """答得不实: an answer that stands is no more than commented; of all others the first was."""
    answers = sorted(row.answers.all(), key=lambda each: each.round)
    if not answers or (len(answers) == 1 and row.state == QuestionState.ANSWERED):
        return None
    said = answers[0].commented_at
    return timezone.localdate(said) if said else None


def open_then(on: date) -> ProposalQuerySet:
    """在办 on that day: handed over, not answered by all, not taken back."""
    handed = Assignment.objects.filter(proposal=OuterRef("pk"), assigned_on__lte=on)
    back = AuditEvent.objects.filter(
        subject=events.PROPOSAL, now=State.WITHDRAWN, subject_id=OuterRef("pk"), at__date__lte=on
    )
    rows = Proposal.objects.decided_at_the_desk().filter(Exists(handed))
    rows = rows.filter(Q(answered_on=None) | Q(answered_on__gt=on))
    found: ProposalQuerySet = rows.exclude(Q(state=State.WITHDRAWN) & Exists(back))
    return found


def late_then(past: Past) -> int:
    """Of these, those of which a unit was past its day."""
    rows = Assignment.objects.filter(proposal__in=open_then(past.on), assigned_on__isnull=False)
    parts = rows.prefetch_related("pauses", "extensions").select_related("sheet")
    had = [each for each in parts if past.had(each)]
    return len({each.proposal_id for each in past.owed(had) if past.is_late(each)})


class Orders(NamedTuple):
    """重新办理 on that day: how many wait for an answer, how many are late, some of these."""

    open: int
    late: int
    named: str


def orders_then(on: date) -> Orders:
    """Of the county's: ordered by then, neither answered nor taken back by then."""
    county = Proposal.objects.decided_at_the_desk()
    rows = Rehandling.objects.filter(ordered_on__lte=on, assignment__proposal__in=county)
    found = rows.filter(Q(ended_on=None) | Q(ended_on__gt=on)).order_by("due_on", "pk")
    shown = list(found.select_related("assignment__unit", "assignment__proposal"))
    late = [each for each in shown if _order_due(each, on) < on]
    words = [
        f"{each.assignment.unit.short_name} {each.assignment.proposal.number}" for each in late
    ]
    more = "等" if len(late) > ORDERS_NAMED else ""
    return Orders(len(shown), len(late), "、".join(words[:ORDERS_NAMED]) + more)


def _order_due(order: Rehandling, on: date) -> date:
    """As it was before it was prolonged, if that came later."""
    if order.prolonged_on is None or order.prolonged_on <= on:
        return order.due_on
    months = REHANDLE_MONTHS.on(order.ordered_on)
    return rolled(add_months(order.ordered_on, months), Workday.objects.works())
