"""导出: what a screen shows, as a sheet."""

import io
from collections.abc import Iterable

import xlsxwriter

from scoring.queries.board import BoardRow

HEAD = ("名次", "姓名", "代表小组", "基础分", "附加分", "总分")
WIDTHS = (8, 14, 28, 10, 10, 10, 14)


def board_xlsx(rows: Iterable[BoardRow], *, title: str, by: str = "") -> bytes:
    """积分排名 as a sheet, numbers as numbers and every name as text; `by` heads a category."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("积分排名")
        bold, points = book.add_format({"bold": True}), book.add_format({"num_format": "0.0"})
        sheet.write_string(0, 0, title, bold)
        sheet.write_row(1, 0, (*HEAD, f"{by}（排名依据）") if by else HEAD, bold)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows, start=2):
            sheet.write_number(number, 0, row.rank)
            sheet.write_string(number, 1, row.name)
            sheet.write_string(number, 2, row.group)
            figures = (row.base, row.bonus, row.total, *([row.part] if by else []))
            for column, value in enumerate(figures, start=3):
                sheet.write_number(number, column, float(value), points)
    return out.getvalue()
