"""名册导入: a sheet is looked at first, and written only when a person says so."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Area, AuditEvent
from congress.shared.workflow import lock, move, record, refuse_if, trail
from deputies.actions import enrolment, reading
from deputies.actions.frame import Made, set_frame
from deputies.actions.locks import terms_locked
from deputies.actions.reading import refuse_drift
from deputies.headers import Unmatched, tidy
from deputies.models import Deputy, HeaderName, RosterFile, RosterImport, RosterRow
from deputies.permissions.roster import (
    why_not_apply,
    why_not_drop,
    why_not_elected_on,
    why_not_match_columns,
    why_not_mend_row,
    why_not_restore_row,
    why_not_tell_apart,
    why_not_upload,
)
from deputies.queries import judging, register, verdicts
from deputies.queries.seats import too_many
from deputies.queries.verdicts import Judged
from deputies.sheets import Line
from deputies.states import ImportState, SameOrNot, SheetKind, Verdict

JUDGED = ("verdict", "name", "changes", "fault_cell", "fault", "deputy")
"""What a judgement says of a row."""


@transaction.atomic
def upload(
    content: bytes,
    *,
    file_name: str,
    elected_on: date,
    by: Actor,
    kind: SheetKind = SheetKind.ROSTER,
) -> RosterImport:
    """上传: the sheet's rows stand with their verdicts; of the register nothing has changed.

    Headers nobody has matched yet wait for that; a long file waits for a task to read it. Of
    other sheets than a roster `elected_on` is the day they would take effect.
    """
    refuse_if(why_not_upload(by))
    county = Area.objects.county()
    if kind == SheetKind.ROSTER:
        refuse_if(why_not_elected_on(elected_on, register.county_term(county, elected_on)))
    batch = RosterImport(
        kind=kind,
        file_name=file_name[-200:],
        county=county,
        elected_on=elected_on,
        uploaded_by=by.user,
        uploaded_at=clock.now(),
    )
    sheet = None
    try:
        sheet = reading.open_sheet(batch, content)
        batch.state = ImportState.WAITING if len(content) > reading.LONG else ImportState.PREVIEWED
    except Unmatched as unmatched:
        if by.user is None:
            raise
        batch.state, batch.layout = ImportState.MATCHING, reading.layout_as_json(unmatched.layout)
    if by.user is None:  # an operator waits for the end of it
        batch.state = ImportState.PREVIEWED
    batch.save()
    if sheet and batch.state == ImportState.PREVIEWED:
        reading.read_now(batch, sheet)
    else:
        reading.keep(batch, content)
    record(batch, batch.state, by=by, note=batch.file_name)
    return batch


@transaction.atomic
def match_columns(
    batch: RosterImport,
    *,
    names: Mapping[str, str],
    waived: Collection[str],
    level: str,
    by: Actor,
) -> RosterImport:
    """对列名: what each strange header stands for is remembered, and the file read with it.

    `names` are plain headers and our columns, empty for one not used; `waived` the columns the
    sheet lacks on purpose; `level` the one level of all its rows.
    """
    batch = lock(batch)
    refuse_if(why_not_match_columns(by, batch))
    assert by.user is not None, "staff are people"  # noqa: S101  # told to mypy: why_not_match_columns has seen to it
    content = bytes(RosterFile.objects.get(batch=batch).content)
    batch.names, batch.waived, batch.level = dict(names), list(waived), level
    sheet = reading.open_sheet(batch, content)
    for header, column in names.items():
        HeaderName.objects.update_or_create(
            kind=batch.kind,
            header=header[:60],
            defaults={"column": column, "named_by": by.user, "named_at": clock.now()},
        )
    facts = {"names": batch.names, "waived": batch.waived, "level": level, "layout": {}}
    said = "；".join(f"{header}→{column or '不用'}" for header, column in names.items())
    batch = move(batch, ImportState.WAITING, by=by, note=said, **facts)
    if len(content) <= reading.LONG:
        reading.read_now(batch, sheet)
        batch = move(batch, ImportState.PREVIEWED, by=by)
    return batch


@transaction.atomic
def mend_row(row: RosterRow, *, cells: Mapping[str, str], by: Actor) -> RosterRow:
    """改这一行: its cells say what was typed, what was sent is kept, all rows are judged anew."""
    batch = lock(row.batch)
    row = lock(row)
    refuse_if(why_not_mend_row(by, batch, row, cells))
    row.sent = {name: row.cells.get(name, "") for name in cells} | row.sent
    row.cells = {**row.cells, **{name: tidy(text)[:300] for name, text in cells.items()}}
    row.save(update_fields=["sent", "cells"])
    record(batch, "row_mended", by=by, note=f"第 {row.number} 行：{'、'.join(cells)}")
    _judge_anew(batch)
    return RosterRow.objects.get(pk=row.pk)


@transaction.atomic
def restore_row(row: RosterRow, *, by: Actor) -> RosterRow:
    """还原这一行: it says again what the file said."""
    batch = lock(row.batch)
    row = lock(row)
    refuse_if(why_not_restore_row(by, batch, row))
    row.cells, row.sent, row.alike = {**row.cells, **row.sent}, {}, ""
    row.save(update_fields=["sent", "cells", "alike"])
    record(batch, "row_restored", by=by, note=f"第 {row.number} 行")
    _judge_anew(batch)
    return RosterRow.objects.get(pk=row.pk)


@transaction.atomic
def tell_apart(row: RosterRow, *, alike: SameOrNot, by: Actor) -> RosterRow:
    """是不是同一人: a person has looked, and the row is judged with that."""
    batch = lock(row.batch)
    row = lock(row)
    refuse_if(why_not_tell_apart(by, batch))
    row.alike = alike
    row.save(update_fields=["alike"])
    record(batch, "row_told_apart", by=by, note=f"第 {row.number} 行：{alike.label}")
    _judge_anew(batch)
    return RosterRow.objects.get(pk=row.pk)


def _judge_anew(batch: RosterImport) -> None:
    """Every row's verdict follows from all cells as they stand now."""
    rows = list(batch.rows.order_by("number"))
    lines = [Line(row.number, row.cells, row.alike) for row in rows]
    changed = []
    judged = judging.judge_each(batch, lines, batch.elected_on)
    for row, one in zip(rows, judged, strict=True):
        fresh = reading.row_of(batch, one)
        facts = {name: getattr(fresh, name) for name in JUDGED}
        if any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            changed.append(row)
    RosterRow.objects.bulk_update(changed, JUDGED, batch_size=500)


