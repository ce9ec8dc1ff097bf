"""名册导入的预览: counts, the rows of one tab with their words, what applying would do."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Case, Count, QuerySet, Value, When

from congress.shared.models import Area, Term
from deputies.entries import township_of
from deputies.headers import TABLES
from deputies.models import Deputy, DeputyGroup, District, RosterImport, RosterRow
from deputies.states import ImportState, SheetKind, Verdict

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
NOUNS: Mapping[str, str] = {SheetKind.GROUPS: "个小组", SheetKind.LIAISONS: "行安排"}
TOUCHED = (
    ("groups", "新建的小组，没有人用的去掉"),
    ("convenors", "指定的召集人，换回原来的"),
    ("posts", "登记的职务，结束"),
    ("liaisons", "安排的联系，结束"),
    ("ended", "换下的联系，恢复原来的联系人"),
)
"""What `deputies.actions.tables` notes, in words."""
NAMED = 3
"""How many new places are named before it says 等."""
SUSPICIOUS = 20
"""Per cent of all rows with one and the same column changed: perhaps a column slipped."""


def first_day(county: Area, today: date) -> date | None:
    """换届日期 of the county's present term: what the upload form proposes."""
    sitting = Term.objects.filter(from_on__lte=today)
    terms = sitting.filter(assembly__area=county, assembly__level__code="county")
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
    absent: int | None
    """People whom a roster does not name; other tables name only what they change."""
    noun: str
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
        if self.absent is None:
            new, changed = self.counts[Verdict.NEW], self.counts[Verdict.CHANGED]
            parts = [f"新增 {new} {self.noun}"] if new else []
            return "、".join([*parts, f"变更 {changed} {self.noun}"] if changed else parts)
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
    changed = rows.filter(verdict=Verdict.CHANGED)
    fields = _changed_fields(batch)
    column, most = fields.most_common(1)[0] if fields else ("", 0)
    new = rows.filter(verdict=Verdict.NEW)
    unknown = new.filter(deputy=None) if batch.applied_at is None else new
    last = rows.order_by("-number").first()
    columns = set(TABLES[batch.kind].columns)
    return Summary(
        counts=counts,
        total=sum(counts.values()),
        last_row=last.number if last else 0,
        new_people=_known(new) if batch.state == ImportState.APPLIED else _people(unknown),
        new_seats=counts[Verdict.NEW],
        changed_people=_known(changed),
        fields=fields.total(),
        absent=absent(batch, today).count() if batch.kind == SheetKind.ROSTER else None,
        noun=NOUNS.get(batch.kind, "人"),
        most_changed=column,
        most_changed_count=most,
        places=_new_places(batch) if batch.kind == SheetKind.ROSTER else "",
        unused="、".join(sorted(set(last.cells) - columns)) if last else "",
    )


def _people(rows: QuerySet[RosterRow]) -> int:
    """How many people these rows are about: a second seat is not a second person."""
    keys = rows.order_by().values("name", "cells__出生年月", "cells__联系电话")
    return keys.distinct().count()


def _known(rows: QuerySet[RosterRow]) -> int:
    """How many deputies these rows are about."""
    return rows.exclude(deputy=None).order_by().values("deputy").distinct().count()


def _changed_fields(batch: RosterImport) -> Counter[str]:
    """How many rows change each column, counted by the database: of long sheets too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT change ->> 0, count(*)"
            " FROM deputies_rosterrow, jsonb_array_elements(changes) AS change"
            " WHERE batch_id = %s AND verdict = %s GROUP BY 1",
            [batch.pk, Verdict.CHANGED],
        )
        return Counter(dict(cursor.fetchall()))


def _new_places(batch: RosterImport) -> str:
    """Townships, groups and districts that applying would make, by name: a misspelt one shows."""
    rows = batch.rows.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED)).order_by()
    named = set(rows.values_list("cells__代表小组", flat=True).distinct()) - {None, ""}
    said = set(rows.values_list("cells__选区（选举单位）", flat=True).distinct()) - {None, ""}
    districts = said - set(District.objects.filter(name__in=said).values_list("name", flat=True))
    areas = set(Area.objects.townships(batch.county).values_list("name", flat=True))
    groups = set(
        DeputyGroup.objects.filter(area__parent=batch.county).values_list("name", flat=True)
    )
    townships = {township_of(name) for name in named} - areas
    fresh = ((townships, "个乡镇"), (named - groups, "个代表小组"), (districts, "个选区"))
    return "、".join(f"{len(names)} {noun}（{_some(names)}）" for names, noun in fresh if names)


def _some(names: set[str]) -> str:
    more = "等" if len(names) > NAMED else ""
    return "、".join(sorted(names)[:NAMED]) + more


def tabs(seen: Summary) -> list[tuple[str, str, int]]:
    """Each tab with its code, its name and its number of rows; the absent come last."""
    numbers = {**seen.counts, "all": seen.total, "look": seen.total - seen.counts[Verdict.SAME]}
    found = [(code, name, numbers[code]) for code, name in TABS]
    return found if seen.absent is None else [*found, (ABSENT, "表里没有的人", seen.absent)]


def touched_by_table(batch: RosterImport) -> list[tuple[str, int]]:
    """What taking a table of groups or contacts back will touch, in words and numbers."""
    found = [(words, len(batch.made.get(name, []))) for name, words in TOUCHED]
    return [(words, count) for words, count in found if count]


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
