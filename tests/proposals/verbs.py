"""A verb of the loop as its tests need it: on what, by whom, in which states, and once or not.

The tables verbs_raised, verbs_assigned, verbs_handled and so on name all of them, verbs_township
what is decided in a township's congress by another office; test_every_verb makes its tests of these
and of nothing else.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, NamedTuple

from congress.shared.actors import Actor
from congress.shared.models import Organisation, Session
from deputies.models import Deputy
from proposals.models import (
    Challenge,
    Draft,
    DraftExhibit,
    Inspection,
    Proposal,
    ReplyTemplate,
    Sheet,
)

ABOUT_NONE = ReplyTemplate | Session | Organisation | Inspection
NOTHING: Mapping[str, Callable[[], Any]] = {"whenever": lambda: None}
"""What a verb is tried on that makes its row."""


class Again(Enum):
    """What the second of two clicks meets."""

    REFUSED = "it is refused"
    SAME = "it finds what the first has left, and leaves nothing more"


class Verb(NamedTuple):
    """`do` on a row that one of `on` has made, whose key is among `states`, by one of `may`.

    Everybody else reads one of the sentences that it `says`, which tell who may.
    """

    do: Callable[[Any, Actor], object]
    may: frozenset[str]
    says: tuple[str, ...]
    on: Mapping[str, Callable[[], Any]] = NOTHING
    states: tuple[str, ...] = ("whenever",)
    again: Again = Again.REFUSED


def proposal_of(row: Any) -> Proposal | None:
    """The proposal that the row is about; None where it is about none."""
    if isinstance(row, Sheet):
        return row.lines.first().proposal
    if row is None or isinstance(row, ABOUT_NONE | Proposal):
        return row if isinstance(row, Proposal) else None
    if isinstance(row, DraftExhibit):
        row = row.draft
    if isinstance(row, Challenge):
        return row.earlier
    return row.proposal if hasattr(row, "proposal") else row.assignment.proposal


def lead_of(row: Any) -> Deputy | None:
    """Whose proposal the row is about, or whose draft it is or belongs to."""
    draft = row if isinstance(row, Draft) else getattr(row, "draft", None)
    if isinstance(draft, Draft):
        return draft.deputy
    proposal = proposal_of(row)
    return proposal.lead if proposal else None