@transaction.atomic
def drop(batch: RosterImport, *, by: Actor) -> RosterImport:
    """放弃: the sheet is put aside; nothing was written, nothing will be, its rows are gone."""
    batch = lock(batch)
    refuse_if(why_not_drop(by, batch))
    RosterFile.objects.filter(batch=batch).delete()
    batch.rows.all().delete()
    return move(batch, ImportState.DROPPED, by=by, layout={})


@transaction.atomic
def apply(batch: RosterImport, *, by: Actor, today: date) -> RosterImport:
    """入册: people, seats and groups stand as the rows without error say; nobody is removed.

    One import at a time writes: a second one waits for the county's row, and finds by judging
    again that the register has moved since its preview. Nobody gets a seat beyond the 名额.
    """
    batch = lock(batch)
    refuse_if(why_not_apply(by, batch))
    county = lock(batch.county)
    rows = list(batch.rows.exclude(verdict=Verdict.ERROR).order_by("number"))
    known = register.load(county, batch.elected_on, today=today)
    lines = [Line(row.number, row.cells, row.alike) for row in rows]
    judged = verdicts.judge_all(lines, known, batch.elected_on)
    refuse_drift(rows, judged)
    entries = [one.entry for one in judged if one.entry]
    made = Made()
    frame = set_frame(county, entries, batch.elected_on, made)
    terms = terms_locked({term.pk for term in frame.terms.values()})
    people = enrolment.enrol_people(judged, made)
    enrolment.seat_people(judged, people, frame, batch.elected_on, made)
    if any(one.mandate is None for one in judged):
        refuse_if(too_many(terms, batch.elected_on))
    days = {"elected_on": batch.elected_on, "today": today}
    enrolment.group_people(judged, people, frame, register=known, made=made, **days)
    enrolment.release_moved(people.values(), by=by, today=today)
    enrolment.give_posts(people.values(), elected_on=batch.elected_on, by=by)
    _name_people(rows, judged, people)
    AuditEvent.objects.bulk_create(_trail(judged, people, by=by))
    who = by.user or batch.applied_by
    return move(
        batch,
        ImportState.APPLIED,
        by=by,
        applied_by=who,
        applied_at=clock.now(),
        made=made.as_json(),
    )


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
