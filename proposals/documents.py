"""What leaves the system as a file."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter


def workbook(sheet: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as .xlsx. Every cell is text: what looks like a formula is never computed."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, name in enumerate(head):
        page.write_string(0, column, name, bold)
    widest = [len(name) for name in head]
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            page.write_string(number, column, str(cell))
            widest[column] = max(widest[column], len(str(cell)))
    for column, width in enumerate(widest):
        page.set_column(column, column, min(60, 2 * width + 2))
    page.freeze_panes(1, 0)
    book.close()
    return file.getvalue()
