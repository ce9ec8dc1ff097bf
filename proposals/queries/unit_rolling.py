"""滚动办理 on the unit's desk: all of its own that goes on, in hand or answered."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from proposals.models import Assignment, CarriedProposal
from proposals.queries.carrying import marks_among
from proposals.queries.open_matters import still_open
from proposals.states import HANDED, UnitRole


class Goes(NamedTuple):
    """One part that goes on, and out of which year."""

    part: Assignment
    mark: str


class Rolling(NamedTuple):
    """As many as the notices of 结转 say; those on the desk stand there with their days."""

    parts: list[Goes]
    words: str
    tracked: list[Goes]

    @property
    def on_desk(self) -> int:
        return len(self.parts) - len(self.tracked)


def rolling(actor: Actor, on_desk: Iterable[int]) -> Rolling:
    """Every part of the unit whose proposal was handed on and is still open, by number."""
    parts = _going_on(Assignment.objects.handled_by(actor))
    marks = marks_among([each.proposal_id for each in parts])
    lines, here = [Goes(each, marks[each.proposal_id]) for each in parts], set(on_desk)
    return Rolling(lines, by_role(parts), [each for each in lines if each.part.pk not in here])


def totals(units: Iterable[Organisation]) -> Counter[int]:
    """Of each of these units, by its row, as many as its own list has, of whatever congress."""
    return Counter(each.unit_id for each in _going_on(Assignment.objects.filter(unit__in=units)))


def _going_on(own: QuerySet[Assignment]) -> list[Assignment]:
    carried = CarriedProposal.objects.standing().values("proposal")
    rows = own.filter(state__in=HANDED, proposal__in=carried)
    found = list(
        rows.select_related("proposal__lead", "proposal__session__term").order_by(
            "proposal__number", "pk"
        )
    )
    goes_on = still_open([each.proposal for each in found])
    return [each for each in found if each.proposal_id in goes_on]


def by_role(parts: Iterable[Assignment]) -> str:
    """主办 3 件、会办 1 件."""
    roles = [each.role for each in parts]
    found = [f"{role.label} {roles.count(role)} 件" for role in UnitRole if role in roles]
    return "、".join(found)
