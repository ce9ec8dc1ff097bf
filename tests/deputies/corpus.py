"""Rosters as committees send them: one county's three deputies, written in many ways.

Every variation says the same three people; `SHEETS` names each and makes its file.
"""

import csv
import io
from collections.abc import Callable
from datetime import date

import xlsxwriter

from tests.deputies import xls

TITLES = (
    *("姓名", "性别", "民族", "出生年月", "党派", "学历", "工作单位及职务"),
    *("选区（选举单位）", "代表层级", "代表证号", "代表小组", "联系电话"),
)
OTHERS = (
    *("代表姓名", "性 别", "族别", "出生日期", "政治面貌", "文化程度", "单位职务"),
    *("选举单位", "级别", "证 号", "所在小组", "手机号码"),
)
PEOPLE = (
    ("王大川", "男", "汉族", "1968.05", "中共党员", "大专", "柳河镇桃园村村民"),
    ("覃小满", "女", "土家族", "1975.12", "群众", "本科", "柳河镇小学教师"),
    ("阿依古丽·买买提", "女", "维吾尔族", "1980.01", "民盟盟员", "研究生", "柳河镇卫生院医师"),
)
SEATS = (
    ("柳河镇第1选区", "县", "Z0001", "柳河镇第一代表小组", "13900000001"),
    ("柳河镇第2选区", "县", "Z0002", "柳河镇第一代表小组", "13900000002"),
    ("柳河镇第3选区", "县", "Z0003", "柳河镇第二代表小组", "13900000003"),
)
ROWS = [[*person, *seat] for person, seat in zip(PEOPLE, SEATS, strict=True)]
MONTH, PHONE, GROUP = TITLES.index("出生年月"), TITLES.index("联系电话"), TITLES.index("代表小组")


def put(column: int, *values: object) -> list[list[object]]:
    """The three rows with other values in one column."""
    return [
        [*row[:column], value, *row[column + 1 :]] for row, value in zip(ROWS, values, strict=True)
    ]


