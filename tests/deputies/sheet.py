"""Rosters for tests, written as a committee would: titles above, full-width spaces, small slips."""

import io
from datetime import date
from itertools import count

import xlsxwriter

from deputies import sheets
from deputies.actions import roster
from tests import make

HEADER = [*sheets.COLUMNS]
ELECTED_ON = date(2021, 12, 1)
TODAY = date(2026, 5, 12)
_serial = count(1)


def row(**cells: object) -> dict[str, object]:
    """A faultless row of a deputy of the county; name what should differ."""
    number = next(_serial)
    return {
        "序号": number,
        "姓名": "".join("零一二三四五六七八九"[int(d)] for d in f"1{number:04}"),
        "性别": "女",
        "民族": "汉族",
        "出生年月": "1968.05",
        "党派": "中共党员",
        "学历": "大专",
        "工作单位及职务": "柳河镇桃园村村民",
        "选区（选举单位）": "柳河镇第1选区",
        "代表团": "柳河代表团",
        "代表层级": "县",
        "代表证号": f"19{number:05}",
        "代表小组": "柳河镇第一代表小组",
        "联络站": "柳河镇第一代表联络站",
        "联系电话": f"1390000{number:04}",
        "备注": "",
    } | cells


def book(rows, *, header=HEADER, titles=2) -> bytes:
    """The rows as an .xlsx, below two title rows and the header: the first row is line 4."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("名册")
        for line in range(titles):
            sheet.write_string(line, 0, "竹山县人大代表名册")
        for column, title in enumerate(header):
            sheet.write(titles, column, title)
            for line, cells in enumerate(rows, start=titles + 1):
                sheet.write(line, column, cells.get(title, ""))
    return out.getvalue()


def text(rows, *, header=HEADER, encoding="utf-8-sig") -> bytes:
    lines = [",".join(header)] + [",".join(str(r.get(t, "")) for t in header) for r in rows]
    return "\r\n".join(lines).encode(encoding)


def upload(rows, *, by=None, elected_on=ELECTED_ON, **layout):
    """The rows uploaded by the real verb."""
    content = book(rows, **layout)
    return roster.upload(
        content, file_name="名册.xlsx", elected_on=elected_on, by=by or make.actor()
    )


def apply(rows, *, by=None, today=TODAY):
    """The rows uploaded and taken in, as far as `deputies` goes."""
    clerk = by or make.actor()
    return roster.apply(upload(rows, by=clerk), by=clerk, today=today)


def verdicts(batch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def faults(batch) -> list[tuple[str, str]]:
    rows = batch.rows.filter(verdict="error").order_by("number")
    return list(rows.values_list("fault_cell", "fault"))
