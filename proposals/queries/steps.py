"""A step of the trail as its words are asked for, and what is told of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from proposals.events import Key
from proposals.models import Proposal


class TrailStep(NamedTuple):
    """A step of the trail with its record: its type, the day it was written down, the reader."""

    key: Key
    on: date
    public: bool
    edition: int = 0
    newest: bool = False
    """No later step of the record is of this type: what the record says now is about this one."""
    kept: Collection[int] = ()
    """The proposals of which this reader learns only that there is one."""
    day: date | None = None
    """The day that was given then, in a step that gives one."""
    other: Proposal | None = None
    """并案: the one with which it was put together then."""
    units: str = ""
    """交办、改交、三问: who was given it then, in words; nothing of an old row that has none."""
    at: datetime | None = None


class Told(NamedTuple):
    """The day it happened, which may be before it was written down; and what happened."""

    on: date
    words: str