def book(rows, *, head=TITLES, above=(), below=(), change=None, **options) -> bytes:
    """An .xlsx: lines above, the header, the rows, lines below; `change` works on the sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as workbook:
        page = workbook.add_worksheet("名册")
        day = workbook.add_format({"num_format": "yyyy-mm"})
        for line, row in enumerate([*above, head, *rows, *below]):
            for at, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(line, at, value, day)
                elif isinstance(value, str):
                    page.write_string(line, at, value) if value else None
                else:
                    page.write(line, at, value)
        if change:
            change(workbook, page)
    return out.getvalue()


def text(rows=ROWS, *, encoding="utf-8", mark=",", quote=csv.QUOTE_MINIMAL) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, quoting=quote).writerows([TITLES, *rows])
    return out.getvalue().encode(encoding)


def months(*written: object) -> Callable[[], bytes]:
    return lambda: book(put(MONTH, *written))


def wide(word: str) -> str:
    """Figures as an input method writes them."""
    return word.translate({ord("0") + n: ord("０") + n for n in range(10)})


def spaced() -> bytes:
    rows = [[f" {cell}\u3000" for cell in row] for row in ROWS]
    for row, name in zip(rows, ("王 大川", "覃\u3000小满", "阿依古丽 • 买买提"), strict=True):
        row[0] = name
    return book(rows)


def two_rows() -> bytes:
    """联系方式 and its like: a header of two rows, the upper cells merged."""
    upper = [*TITLES[:9], "证件和编组", "", ""]

    def merge(workbook, page) -> None:
        for at in range(9):
            page.merge_range(1, at, 2, at, TITLES[at])
        page.merge_range(1, 9, 1, 11, "证件和编组")

    lower = ["" for _ in range(9)] + [*TITLES[9:]]
    return book([lower, *ROWS], head=upper, above=[["竹山县人大代表名册"]], change=merge)


def merged_groups() -> bytes:
    def merge(workbook, page) -> None:
        page.merge_range(1, GROUP, 2, GROUP, "柳河镇第一代表小组")

    return book(put(GROUP, "柳河镇第一代表小组", "", "柳河镇第二代表小组"), change=merge)


def hidden() -> bytes:
    def hide(workbook, page) -> None:
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(4, 5, None, None, {"hidden": True})

    return book(ROWS, change=hide)


def covers() -> bytes:
    def add(workbook, page) -> None:
        for name in ("填表说明", "汇总"):
            workbook.add_worksheet(name).write_row(0, 0, ["姓名", "性别", "人数"])

    return book(ROWS, change=add)


def formulas() -> bytes:
    def compute(workbook, page) -> None:
        page.write_formula(1, 0, '=B9&"大川"', None, "王大川")
        page.write_formula(2, PHONE, "=13900000001+1", None, 13900000002)

    return book(ROWS, change=compute)


def footers() -> bytes:
    below = [["合计", 3], [], ["填表人：某某", "", "审核人：某某"], ["注：本表一式两份"]]
    return book(ROWS, below=below)


def reordered() -> bytes:
    order = [9, 0, 11, 3, 1, 2, 10, 8, 7, 6, 5, 4]
    return book([[row[at] for at in order] for row in ROWS], head=[TITLES[at] for at in order])


def more_columns() -> bytes:
    rows = [[n, *row, "", "无", 57, f"{n}号"] for n, row in enumerate(ROWS, 1)]
    return book(rows, head=["序号", *TITLES, "", "备注", "年龄", "座位"])


SHEETS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "plain": (".xlsx", lambda: book(ROWS)),
    "other names of columns": (".xlsx", lambda: book(ROWS, head=OTHERS)),
    "names with marks": (".xlsx", lambda: book(ROWS, head=[f" {t}：*" for t in TITLES])),
    "broken header cells": (".xlsx", lambda: book(ROWS, head=["\n".join(t) for t in TITLES])),
    "titles above": (".xlsx", lambda: book(ROWS, above=[["名册"], ["2026年5月"], []])),
    "header of two rows": (".xlsx", two_rows),
    "footers below": (".xlsx", footers),
    "numbers and more columns": (".xlsx", more_columns),
    "columns in any order": (".xlsx", reordered),
    "spaces everywhere": (".xlsx", spaced),
    "wide figures": (".xlsx", lambda: book([[wide(cell) for cell in row] for row in ROWS])),
    "months in words": (".xlsx", months("1968年5月", "1975年12月", "1980年01月")),
    "months with a day": (".xlsx", months("1968年5月12日", "1975-12-01", "1980/1/30")),
    "months with dots": (".xlsx", months("1968.5", "1975.12", "1980.1.3")),
    "months run together": (".xlsx", months("196805", 197512, "19800103")),
    "months with spaces": (".xlsx", months("1968 年 5 月", " 1975 . 12", "1980- 01")),
    "months as numbers": (".xlsx", months(1968.05, 1975.12, 1980.01)),
    "months as days": (".xlsx", months(date(1968, 5, 1), date(1975, 12, 9), date(1980, 1, 1))),
    "days since 1904": (
        ".xlsx",
        lambda: book(
            put(MONTH, date(1968, 5, 1), date(1975, 12, 9), date(1980, 1, 1)), date_1904=True
        ),
    ),
    "telephones as numbers": (
        ".xlsx",
        lambda: book(put(PHONE, 13900000001, 1.3900000002e10, "139 0000 0003")),
    ),
    "telephones with marks": (
        ".xlsx",
        lambda: book(put(PHONE, "+8613900000001", "139-0000-0002", "'13900000003")),
    ),
    "merged groups": (".xlsx", merged_groups),
    "hidden rows and columns": (".xlsx", hidden),
    "several sheets": (".xlsx", covers),
    "formulas": (".xlsx", formulas),
    "blank rows between": (".xlsx", lambda: book([ROWS[0], [], ROWS[1], [""], ROWS[2]])),
    "utf-8": (".csv", text),
    "utf-8 with a mark": (".csv", lambda: text(encoding="utf-8-sig")),
    "gb18030": (".csv", lambda: text(encoding="gb18030")),
    "utf-16": (".csv", lambda: text(encoding="utf-16", mark="\t")),
    "tabs": (".csv", lambda: text(mark="\t")),
    "semicolons": (".csv", lambda: text(mark=";")),
    "all quoted": (".csv", lambda: text(quote=csv.QUOTE_ALL)),
    "excel 97": (".xls", lambda: xls.book({"说明": [["填表说明"]], "名册": [TITLES, *ROWS]})),
    "excel 97 with days": (
        ".xls",
        lambda: xls.book(
            {"名册": [TITLES, *put(MONTH, date(1968, 5, 1), date(1975, 12, 1), date(1980, 1, 2))]},
            date1904=True,
        ),
    ),
    "excel 97 merged, with formulas": (
        ".xls",
        lambda: xls.book(
            {"名册": [TITLES, *put(GROUP, xls.Formula(SEATS[0][3]), "", SEATS[2][3])]},
            merged=[(1, 2, GROUP, GROUP)],
        ),
    ),
    "the wrong ending": (".xls", lambda: book(ROWS)),
    "text named .xlsx": (".xlsx", lambda: text(encoding="gb18030")),
}
