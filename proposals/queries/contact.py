"""首次联系: the one place that says by which day a unit is to have met the deputy once."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from congress.shared.calendar import Works
from congress.shared.models import Workday
from proposals.deadline import contact_due_on
from proposals.gate import missing_stages
from proposals.models import Assignment, Meeting, Waiver
from proposals.queries.terms import stands_of
from proposals.rules import CONTACT_DAYS, LAST_DAY_ROLLS
from proposals.states import ANSWERABLE, Stage


class ContactDays:
    """The last day of any number of parts: calendar and rule are fetched once."""

    def __init__(self, works: Works | None = None) -> None:
        self.works = works or Workday.objects.works()
        self._days, self._rolls = CONTACT_DAYS.on_any_day(), LAST_DAY_ROLLS.on_any_day()

    def of(self, part: Assignment) -> date | None:
        """None once met or waived, while none may be recorded, and where the reply is due no later.

        None may be while the clock stands, and while an objection waits for its answer.
        """
        runs = part.is_running and part.state in ANSWERABLE
        if not part.answers or not runs or part.stands_still_since:
            return None
        if part.assigned_on is None or Stage.BEFORE not in missing_stages(part):
            return None
        days = self._days(part.assigned_on)
        rolls = bool(self._rolls(part.assigned_on))
        last = contact_due_on(part.assigned_on, days, stands_of(part), self.works, rolls=rolls)
        return last if part.due_on and last < part.due_on else None


class LateContact(NamedTuple):
    """One part whose deputy has not been met, and by which day they are to be."""

    part: Assignment
    last: date


def wanted() -> QuerySet[Assignment]:
    """主办、分办 that may record the first meeting, and have neither done so nor been let off."""
    first = {"assignment": OuterRef("pk"), "stage": Stage.BEFORE}
    rows = Assignment.objects.owing().moving().with_clock().filter(state__in=ANSWERABLE)
    return rows.filter(
        ~Exists(Meeting.objects.held().filter(**first)), ~Exists(Waiver.objects.filter(**first))
    ).prefetch_related("meetings", "waivers")


def late(today: date) -> list[LateContact]:
    """Those past their day, the longest first."""
    days = ContactDays()
    found = ((part, days.of(part)) for part in wanted())
    rows = [LateContact(part, last) for part, last in found if last and last < today]
    return sorted(rows, key=lambda each: (each.last, each.part.pk))
