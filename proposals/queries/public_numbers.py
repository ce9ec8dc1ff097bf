"""公开的建议 in numbers: a year's, what a township has solved, and what one can choose to see."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from congress.shared.models import Area, Organisation, Session
from congress.shared.personal_numbers import masked
from proposals.models import Assignment, Proposal, Reply
from proposals.models.reference import Meaning
from proposals.queries.counting import counted
from proposals.queries.public_answers import ANSWERS, KNOWN
from proposals.states import State
from proposals.titles import short
from proposals.why_alike import themes


@dataclass(frozen=True)
class Options:
    """What one can choose to see."""

    years: tuple[int, ...]
    units: tuple[tuple[int, str], ...]
    areas: tuple[tuple[int, str], ...]
    themes: tuple[str, ...]


def options() -> Options:
    """Years with proposals, the units, the townships, the fields."""
    days = Proposal.objects.open_to_public().dates("submitted_on", "year", order="DESC")
    units = Organisation.objects.units().values_list("pk", "name")
    areas = Area.objects.filter(delegation__isnull=False).distinct()
    return Options(
        years=tuple(found.year for found in days),
        units=tuple(units),
        areas=tuple(areas.values_list("pk", "name")),
        themes=tuple(themes()),
    )


def sessions(*only: int) -> list[tuple[int, str]]:
    """会次 by number, the newest first; all of them or only these."""
    rows = Session.objects.select_related("term__assembly__level", "term__assembly__area")
    found = rows.filter(pk__in=only) if only else rows
    return [(each.pk, each.full_name) for each in found]


@dataclass(frozen=True)
class Year:
    """一年的建议 in four numbers."""

    raised: int
    answered: int
    on_time: int
    due: int
    published: int

    @property
    def rate(self) -> str:
        """按期答复率: in time, of all that are answered or should be, as far as is public."""
        return f"{100 * self.on_time / self.due:.1f}" if self.due else ""


def year_numbers(year: int, today: date) -> Year:
    """今年建议, 已答复, 按期答复, 已公开, in one query."""
    rows = Proposal.objects.open_to_public().filter(submitted_on__year=year)
    late = Exists(
        Assignment.objects.owing().moving().filter(proposal=OuterRef("pk"), due_on__lt=today)
    )
    counts = rows.aggregate(
        raised=Count("pk"),
        due=Count("pk", filter=Q(late) | (ANSWERS["answered"].rows & KNOWN)),
        **{
            name: Count("pk", filter=ANSWERS[name].rows)
            for name in ("answered", "on_time", "published")
        },
    )
    return Year(**counts)


class Solved(NamedTuple):
    """已解决: published, and solved by the reply of every unit."""

    on: date
    title: str
    unit: str


def solved(area: int, today: date) -> list[Solved]:
    """What the townships' deputies raised and every unit has solved, published this year.

    By the class that counts now; the newest first, under the name of the first unit.
    """
    standing = counted(Reply.objects.in_public().filter(assignment__proposal=OuterRef("pk")))
    rows = Proposal.objects.open_to_public().filter(
        Exists(standing.filter(result_now__2=Meaning.SOLVED)),
        ~Exists(standing.exclude(result_now__2=Meaning.SOLVED)),
        delegation__area=area,
        state=State.PUBLISHED,
        published_on__range=(date(today.year, 1, 1), today),
        assignments__position=0,
    )
    values = rows.order_by("-published_on", "-number").values_list(
        "published_on", "title", "assignments__unit__short_name"
    )
    return [Solved(on, short(masked(title)), unit) for on, title, unit in values if on]
