"""不再承办: who acts on a part that has left them meanwhile reads what became of it."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.roles import UNIT
from proposals.models import Assignment
from proposals.queries.former import last_of, what_became

Row = TypeVar("Row", bound=Model)
NEW_UNIT = "这一部分已经不由这个单位承办，您写的没有存上。请重新打开建议，看现在由谁办。"


def found_or_told(rows: QuerySet[Row], gone: QuerySet[Assignment], by: Actor) -> Row:
    """The one row; else a refusal of what was sent, when it is about a part that they have had.

    Of what was never theirs nobody learns here that there is any: it is not found.
    """
    if row := rows.first():
        return row
    part = last_of(gone)
    if part is None:
        raise Http404
    raise Refused(what_became(part) if by.role in UNIT else NEW_UNIT)
