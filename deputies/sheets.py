"""名册文件: an uploaded sheet as text under known column names. No database here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from congress.shared.errors import Refused
from deputies import files
from deputies.files import MOST_BYTES, Value
from deputies.headers import (
    COLUMNS,
    HEADER_WITHIN,
    REQUIRED,
    ROSTER,
    Layout,
    Names,
    Table,
    Unmatched,
    headers,
    known,
    layout,
    letter,
    tidy,
)

__all__ = ["COLUMNS", "MOST_BYTES", "REQUIRED", "Line", "Sheet", "Value", "read", "tidy"]
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Line:
    """One row under the header: its number as the spreadsheet shows it, its cells by column."""

    number: int
    cells: Mapping[str, Value]
    alike: str = ""
    """What a person said, when the row looks like somebody known: `SameOrNot`."""

    @cached_property
    def words(self) -> dict[str, str]:
        """The row's cells as text, for checking, keeping and showing."""
        return {column: tidy(value) for column, value in self.cells.items()}


@dataclass(frozen=True)
class Sheet:
    """The sheet that holds a roster: where its header stands, the letter of each column."""

    name: str
    header_row: int
    letters: Mapping[str, str]
    lines: Iterator[Line]


def read(
    content: bytes,
    file_name: str,
    *,
    names: Names | None = None,
    waived: Collection[str] = (),
    table: Table = ROSTER,
) -> Sheet:
    """The table in the file, its lines to be gone through once; `Refused` says why there is none.

    The columns stand in any order and under many names, below titles, in one header row or two.
    `names` says what strange headers stand for, `waived` which columns the sheet lacks on purpose.
    `Unmatched` carries the layout of a sheet whose header is there and not yet understood.
    """
    needed = set(table.required) - set(waived)
    nearest: Layout | None = None
    empty = True
    for name, rows in files.grids(content, file_name):
        stream = iter(rows)
        top = list(islice(stream, HEADER_WITHIN))
        empty = empty and not any(any(map(tidy, row)) for row in top)
        for at, row, depth in headers(top):
            titles = [known(cell, names or {}, table) for cell in row]
            if needed <= set(titles) and len(table.columns.keys() & set(titles)) > 1:
                rows_below = chain(top[at + depth :], stream)
                return _sheet(name, at, depth, titles, rows_below, table)
        found = layout(name, top, names or {}, table)
        if found and (nearest is None or len(found.missing) < len(nearest.missing)):
            nearest = found
    if empty:
        raise Refused("表格里没有内容，请重新选择。")
    if nearest is None:
        wanted = "".join(f"“{title}”" for title in table.required[:4])
        raise Refused(f"没有找到表头。表头那一行要有{wanted}等列名。")
    raise Unmatched(nearest)


def _sheet(
    name: str,
    at: int,
    depth: int,
    titles: Sequence[str],
    rows: Iterable[Sequence[Value]],
    table: Table,
) -> Sheet:
    places = {title: index for index, title in reversed(list(enumerate(titles))) if title}
    letters = {title: letter(index) for title, index in places.items()}
    return Sheet(name, at + depth, letters, _lines(rows, at + depth + 1, places, table))


def _lines(
    rows: Iterable[Sequence[Value]], first: int, places: Mapping[str, int], table: Table
) -> Iterator[Line]:
    """The rows that say something, blank lines and footers left out."""
    count = 0
    in_order = sorted(places.items(), key=_second)
    for number, row in enumerate(rows, start=first):
        line = Line(number, {title: row[at] if at < len(row) else "" for title, at in in_order})
        filled = {title for title, word in line.words.items() if word}
        if len(filled) >= table.least or filled.issuperset(table.required):  # else a footer
            count += 1
            if count > MOST_ROWS:
                raise Refused(f"表格超过 {MOST_ROWS} 行，请分成几个文件上传。")
            yield line
    if not count:
        raise Refused("表头下面没有内容，请检查是不是选错了文件。")


def _second(pair: tuple[str, int]) -> int:
    return pair[1]
