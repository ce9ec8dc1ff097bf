"""期限加入日历: the last days of public proposals, for calendars that people subscribe to."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from proposals.models import Assignment, Rehandling
from proposals.queries.anew import UNREAD
from proposals.queries.clocks import Clock
from proposals.queries.public import Filters, matching
from proposals.rating_states import RehandlingState
from proposals.states import Part
from proposals.titles import short

KEPT = timedelta(days=92)
"""Last days longer ago than this are history, and fill nobody's calendar."""

GIVEN = (RehandlingState.ORDERED, RehandlingState.ANSWERED)


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
    found, since = matching(filters, clock).order_by().values("pk"), clock.today - KEPT
    own = Q(proposal__in=found, due_on__gte=since)
    return _of(own, Q(assignment__proposal__in=found, due_on__gte=since))


def deadlines_of(proposal: int) -> list[Deadline]:
    """The same of one public proposal, however long ago."""
    return _of(Q(proposal=proposal), Q(assignment__proposal=proposal))


def _of(which: Q, orders: Q) -> list[Deadline]:
    """By day; 重新办理 has a day of its own, once the answer is published."""
    found = [*_of_parts(which), *_of_orders(orders)]
    return sorted(found, key=lambda each: each.on)


def _of_orders(which: Q) -> list[Deadline]:
    """What has been answered for everybody stays beside the first day, as 已答复 does."""
    runs = Rehandling.objects.running_openly().filter(pk=OuterRef("pk"))
    rows = Rehandling.objects.told_openly().filter(which, state__in=GIVEN)
    loaded = rows.annotate(runs=Exists(runs)).select_related(
        "assignment__proposal", "assignment__unit"
    )
    return [_deadline_of(each) for each in loaded.order_by("due_on", "pk")]


def _deadline_of(order: Rehandling) -> Deadline:
    part = order.assignment
    number, title = part.proposal.number, part.proposal.public_title
    answered = order.state == RehandlingState.ANSWERED
    what = "已再次答复" if answered else "重新办理期限"
    then = "应在这一天下班前再答复领衔代表"
    if answered and order.runs:  # type: ignore[attr-defined]  # of the rows above
        then = f"的{UNREAD}"
    return Deadline(
        key=f"{number}-{part.unit_id}-{order.pk}",
        on=order.due_on,
        summary=f"{what}：{short(title)}（{part.unit.short_name or part.unit.name}）",
        words=f"{number} {title}。{part.unit.name}{then}。",
        url=settings.SITE_URL + reverse("proposals:public_detail", args=[number]),
    )


def _of_parts(which: Q) -> list[Deadline]:
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
