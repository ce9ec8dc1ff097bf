"""预览的行: what a row says, why its verdict is what it is, and what mends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from congress.shared import names
from congress.shared.models import Area
from deputies import mends
from deputies.entries import township_of
from deputies.headers import COLUMNS, TABLES
from deputies.mends import Mend
from deputies.models import RosterImport, RosterRow
from deputies.queries.verdicts import ALIKE
from deputies.states import ImportState, SheetKind, Verdict

COLOURS = {Verdict.ERROR: "red", Verdict.NEW: "green", Verdict.CHANGED: "blue", Verdict.SAME: ""}
STATED = ("性别", "民族", "出生年月", "工作单位及职务", "代表层级", "选区（选举单位）", "代表小组")
TABLE_BASIS: Mapping[tuple[str, str], str] = {
    (SheetKind.GROUPS, Verdict.NEW): "新建小组，里面还没有人",
    (SheetKind.GROUPS, Verdict.CHANGED): "原召集人到导入当天为止",
    (SheetKind.LIAISONS, Verdict.NEW): "从导入当天开始联系",
    (SheetKind.LIAISONS, Verdict.CHANGED): "原来的联系到导入当天为止",
}


def masked(phone: str) -> str:
    """A telephone as lists show it: 139****2071."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else "*" * len(phone)


def faulty(batch: RosterImport) -> tuple[list[str], list[list[str]]]:
    """错误行 in the sheet's own columns and words, with 错误原因 as the last one."""
    columns = [*batch.layout.get("columns", COLUMNS)]
    rows = batch.rows.filter(verdict=Verdict.ERROR).order_by("number")
    lines = []
    for row in rows.iterator(chunk_size=2000):
        cells = row.cells | row.sent
        said = [cells.get(name, "") for name in columns]
        lines.append([*said, f"{row.fault_cell} {row.fault}"])
    return [*columns, "错误原因"], lines


@dataclass(frozen=True)
class Shown:
    """One row in words, its telephones masked."""

    number: int
    verdict: str
    colour: str
    name: str
    of: str
    cell: str
    changes: list[list[str]]
    fault: str
    stated: str
    basis: str
    mends: list[Mend]
    """Proposals, when the row is wrong and nothing is written yet."""
    column: str
    value: str
    ask: bool
    """Whether somebody has to say if this is a person we know."""
    mended: bool


def shown(batch: RosterImport, rows: Iterable[RosterRow]) -> list[Shown]:
    """The rows as the preview shows them, in one query besides their own."""
    townships = list(Area.objects.townships(batch.county).values_list("name", flat=True))
    return [_shown(batch, row, townships) for row in rows]


def _mends(batch: RosterImport, row: RosterRow, column: str, towns: list[str]) -> list[Mend]:
    if not row.fault or batch.state != ImportState.PREVIEWED or batch.kind != SheetKind.ROSTER:
        return []
    columns = batch.layout.get("columns", [])
    day = batch.elected_on
    return mends.proposals(row.cells, column, columns=columns, townships=towns, elected_on=day)


def _shown(batch: RosterImport, row: RosterRow, townships: list[str]) -> Shown:
    column = row.changes[0][0] if row.fault and row.changes else ""
    verdict = Verdict(row.verdict)
    cells = row.cells
    return Shown(
        number=row.number,
        verdict=verdict.label,
        colour=COLOURS[verdict],
        name=names.display_name(row.name) or "（没有姓名）",
        of=cells.get("代表团") or township_of(cells.get("代表小组", "")),
        cell=row.fault_cell,
        changes=[[c, *(_said(c, text) for text in texts)] for c, *texts in row.changes]
        if not row.fault
        else row.changes,
        fault=row.fault,
        stated=" · ".join(cells[c] for c in _stated(batch) if cells.get(c)) or _purged(batch, row),
        basis=_basis(row, verdict),
        mends=_mends(batch, row, column, townships),
        column=column,
        value=cells.get(column, ""),
        ask=bool(row.fault) and ALIKE in row.fault,
        mended=bool(row.sent or row.alike),
    )


def _stated(batch: RosterImport) -> tuple[str, ...]:
    if batch.kind == SheetKind.ROSTER:
        return STATED
    return tuple(column for column in TABLES[batch.kind].columns if column != "序号")


def _purged(batch: RosterImport, row: RosterRow) -> str:
    """What `keeping.purge_rows` leaves says nothing any more."""
    gone = batch.state == ImportState.APPLIED and not row.cells.keys() - {"联络站"}
    return "表里的内容已到期删除" if gone else ""


def _said(column: str, text: str) -> str:
    if column == "联系电话" and text:
        return masked(text)
    return text or "（空）"


def _basis(row: RosterRow, verdict: Verdict) -> str:
    """Why this verdict, or what to do about it."""
    if verdict == Verdict.ERROR:
        waiting = row.batch.state == ImportState.PREVIEWED
        return "这一行不导入，除非在这里改好" if waiting else "这一行没有导入"
    if row.batch.kind != SheetKind.ROSTER:
        note: str = row.cells.get("备注", "")
        return TABLE_BASIS.get((row.batch.kind, verdict), note)
    if verdict == Verdict.NEW:
        known = row.deputy is not None and row.batch.applied_at is None
        return "库里已有此人，增加一个代表资格" if known else row.cells.get("备注", "")
    columns = [change[0] for change in row.changes]
    if "姓名" in columns:
        return "证号相同，请看是不是同一人"
    if "代表小组" in columns:
        return "原小组到导入当天为止"
    if "联络站" in columns:
        return "原联络站到导入当天为止"
    return "证号相同" if verdict == Verdict.CHANGED and "代表证号" not in columns else ""
