"""Excel 97 workbooks (.xls) for tests: records of BIFF8 in a compound file, by hand.

No package that the house needs writes them, and offices still send them.
"""

import struct
from collections.abc import Mapping, Sequence
from datetime import date

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
DATE = 1
"""The second format of the workbook shows a number as a day."""
ERRORS = {"#N/A": 0x2A, "#REF!": 0x17}


class Formula(str):
    """A cell whose formula last gave this text."""


def book(
    sheets: Mapping[str, Sequence[Sequence[object]]], *, date1904=False, locked=False, merged=()
) -> bytes:
    """The sheets as an .xls; `merged` are (first row, last row, first column, last column)."""
    names = b"".join(_bound(name, 0) for name in sheets)
    head = _begin(0x0005)
    if locked:
        head += _record(0x2F, struct.pack("<H", 1))
    head += _record(0x42, struct.pack("<H", 0x04B0)) + _record(0x22, struct.pack("<H", date1904))
    for kind in (0, 14):
        head += _record(0xE0, struct.pack("<HH16x", 0, kind))
    pages = [_sheet(rows, merged, date1904) for rows in sheets.values()]
    at, table = len(head) + len(names) + 4, b""
    for name, page in zip(sheets, pages, strict=True):
        table += _bound(name, at)
        at += len(page)
    return _compound(head + table + _record(0x0A) + b"".join(pages))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0x41, 6))


def _bound(name: str, at: int) -> bytes:
    return _record(0x85, struct.pack("<IHBB", at, 0, len(name), 1) + name.encode("utf-16-le"))


def _sheet(rows: Sequence[Sequence[object]], merged: Sequence[tuple], date1904: bool) -> bytes:
    width = max((len(row) for row in rows), default=0)
    out = [_begin(0x0010), _record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))]
    for number, row in enumerate(rows):
        out += [_cell(number, at, value, date1904) for at, value in enumerate(row) if value != ""]
    for each in merged:
        out.append(_record(0xE5, struct.pack("<HHHHH", 1, *each)))
    return b"".join(out) + _record(0x0A)


def _cell(row: int, column: int, value: object, date1904: bool) -> bytes:
    where = struct.pack("<HHH", row, column, 0)
    if isinstance(value, date):
        days = (value - date(1904, 1, 1) if date1904 else value - date(1899, 12, 30)).days
        return _record(0x203, struct.pack("<HHHd", row, column, DATE, days))
    if isinstance(value, int | float):
        return _record(0x203, where + struct.pack("<d", value))
    if isinstance(value, Formula):
        given = struct.pack("<6xHHIH", 0xFFFF, 0, 0, 3) + b"\x1e\x01\x00"
        return _record(0x06, where + given) + _record(0x207, _text(value))
    if value in ERRORS:
        return _record(0x205, where + bytes([ERRORS[str(value)], 1]))
    return _record(0x204, where + _text(str(value)))


def _text(words: str) -> bytes:
    written = words.encode("utf-16-le")
    return struct.pack("<HB", len(written) // 2, 1) + written


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream; short ones are filled up, so that no second table is due."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // SECTOR)
    tables = 1
    while tables * 128 < sectors + tables + 1:
        tables += 1
    assert tables <= 109, "the header names no more"
    chain = [*range(1, sectors), END, END, *[FAT] * tables]
    chain += [FREE] * (tables * 128 - len(chain))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, sectors, 0, 4096, END, 0, END, 0)
    places = [sectors + 1 + each for each in range(tables)]
    header += struct.pack("<109I", *places, *[FREE] * (109 - tables))
    root = _entry("Root Entry", 5, 1, END, 0)
    content = _entry("Workbook", 2, FREE, 0, len(stream))
    folder = (root + content).ljust(SECTOR, b"\0")
    return (
        header
        + stream.ljust(sectors * SECTOR, b"\0")
        + folder
        + struct.pack(f"<{len(chain)}I", *chain)
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, FREE, FREE, child)
    return (
        written.ljust(64, b"\0")
        + struct.pack("<H", len(written))
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
