"""What the deadline of one part rests on, as its rows say, and the day that follows from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property

from congress.shared.calendar import Calendar, add_working_days
from congress.shared.models import Workday
from proposals.deadline import Stand, Terms, due_on, opinion_due_on
from proposals.models import Assignment
from proposals.queries.clocks import (
    DayReason,
    why_kept,
    why_this_due_date,
    why_this_opinion_date,
    why_this_rate_date,
)
from proposals.rules import (
    HARD_MONTHS,
    LAST_DAY_ROLLS,
    OPINION_DAYS,
    RATE_DAYS,
    REPLY_MONTHS,
)
from proposals.states import OPINING, ExtensionState, UnitRole


def stands_of(part: Assignment) -> tuple[Stand, ...]:
    """Its pauses but those taken back, as the pure part of the deadline reads them."""
    return tuple(
        Stand(each.from_on, each.until_on, each.agreed_with)
        for each in part.pauses.all()
        if each.stood or each.until_on is None
    )


class DueDays:
    """答复期限 and 评价截止 of any number of parts: calendar and rules fetched once.

    For the public not `named`: who agreed to a pause is typed, and may be anybody's name.
    """

    def __init__(self, works: Calendar | None = None, *, named: bool = True) -> None:
        self.works, self._named = works or Workday.objects.works(), named
        self._replies: dict[int, date] = {}

    @cached_property
    def _rolls(self) -> Callable[[date], int]:
        return LAST_DAY_ROLLS.on_any_day()

    @cached_property
    def _opinion(self) -> Callable[[date], int]:
        return OPINION_DAYS.on_any_day()

    @cached_property
    def _rate(self) -> Callable[[date], int]:
        return RATE_DAYS.on_any_day()

    @cached_property
    def _usual(self) -> Callable[[date], int]:
        return REPLY_MONTHS.on_any_day()

    @cached_property
    def _hard(self) -> Callable[[date], int]:
        return HARD_MONTHS.on_any_day()

    def months(self, part: Assignment, today: date) -> int:
        """三个月 or 六个月 as the rule has them on the day of 交办, from which they count.

        On paper the part has what they were when it was drawn up.
        """
        drawn_up_on = part.sheet.drawn_up_on if part.sheet else today
        usual = self._usual(today)
        return self._hard(today) if part.months > max(usual, self._usual(drawn_up_on)) else usual

    def terms(self, part: Assignment) -> Terms:
        """Months, a granted extension, and the pauses of a part that has been handed over."""
        assert part.assigned_on is not None  # noqa: S101  # assignment_in_hand_has_its_days
        stands = stands_of(part)
        if not self._named:
            stands = tuple(each._replace(agreed_with="") for each in stands)
        granted = [each for each in part.extensions.all() if each.state == ExtensionState.GRANTED]
        return Terms(
            part.assigned_on,
            part.months,
            extra_months=sum(each.months for each in granted),
            stands=stands,
            rolls=bool(self._rolls(part.assigned_on)),
        )

    def opinion_days(self, part: Assignment) -> int:
        """Working days for an opinion; 0 for who answers the deputy."""
        assert part.assigned_on is not None  # noqa: S101  # assignment_in_hand_has_its_days
        return self._opinion(part.assigned_on) if part.role in OPINING else 0

    def of(self, part: Assignment) -> date:
        """The last day of this part, from the day on which it was handed over."""
        terms, days = self.terms(part), self.opinion_days(part)
        if days:
            return opinion_due_on(terms, days, self.works, self._reply(part, terms))
        return due_on(terms, self.works)

    def _reply(self, part: Assignment, own: Terms) -> date:
        """The last day of the reply that an opinion feeds; before 主办 has it, as from the own."""
        if part.proposal_id not in self._replies:
            parts = part.proposal.assignments.all()
            leads = (each for each in parts if each.role == UnitRole.LEAD and each.is_handed)
            lead = next(leads, None)
            terms = self.terms(lead) if lead else own
            self._replies[part.proposal_id] = due_on(terms, self.works)
        return self._replies[part.proposal_id]

    def why(self, part: Assignment) -> list[DayReason]:
        """为什么是这一天, of the day that stands; nothing before 交办."""
        steps = self.why_counted(part)
        return steps + why_kept(self.of(part), part.due_on) if steps else steps

    def why_counted(self, part: Assignment) -> list[DayReason]:
        """By calendar and rules as they are now."""
        if part.assigned_on is None:
            return []
        terms, days = self.terms(part), self.opinion_days(part)
        if days:
            return why_this_opinion_date(terms, days, self.works, self._reply(part, terms))
        return why_this_due_date(terms, self.works)

    def extended(self, part: Assignment, months: int) -> date:
        """The last day of a reply, were so many months granted."""
        terms = self.terms(part)
        return due_on(replace(terms, extra_months=terms.extra_months + months), self.works)

    def rating(self, replied_on: date) -> date:
        """The last day to rate a reply of that day."""
        return add_working_days(replied_on, self._rate(replied_on), self.works)

    def why_rating(self, replied_on: date, last: date) -> list[DayReason]:
        """为什么是这一天, for the rating."""
        counted, days = self.rating(replied_on), self._rate(replied_on)
        steps = why_this_rate_date(replied_on, min(counted, last), days, self.works)
        return steps + why_kept(counted, last)
