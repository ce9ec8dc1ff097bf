"""Tables as spreadsheet files: every sheet with one header; text is never computed."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60


def workbook(
    sheet: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = ""
) -> bytes:
    """An .xlsx with the rows under the header, and the title in a row above when there is one.

    Every cell is written as text, so what looks like a formula is never computed.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        bold = book.add_format({"bold": True, "bottom": 1})
        top = 1 if title else 0
        if title:
            page.write_string(0, 0, title, book.add_format({"bold": True}))
        for column, name in enumerate(head):
            page.write_string(top, column, name, bold)
        widest = [len(name) for name in head]
        for number, row in enumerate(rows, start=top + 1):
            for column, cell in enumerate(row):
                text = str(cell)
                page.write_string(number, column, text)
                widest[column] = max(widest[column], len(text))
        for column, width in enumerate(widest):
            page.set_column(column, column, min(WIDEST, 2 * width + 2))
        page.freeze_panes(top + 1, 0)
    return file.getvalue()


class Sheet(NamedTuple):
    """One table of several."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[object]]


def workbook_of(sheets: Iterable[Sheet], *, title: str) -> bytes:
    """An .xlsx with a sheet for each table, the title above each; figures stay figures."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        tenths = book.add_format({"num_format": "0.0"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.write_string(0, 0, title, book.add_format({"bold": True}))
            widest = [len(name) for name in sheet.head]
            for column, name in enumerate(sheet.head):
                page.write_string(1, column, name, bold)
            for number, row in enumerate(sheet.rows, start=2):
                for column, cell in enumerate(row):
                    if isinstance(cell, Decimal):
                        page.write_number(number, column, float(cell), tenths)
                    elif isinstance(cell, int):
                        page.write_number(number, column, cell)
                    else:
                        page.write_string(number, column, str(cell))
                    widest[column] = max(widest[column], len(str(cell)))
            for column, width in enumerate(widest):
                page.set_column(column, column, min(WIDEST, 2 * width + 2))
            page.freeze_panes(2, 0)
    return file.getvalue()
