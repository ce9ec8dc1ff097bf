"""期限加入日历: the last days of public proposals, for calendars that people subscribe to."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from proposals.models import Assignment
from proposals.queries.clocks import Clock
from proposals.queries.public import Filters, matching, short
from proposals.states import Part

KEPT = timedelta(days=92)
"""Last days longer ago than this are history, and fill nobody's calendar."""


@dataclass(frozen=True)
class Deadline:
    """One unit's last day for one proposal; `key` stays the same when the day moves."""

    key: str
    on: date
    summary: str
    words: str
    url: str


def deadlines(filters: Filters, clock: Clock) -> list[Deadline]:
    """答复期限 of what the filters keep, by day; whose clock stands still has no day now."""
    found = matching(filters, clock).order_by().values("pk")
    return _of(Q(proposal__in=found, due_on__gte=clock.today - KEPT))


def deadlines_of(proposal: int) -> list[Deadline]:
    """The same of one public proposal, however long ago."""
    return _of(Q(proposal=proposal))


def _of(which: Q) -> list[Deadline]:
    rows = Assignment.objects.answering().moving().filter(which, assigned_on__isnull=False)
    ordered = rows.order_by("due_on", "proposal__number", "position")
    return [_deadline(each) for each in ordered.select_related("proposal", "unit") if each.due_on]


def _deadline(part: Assignment) -> Deadline:
    assert part.due_on is not None  # noqa: S101  # asked above
    number, title = part.proposal.number, part.proposal.public_title
    done = part.state == Part.DONE
    what = "已答复" if done else "答复期限"
    return Deadline(
        key=f"{number}-{part.unit_id}",
        on=part.due_on,
        summary=f"{what}：{short(title)}（{part.unit.short_name or part.unit.name}）",
        words=f"{number} {title}。{part.unit.name}应在这一天下班前答复领衔代表。",
        url=settings.SITE_URL + reverse("proposals:public_detail", args=[number]),
    )
