"""A child process of its own: a workbook from stdin, its rows to stdout as lines of JSON.

Run by `deputies.files` as a bare script, so that a hostile workbook takes down a child with
little memory and little time, never the web process. Formulas are not evaluated: the value that
the spreadsheet program last stored in the cell is what counts.
"""

import io
import json
import resource
import sys
from datetime import date, datetime
from typing import Any

MEMORY = 900 * 2**20
SECONDS = 20
MOST_COLUMNS = 80
MOST_ROWS = 100_050
LOCKED, UNREADABLE = 3, 4


def plain(value: object) -> str | int | float:
    """A cell as text, or as a number when it was one: 1964.1 the number is not "1964.1"."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


def fill(rows: list[list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """The rows say in every row of a merged cell what it says in its first."""
    for (top, left), (bottom, _) in merged:
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = rows[top][left]


def main() -> int:
    """Print every sheet's name, then its rows, one JSON value a line; exit code: what was wrong."""
    import python_calamine  # noqa: PLC0415  # after the limits are set

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for name in book.sheet_names[:10]:
            sheet = book.get_sheet_by_name(name)
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
            fill(rows, sheet.merged_cell_ranges or [])
            sys.stdout.write(json.dumps(name) + "\n")
            for row in rows:
                sys.stdout.write(json.dumps([*map(plain, row[:MOST_COLUMNS])]) + "\n")
    except python_calamine.PasswordError:
        return LOCKED
    except (python_calamine.CalamineError, ValueError, OSError, MemoryError):
        return UNREADABLE
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
