"""A child process of its own: reads a workbook from stdin, writes its cells as JSON to stdout.

Run by `deputies.sheets` as a bare script, so that a hostile workbook takes down a child with
little memory and little time, never the web process. Formulas are not evaluated: the value that
the spreadsheet program last stored in the cell is what counts.
"""

import io
import json
import resource
import sys
from datetime import date, datetime

MEMORY = 900 * 2**20
SECONDS = 20
MOST_COLUMNS = 80
MOST_ROWS = 20_050
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


def main() -> int:
    """Print every sheet with its rows; the exit code says what was wrong."""
    import python_calamine  # noqa: PLC0415  # after the limits are set

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheets = []
        for name in book.sheet_names[:10]:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
            sheets.append(
                {"name": name, "rows": [[*map(plain, row[:MOST_COLUMNS])] for row in rows]}
            )
    except python_calamine.PasswordError:
        return LOCKED
    except (python_calamine.CalamineError, ValueError, OSError):
        return UNREADABLE
    sys.stdout.write(json.dumps({"sheets": sheets}, ensure_ascii=True))
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main())
