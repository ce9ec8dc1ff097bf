"""名册导入: a sheet is looked at first, and written only when a person says so."""

from collections.abc import Sequence
from datetime import date
from itertools import islice

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Area, AuditEvent
from congress.shared.names import clean_name
from congress.shared.workflow import lock, move, record, refuse_if, trail
from deputies import sheets
from deputies.actions import enrolment
from deputies.entries import texts
from deputies.models import Deputy, RosterImport, RosterRow
from deputies.permissions.roster import (
    why_not_apply,
    why_not_drop,
    why_not_elected_on,
    why_not_upload,
)
from deputies.queries import register, verdicts
from deputies.queries.verdicts import Judged
from deputies.sheets import Line, Sheet
from deputies.states import ImportState, Verdict

LONGEST_CELL = 300
PIECE = 2000


@transaction.atomic
def upload(content: bytes, *, file_name: str, elected_on: date, by: Actor) -> RosterImport:
    """上传: the sheet's rows stand with their verdicts; of the register nothing has changed."""
    refuse_if(why_not_upload(by))
    sheet = sheets.read(content, file_name)
    county = Area.objects.county()
    known = register.load(county, elected_on)
    refuse_if(why_not_elected_on(elected_on, known.terms.values()))
    batch = RosterImport.objects.create(
        file_name=file_name[-200:],
        sheet=sheet.name[:60],
        header_row=sheet.header_row,
        county=county,
        elected_on=elected_on,
        uploaded_by=by.user,
        uploaded_at=clock.now(),
    )
    judged = verdicts.judge_each(sheet.lines, known, elected_on)
    rows = (_row(batch, sheet, one) for one in judged)
    while piece := list(islice(rows, PIECE)):
        RosterRow.objects.bulk_create(piece)
    record(batch, ImportState.PREVIEWED, by=by, note=batch.file_name)
    return batch


def _row(batch: RosterImport, sheet: Sheet, judged: Judged) -> RosterRow:
    cells = {name: text[:LONGEST_CELL] for name, text in texts(judged.line).items()}
    column = judged.fault_column
    return RosterRow(
        batch=batch,
        number=judged.line.number,
        verdict=judged.verdict,
        name=clean_name(cells["姓名"])[:60],
        cells=cells,
        changes=[[column, cells.get(column, ""), ""]] if column else judged.changes,
        fault_cell=f"{sheet.letters[column]}{judged.line.number}" if column else "",
        fault=judged.fault,
        deputy=judged.deputy,
    )


@transaction.atomic
def drop(batch: RosterImport, *, by: Actor) -> RosterImport:
    """放弃: the sheet is put aside; nothing was written and nothing will be."""
    batch = lock(batch)
    refuse_if(why_not_drop(by, batch))
    return move(batch, ImportState.DROPPED, by=by)


@transaction.atomic
def apply(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """入册: people, seats and groups stand as the rows without error say; nobody is removed.

    One import at a time writes: a second one waits for the county's row, and finds by judging
    again that the register has moved since its preview.
    """
    batch = lock(batch)
    refuse_if(why_not_apply(by, batch))
    county = lock(batch.county)
    rows = list(batch.rows.exclude(verdict=Verdict.ERROR).order_by("number"))
    known = register.load(county, batch.elected_on)
    lines = [Line(row.number, row.cells) for row in rows]
    judged = verdicts.judge_all(lines, known, batch.elected_on)
    _refuse_drift(rows, judged)
    entries = [one.entry for one in judged if one.entry]
    frame = enrolment.set_frame(county, entries, batch.elected_on)
    people = enrolment.enrol_people(judged)
    enrolment.seat_people(judged, people, frame, batch.elected_on)
    enrolment.group_people(
        judged, people, frame, register=known, elected_on=batch.elected_on, today=today
    )
    enrolment.give_posts(people.values(), elected_on=batch.elected_on, by=by)
    _name_people(rows, judged, people)
    AuditEvent.objects.bulk_create(_trail(judged, people, by=by))
    return move(batch, ImportState.APPLIED, by=by, applied_by=by.user, applied_at=clock.now())


def _refuse_drift(rows: Sequence[RosterRow], judged: Sequence[Judged]) -> None:
    """What is written is what was shown: another import in between takes a new preview."""
    for row, now in zip(rows, judged, strict=True):
        if (row.verdict, row.changes) != (now.verdict, now.changes):
            raise Refused("预览之后名册又有变动，预览已经过时。请放弃这一次，重新上传同一个文件。")


def _name_people(
    rows: Sequence[RosterRow], judged: Sequence[Judged], people: dict[int, Deputy]
) -> None:
    """Every row points at its deputy, so that what is above can follow from rows to people."""
    named = []
    for row, one in zip(rows, judged, strict=True):
        if row.deputy_id != people[one.person].pk:
            row.deputy = people[one.person]
            named.append(row)
    RosterRow.objects.bulk_update(named, ["deputy"])


def _trail(judged: Sequence[Judged], people: dict[int, Deputy], *, by: Actor) -> list[AuditEvent]:
    """One line for each seat taken in and each person changed; telephones are not repeated."""
    events = []
    for one in judged:
        if one.entry and one.verdict != Verdict.SAME:
            said = "；".join(
                column if column == "联系电话" else f"{column}：{old or '（空）'}→{new or '（空）'}"
                for column, old, new in one.changes
            )
            deed = "enrolled" if one.verdict == Verdict.NEW else "mended"
            events.append(
                trail(people[one.person], deed, by=by, note=said or one.entry.certificate)
            )
    return events
