"""判定 by the kind of sheet: a roster, a table of groups, a table of contacts."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.timezone import localdate

from deputies.models import RosterImport
from deputies.queries import group_verdicts, liaison_verdicts, register, verdicts
from deputies.queries.verdicts import Judged
from deputies.sheets import Line
from deputies.states import SheetKind


def judge_each(batch: RosterImport, lines: Iterable[Line], day: date) -> Iterator[Judged]:
    """The verdict on every row, top to bottom, one after the other.

    `day` is that on which the rows would take effect: for a roster that of the election. Seats
    and groups are then looked at as they stood when the roster was uploaded.
    """
    if batch.kind == SheetKind.GROUPS:
        return group_verdicts.judge_each(lines, batch.county, day)
    if batch.kind == SheetKind.LIAISONS:
        return liaison_verdicts.judge_each(lines, batch.county, day)
    known = register.load(batch.county, day, today=localdate(batch.uploaded_at))
    return verdicts.judge_each(lines, known, day)
