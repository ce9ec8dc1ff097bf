"""读取: an uploaded file becomes rows with verdicts. Steps of the verbs in `roster`.

Of the register nothing changes here. A long file is read by a task, piece by piece: each piece is
committed, so that progress shows, and a run that died is begun again from the first row.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.names import clean_name
from congress.shared.workflow import lock, move
from deputies import sheets
from deputies.headers import TABLES, Layout, Names, Unmatched
from deputies.models import HeaderName, RosterFile, RosterImport, RosterRow
from deputies.queries import judging
from deputies.queries.verdicts import Judged
from deputies.sheets import Line, Sheet
from deputies.states import ImportState

LONGEST_CELL = 300
PIECE = 2000
LONG = 1_500_000
"""Bytes from which on a file is read by a task: some ten thousand rows."""


def remembered(kind: str) -> dict[str, str]:
    """列名对照 of this kind of sheet, as people once said it."""
    return dict(HeaderName.objects.filter(kind=kind).values_list("header", "column"))


def keep(batch: RosterImport, content: bytes) -> None:
    """The file waits with its batch until it is read."""
    RosterFile.objects.create(batch=batch, content=content)


def open_sheet(batch: RosterImport, content: bytes) -> Sheet:
    """The table in the file under the names known for this batch; `Unmatched` when they lack."""
    names: Names = remembered(batch.kind) | batch.names
    table = TABLES[batch.kind]
    return sheets.read(content, batch.file_name, names=names, waived=batch.waived, table=table)


def layout_as_json(layout: Layout) -> dict[str, object]:
    """What the matching screen shows, as it is kept."""
    return {
        "sheet": layout.sheet,
        "row": layout.at + layout.depth,
        "headers": [
            {"letter": h.letter, "title": h.title, "column": h.column, "samples": list(h.samples)}
            for h in layout.headers
        ],
    }


def read_rows(batch: RosterImport, sheet: Sheet) -> Iterable[list[RosterRow]]:
    """The sheet's rows with their verdicts, a piece at a time; the batch says where they stand."""
    batch.sheet, batch.header_row = sheet.name[:60], sheet.header_row
    batch.layout = {
        "columns": sorted(sheet.letters, key=lambda title: _place(sheet.letters[title])),
        "letters": sheet.letters,
    }
    batch.save(update_fields=["sheet", "header_row", "layout"])
    lines = (_levelled(line, batch.level) for line in sheet.lines)
    judged = judging.judge_each(batch, lines, batch.elected_on)
    rows = (row_of(batch, one) for one in judged)
    while piece := list(islice(rows, PIECE)):
        yield piece


def _place(letters: str) -> tuple[int, str]:
    """The order of columns: Z before AA."""
    return len(letters), letters


def _levelled(line: Line, level: str) -> Line:
    """One level for every row, when the sheet has no such column."""
    return Line(line.number, {**line.cells, "代表层级": level}) if level else line


def row_of(batch: RosterImport, judged: Judged) -> RosterRow:
    """A judged line as it is kept and shown."""
    cells = {name: text[:LONGEST_CELL] for name, text in judged.line.words.items()}
    column = judged.fault_column
    letter = batch.layout["letters"].get(column, "")
    return RosterRow(
        batch=batch,
        number=judged.line.number,
        verdict=judged.verdict,
        name=clean_name(cells[TABLES[batch.kind].named_by])[:60],
        cells=cells,
        changes=[[column, cells.get(column, ""), ""]] if column else judged.changes,
        fault_cell=f"{letter}{judged.line.number}" if letter else "",
        fault=judged.fault,
        alike=judged.line.alike,
        deputy=judged.deputy,
    )


def refuse_drift(rows: Sequence[RosterRow], judged: Sequence[Judged]) -> None:
    """What is written is what was shown: another import in between takes a new preview."""
    for row, now in zip(rows, judged, strict=True):
        if (row.verdict, row.changes) != (now.verdict, now.changes):
            raise Refused("预览之后名册又有变动，预览已经过时。请放弃这一次，重新上传同一个文件。")


KEPT = [field for field in RosterRow._meta.concrete_fields if not field.primary_key]


def _store(rows: Sequence[RosterRow]) -> None:
    """The rows are in the database, by COPY: a tenth of what their JSON costs in an INSERT."""
    columns = ", ".join(f'"{field.column}"' for field in KEPT)
    statement = f'COPY "{RosterRow._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            values = (getattr(row, field.attname) for field in KEPT)
            copy.write_row([Jsonb(v) if isinstance(v, dict | list) else v for v in values])


@transaction.atomic
def read_now(batch: RosterImport, sheet: Sheet) -> None:
    """Every row stands with its verdict, in this very transaction."""
    for piece in read_rows(batch, sheet):
        _store(piece)
        batch.rows_read += len(piece)
    batch.save(update_fields=["rows_read"])
    RosterFile.objects.filter(batch=batch).delete()


def read_waiting(batch: RosterImport) -> bool:
    """A waiting batch is read and waits for confirmation; False when another worker reads it.

    A session's lock is what claims it: it goes with a worker that dies.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('roster'), %s)", [batch.pk])
        if not cursor.fetchone()[0]:
            return False
        try:
            _read_in_pieces(batch)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('roster'), %s)", [batch.pk])
    return True


def _read_in_pieces(batch: RosterImport) -> None:
    file = RosterFile.objects.filter(batch=batch).first()
    batch.refresh_from_db()
    if file is None or batch.state != ImportState.WAITING:
        return
    batch.rows.all().delete()
    batch.rows_read, problem, layout = 0, "", None
    try:
        for piece in read_rows(batch, open_sheet(batch, bytes(file.content))):
            with transaction.atomic():
                _store(piece)
                batch.rows_read += len(piece)
                RosterImport.objects.filter(pk=batch.pk).update(rows_read=batch.rows_read)
    except Unmatched as unmatched:
        problem, layout = unmatched.reason, layout_as_json(unmatched.layout)
    except Refused as refusal:
        problem = refusal.reason
    _finish(batch, problem, layout)


def give_up(batch: RosterImport, problem: str) -> None:
    """A waiting batch that cannot be read is dropped and says why; its file goes."""
    _finish(batch, problem, None)


@transaction.atomic
def _finish(batch: RosterImport, problem: str, layout: dict[str, object] | None) -> None:
    batch = lock(batch)
    if batch.state != ImportState.WAITING:  # put aside meanwhile
        batch.rows.all().delete()
        return
    if layout:
        move(batch, ImportState.MATCHING, by=SYSTEM, layout=layout, problem=problem[:200])
        return
    RosterFile.objects.filter(batch=batch).delete()
    if problem:
        batch.rows.all().delete()
        move(batch, ImportState.DROPPED, by=SYSTEM, note=problem, problem=problem[:200])
        return
    move(batch, ImportState.PREVIEWED, by=SYSTEM, note=f"{batch.rows_read} 行")
