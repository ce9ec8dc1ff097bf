"""名册导入的预览: counts, the rows of one tab with their words, what applying would do."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, QuerySet, Value, When

from congress.shared import names
from congress.shared.models import Area, Term
from deputies import mends
from deputies.entries import township_of
from deputies.mends import Mend
from deputies.models import Deputy, DeputyGroup, RosterImport, RosterRow
from deputies.queries.verdicts import ALIKE
from deputies.sheets import COLUMNS
from deputies.states import ImportState, Verdict

TABS = (
    ("look", "要看的"),
    (Verdict.ERROR, "错误"),
    (Verdict.NEW, "新增"),
    (Verdict.CHANGED, "变更"),
    (Verdict.SAME, "相同"),
    ("all", "全部"),
)
ABSENT = "absent"
"""The tab of people whom the sheet does not name: they stay."""
ORDER = Case(
    *(
        When(verdict=verdict, then=Value(place))
        for place, verdict in enumerate((Verdict.ERROR, Verdict.NEW, Verdict.CHANGED))
    ),
    default=Value(3),
)
COLOURS = {Verdict.ERROR: "red", Verdict.NEW: "green", Verdict.CHANGED: "blue", Verdict.SAME: ""}
STATED = ("性别", "民族", "出生年月", "工作单位及职务", "代表层级", "选区（选举单位）", "代表小组")
SUSPICIOUS = 20
"""Per cent of all rows with one and the same column changed: perhaps a column slipped."""


def masked(phone: str) -> str:
    """A telephone as lists show it: 139****2071."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else "*" * len(phone)


def first_day(county: Area) -> date | None:
    """换届日期 of the county's present term: what the upload form proposes."""
    terms = Term.objects.filter(assembly__area=county, assembly__level__code="county")
    return terms.order_by("-number").values_list("from_on", flat=True).first()


def last_day(today: date) -> date:
    """The latest day seats may begin: today, or the first day of a term that is to come."""
    coming = Term.objects.filter(from_on__gt=today).order_by("-from_on")
    return coming.values_list("from_on", flat=True).first() or today


@dataclass(frozen=True)
class Summary:
    """What stands above the rows, and what the button will say."""

    counts: Mapping[str, int]
    total: int
    last_row: int
    new_people: int
    new_seats: int
    changed_people: int
    fields: int
    absent: int
    most_changed: str
    most_changed_count: int
    places: str
    unused: str

    @property
    def errors(self) -> int:
        return self.counts[Verdict.ERROR]

    @property
    def to_write(self) -> bool:
        return bool(self.counts[Verdict.NEW] or self.counts[Verdict.CHANGED])

    @property
    def slipped(self) -> bool:
        return self.most_changed_count * 100 > SUSPICIOUS * self.total

    @property
    def share(self) -> str:
        return f"{self.most_changed_count * 100 / self.total:.1f}%"

    @property
    def act(self) -> str:
        """新增 6 人、更新 23 人: the button says what it will do."""
        parts = []
        if self.new_people:
            parts.append(f"新增 {self.new_people} 人")
        elif self.new_seats:
            parts.append(f"新增 {self.new_seats} 个代表资格")
        if self.changed_people:
            parts.append(f"更新 {self.changed_people} 人")
        return "、".join(parts)


def verdict_counts(batch: RosterImport) -> dict[str, int]:
    """How many rows got which verdict; every verdict is named."""
    found = dict(batch.rows.order_by().values_list("verdict").annotate(Count("pk")))
    return {str(verdict): found.get(verdict, 0) for verdict in Verdict}


def summary(batch: RosterImport, today: date) -> Summary:
    """The batch in numbers; the number of queries does not depend on its rows."""
    rows = batch.rows.all()
    counts = verdict_counts(batch)
    changed = rows.filter(verdict=Verdict.CHANGED).values_list("deputy_id", "changes")
    fields = Counter(change[0] for _, changes in changed for change in changes)
    column, most = fields.most_common(1)[0] if fields else ("", 0)
    new = rows.filter(verdict=Verdict.NEW)
    unknown = new.filter(deputy=None) if batch.applied_at is None else new
    last = rows.order_by("-number").first()
    return Summary(
        counts=counts,
        total=sum(counts.values()),
        last_row=last.number if last else 0,
        new_people=_people(unknown),
        new_seats=counts[Verdict.NEW],
        changed_people=len({pk for pk, _ in changed}),
        fields=fields.total(),
        absent=absent(batch, today).count(),
        most_changed=column,
        most_changed_count=most,
        places=_new_places(batch),
        unused="、".join(sorted(set(last.cells) - set(COLUMNS))) if last else "",
    )


def _people(rows: QuerySet[RosterRow]) -> int:
    """How many people these rows are about: a second seat is not a second person."""
    keys = rows.values_list("name", "cells__出生年月", "cells__联系电话")
    return len(set(keys))


def _new_places(batch: RosterImport) -> str:
    """Townships and groups that applying would make, in words: a misspelt one shows here."""
    rows = batch.rows.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED))
    named = set(rows.values_list("cells__代表小组", flat=True))
    areas = set(Area.objects.townships(batch.county).values_list("name", flat=True))
    groups = set(
        DeputyGroup.objects.filter(area__parent=batch.county).values_list("name", flat=True)
    )
    townships = {township_of(name) for name in named} - areas
    fresh = [(len(townships), "个乡镇"), (len(named - groups), "个代表小组")]
    return "、".join(f"{count} {noun}" for count, noun in fresh if count)


def tabs(seen: Summary) -> list[tuple[str, str, int]]:
    """Each tab with its code, its name and its number of rows; the absent come last."""
    numbers = {**seen.counts, "all": seen.total, "look": seen.total - seen.counts[Verdict.SAME]}
    return [(code, name, numbers[code]) for code, name in TABS] + [
        (ABSENT, "表里没有的人", seen.absent)
    ]


def absent(batch: RosterImport, today: date) -> QuerySet[Deputy]:
    """库里有、表里没有: sitting deputies whom no row names, by 姓氏笔画."""
    named = batch.rows.exclude(deputy=None).values("deputy")
    unread = batch.rows.filter(verdict=Verdict.ERROR).values("name")
    seated = Deputy.objects.sitting(today).grouped(
        today, membership__group__area__parent=batch.county
    )
    others = seated.exclude(pk__in=named).exclude(name__in=unread)
    return others.in_name_order()


def of_tab(batch: RosterImport, tab: str) -> QuerySet[RosterRow]:
    """The tab's rows, errors first."""
    rows = batch.rows.select_related("deputy")
    if tab == "look":
        rows = rows.exclude(verdict=Verdict.SAME)
    elif tab != "all":
        rows = rows.filter(verdict=tab)
    return rows.order_by(ORDER, "number")


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
    if not row.fault or batch.state != ImportState.PREVIEWED:
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
        stated=" · ".join(cells[c] for c in STATED if cells.get(c)),
        basis=_basis(row, verdict),
        mends=_mends(batch, row, column, townships),
        column=column,
        value=cells.get(column, ""),
        ask=bool(row.fault) and ALIKE in row.fault,
        mended=bool(row.sent or row.alike),
    )


def _said(column: str, text: str) -> str:
    if column == "联系电话" and text:
        return masked(text)
    return text or "（空）"


def _basis(row: RosterRow, verdict: Verdict) -> str:
    """Why this verdict, or what to do about it."""
    if verdict == Verdict.ERROR:
        return "这一行不导入，除非在这里改好"
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
