"""执笔: in every state of a proposal somebody has the next act, or it has ended."""

from collections.abc import Mapping

from django.db.models import TextChoices

from proposals.states import State


class Pen(TextChoices):
    """执笔: who has the next act."""

    LEAD = "lead", "领衔代表"
    OFFICE = "office", "代工委"
    UNITS = "units", "承办单位"
    NOBODY = "nobody", "已经办完"


PENS: Mapping[str, Pen] = {
    State.SIGNING: Pen.LEAD,
    State.SUBMITTED: Pen.OFFICE,
    State.RETURNED: Pen.LEAD,
    State.ACCEPTED: Pen.OFFICE,
    State.REHEARSED: Pen.OFFICE,
    State.MERGED: Pen.UNITS,
    State.ASSIGNED: Pen.UNITS,
    State.ANSWERED: Pen.OFFICE,
    State.PUBLISHED: Pen.NOBODY,
    State.REFUSED: Pen.NOBODY,
    State.LETTER: Pen.NOBODY,
    State.WITHDRAWN: Pen.NOBODY,
}
"""Each state has one owner of the pen; a state with a way on never has nobody.

The office has it of what was sent back to a lead who can mend it no more (`to_review`). What a
lead who has left was gathering signatures for ends by itself (`left_signing`).
"""
