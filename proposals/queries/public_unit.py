"""一个承办单位、一个乡镇: what the public may know of all it has, in numbers that lead to lists.

No ranking, and no satisfaction: what is rated is public only as released figures.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from congress.shared.models import Area, Organisation
from proposals.models import Assignment, Proposal, Reply
from proposals.queries import public, public_numbers
from proposals.queries.clocks import Clock
from proposals.queries.counting import called, counted
from proposals.queries.public import Filters, Row
from proposals.queries.public_answers import ANSWERS
from proposals.queries.public_numbers import Solved
from proposals.queries.public_tally import Tally, tally
from proposals.states import Part, State

SHOWN = 20


class Class(NamedTuple):
    """How many published replies have this class."""

    code: str
    name: str
    meaning: str
    replies: int


@dataclass(frozen=True)
class OnTime:
    """按期答复率 of one unit: its own replies by its own days, and what is open and overdue."""

    in_time: int
    late: int
    overdue: int

    @property
    def of(self) -> int:
        """What should have been answered by now."""
        return self.in_time + self.late + self.overdue

    @property
    def rate(self) -> str:
        """In percent; empty when nothing was due yet."""
        return f"{100 * self.in_time / self.of:.1f}" if self.of else ""

    @property
    def how(self) -> str:
        """怎么算的, in one sentence."""
        if not self.of:
            return "还没有到期应答复的，不计算。"
        return (
            f"期限内答复的 {self.in_time} 件 ÷ 应答复的 {self.of} 件"
            f"（已答复 {self.in_time + self.late} 件，到期还没有答复 {self.overdue} 件）"
            f" = {self.rate}%。"
        )


@dataclass(frozen=True)
class Page:
    """What the page of a unit or a township says."""

    pk: int
    name: str
    tally: Tally
    answered: int
    published: int
    classes: tuple[Class, ...]
    rows: tuple[Row, ...]


def unit(pk: int) -> Organisation | None:
    """A unit that proposals are handed to."""
    return Organisation.objects.units().filter(pk=pk).first()


def area(pk: int) -> Area | None:
    """A township that has a delegation."""
    return Area.objects.filter(delegation__isnull=False, pk=pk).distinct().first()


def unit_page(of: Organisation, clock: Clock) -> Page:
    """在办、答复、公开 of one unit; classes are those of its own replies as they count now."""
    own = _published(Q(assignment__unit=of.pk))
    return _page(of.pk, of.name, Filters(unit=of.pk), own, clock)


def area_page(of: Area, clock: Clock) -> Page:
    """What the township's deputies raised, and what became of it."""
    theirs = _published(Q(assignment__proposal__delegation__area=of.pk))
    return _page(of.pk, of.name, Filters(area=of.pk), theirs, clock)


def _page(pk: int, name: str, filters: Filters, replies: "QuerySet[Reply]", clock: Clock) -> Page:
    counts = public.matching(filters, clock).aggregate(
        **{key: Count("pk", filter=ANSWERS[key].rows) for key in ("answered", "published")}
    )
    return Page(
        pk=pk,
        name=name,
        tally=tally(filters, clock),
        classes=tuple(_classes(replies)),
        rows=tuple(public.rows(filters, clock, span=slice(SHOWN))),
        **counts,
    )


def _published(which: Q) -> "QuerySet[Reply]":
    """Replies that everybody may read, in the version that is open."""
    open_ones = Proposal.objects.open_to_public().filter(state=State.PUBLISHED)
    return Reply.objects.in_public().filter(which, assignment__proposal__in=open_ones)


def _classes(replies: "QuerySet[Reply]") -> Iterable[Class]:
    """By the class that counts now; one that was revoked has none, and comes last."""
    found = counted(replies).order_by().values_list("result_now", flat=True)
    counts = Counter(called(each) for each in found)
    ordered = sorted(counts.items(), key=lambda item: (not item[0].code, item[0]))
    return [Class(*result, count) for result, count in ordered]


def on_time(of: Organisation, today: date) -> OnTime:
    """按期答复率, in one query: each of its parts by its own day."""
    open_ones = Proposal.objects.open_to_public()
    parts = Assignment.objects.answering().filter(unit=of.pk, proposal__in=open_ones)
    handed = parts.filter(assigned_on__isnull=False)
    late = Assignment.objects.owing().moving().filter(unit=of.pk, proposal__in=open_ones)
    done = handed.filter(state=Part.DONE).aggregate(
        in_time=Count("pk", filter=Q(done_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(done_on__gt=F("due_on"))),
    )
    return OnTime(**done, overdue=late.filter(due_on__lt=today).count())


def solved(of: Area, today: date) -> list[Solved]:
    """今年已解决的, the newest first."""
    return public_numbers.solved(of.pk, today)
