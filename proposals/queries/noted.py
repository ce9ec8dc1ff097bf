"""当时的情况: what a step's note has of its moment, where the records have gone on since.

Of a note nothing is shown but the last day that it gives, the proposal that it numbers and the
units of 交办, which the system wrote itself: what somebody typed for one reader reaches no other.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from congress.shared.models import AuditEvent
from proposals import events
from proposals.models import Proposal
from proposals.queries.clocks import day
from proposals.states import State

DAY = re.compile(r"(\d{4}) 年 (\d{1,2}) 月 (\d{1,2}) 日")
OTHER = re.compile(r"(?:与 )?([^“]+)“")
UNITS = re.compile(r"(交.+)，\d{4} 年 \d{1,2} 月 \d{1,2} 日前答复。")
HANDED_OVER = (State.ASSIGNED, "assigned_along")
TAKEN_OVER = re.compile(r"(改由.+)，\d{4} 年 \d{1,2} 月 \d{1,2} 日(前(?:答复|送意见))。")
REASSIGNED = ("reassigned", "reassigned_along")
ASKED_OF = re.compile(r"(?:[^，]*，)?(?:改?请)?([^，。]+?)(?:在 \d+ 月 \d+ 日前)?(?:回答|再答)")
OF_TWO = (State.MERGED, "took_in", "let_go")
"""并案: the note begins with the number of the other one."""


def day_given(note: str) -> date | None:
    """The last one, where a day was moved from one to another."""
    found = DAY.findall(note)
    return date(*map(int, found[-1])) if found else None


def units_given(step: AuditEvent) -> str:
    """交办: the units that were given it then, each with its role; nothing when it does not say.

    改交: the unit that was given it instead, and by when it answers. 三问: the unit that was asked.
    """
    if step.subject == events.QUESTION:
        found = ASKED_OF.match(step.note)
        return found[1] if found else ""
    if step.subject == events.PROPOSAL and step.now in REASSIGNED:
        found = TAKEN_OVER.fullmatch(step.note)
        last = day(day_given(step.note), timezone.localdate(step.at))
        return f"{found[1]}，{last}{found[2]}" if found else ""
    if step.subject != events.PROPOSAL or step.now not in HANDED_OVER:
        return ""
    found = UNITS.fullmatch(step.note)
    return found[1] if found else ""


def others(steps: Iterable[AuditEvent]) -> Mapping[int, Proposal]:
    """并案: of each step by its number the other proposal, together still or parted."""
    numbers = {
        row.pk: found[1]
        for row in steps
        if row.subject == events.PROPOSAL and row.now in OF_TWO and (found := OTHER.match(row.note))
    }
    if not numbers:
        return {}
    rows = {each.number: each for each in Proposal.objects.filter(number__in=numbers.values())}
    return {pk: rows[number] for pk, number in numbers.items() if number in rows}
