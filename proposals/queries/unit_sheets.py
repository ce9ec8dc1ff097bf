"""各单位交办单: what each unit reads on its own paper, and whom it may ask."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from congress.shared.models.people import Post
from congress.shared.roles import STAFF
from proposals.models import Assignment, Proposal, Sheet
from proposals.permissions.objections import Windows
from proposals.queries.sheets import Rehearsal, SheetLine
from proposals.states import State


class OneAsk(NamedTuple):
    """One of what is asked for; `own`: this unit has it to answer or to help with."""

    label: str
    text: str
    own: bool


class Matter(NamedTuple):
    """A proposal as its unit reads it; `along`: it is handled together with the one before."""

    proposal: Proposal
    asks: list[OneAsk]
    along: bool


class UnitLine(NamedTuple):
    """One part on its unit's own paper, and the last day on which the unit may object."""

    part: Assignment
    line: SheetLine
    object_until: date | None
    matters: list[Matter]


def by_unit(seen: Rehearsal) -> list[tuple[str, list[UnitLine]]]:
    """Each unit with its parts, those it answers first, and what each of them is about."""
    found: dict[str, list[UnitLine]] = defaultdict(list)
    windows = Windows(part for line in seen.lines for part in line.parts)
    rows = [line.proposal for line in seen.lines]
    prefetch_related_objects(rows, "asks", "merged__asks", "merged__lead")
    for line in seen.lines:
        for part in line.parts:
            part.sheet = seen.sheet
            given = [each.pk for each in part.asks.all()]
            matters = list(_matters(line.proposal, given))
            found[part.unit.name].append(UnitLine(part, line, windows.ends(part), matters))
    ordered = (
        (name, sorted(own, key=lambda each: not each.part.answers)) for name, own in found.items()
    )
    return sorted(ordered, key=lambda row: -len(row[1]))


def _matters(proposal: Proposal, given: Collection[int]) -> Iterable[Matter]:
    """The proposal itself and those that are handled along with it."""
    along = [each for each in proposal.merged.all() if each.state == State.MERGED]
    for each in (proposal, *sorted(along, key=lambda one: one.number)):
        asks = [
            OneAsk(f"第 {ask.position} 条", ask.text, not given or ask.pk in given)
            for ask in each.asks.all()
        ]
        yield Matter(each, asks, along=each != proposal)


def contact(sheet: Sheet) -> str:
    """联系人: who has drawn the sheet up, with the telephone of their office if it has one."""
    posts = (
        Post.objects.of(sheet.drawn_up_by).filter(role__in=STAFF).exclude(organisation__phone="")
    )
    post = posts.select_related("organisation").order_by("from_on").last()
    name = sheet.drawn_up_by.name
    return f"{name}，电话：{post.organisation.phone}" if post else name
