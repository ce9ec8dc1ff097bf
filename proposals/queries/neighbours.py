"""上一件、下一件: the unit's cases in the order of its desk, one after the other."""

from typing import NamedTuple

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.roles import Role
from proposals.models import Assignment
from proposals.queries.countersigning import for_signing, on_the_desk


class Neighbours(NamedTuple):
    """The proposals before and after this one, and how many come after it."""

    former: int | None
    following: int | None
    left: int
    signing: bool


def neighbours(part: Assignment, actor: Actor) -> Neighbours:
    """By deadline, as on the desk; while something waits for the head's signature, those."""
    rows = on_the_desk(actor)
    if actor.is_a(Role.UNIT_HEAD) and (waiting := _places(for_signing(actor))):
        return _around(part, waiting, signing=True)
    return _around(part, _places(rows), signing=False)


def _places(rows: QuerySet[Assignment]) -> list[tuple[str, int, int]]:
    found = rows.order_by("due_on", "pk").values_list("due_on", "pk", "proposal_id")
    return [(str(due_on), key, proposal) for due_on, key, proposal in found]


def _around(part: Assignment, places: list[tuple[str, int, int]], *, signing: bool) -> Neighbours:
    here = (str(part.due_on or ""), part.pk)
    former = [proposal for due_on, key, proposal in places if (due_on, key) < here]
    following = [proposal for due_on, key, proposal in places if (due_on, key) > here]
    return Neighbours(
        former[-1] if former else None, following[0] if following else None, len(following), signing
    )
