"""名册文件: an uploaded sheet as text under known column names. No database here."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, zip_longest

from congress.shared.errors import Refused
from deputies import files
from deputies.files import MOST_BYTES, Value

__all__ = ["COLUMNS", "MOST_BYTES", "REQUIRED", "Line", "Sheet", "Value", "read", "tidy"]

MOST_ROWS = 100_000
HEADER_WITHIN = 20
"""Title rows stand above the header; further down there is none."""

COLUMNS: Mapping[str, Sequence[str]] = {
    "序号": ("编号", "排序"),
    "姓名": ("代表姓名", "名字"),
    "性别": (),
    "民族": ("族别",),
    "出生年月": ("出生日期", "出生时间", "出生年月日"),
    "党派": ("政治面貌", "党派政治面貌", "所属党派"),
    "学历": ("文化程度", "最高学历", "学历学位"),
    "工作单位及职务": (
        "单位及职务",
        "工作单位和职务",
        "单位职务",
        "工作单位职务",
        "工作单位",
        "职务",
        "职业",
    ),
    "选区（选举单位）": ("选区", "选举单位", "选区或选举单位", "所在选区", "当选选区"),
    "代表团": ("所在代表团", "所属代表团"),
    "代表层级": ("层级", "级别", "代表级别", "代表层次"),
    "代表证号": ("证号", "代表证编号", "代表证号码", "代表证"),
    "代表小组": ("小组", "所在小组", "所属小组", "所在代表小组"),
    "联络站": ("代表联络站", "所在联络站", "进驻联络站", "人大代表联络站"),
    "联系电话": ("电话", "手机", "手机号", "手机号码", "联系方式", "移动电话", "电话号码"),
    "备注": ("说明",),
}
"""What we call a column, and what else committees call it."""
REQUIRED = (
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "选区（选举单位）",
    "代表层级",
    "代表证号",
    "代表小组",
)

_MARKS = re.compile(r"[\s()（）/、:：*＊_-]+")
_WIDE = str.maketrans(
    "０１２３４５６７８９．／－"
    + "".join(map(chr, [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])),
    "0123456789./-" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)
"""Full-width figures and letters; full-width brackets and commas are proper Chinese and stay."""


@dataclass(frozen=True)
class Line:
    """One row under the header: its number as the spreadsheet shows it, its cells by column."""

    number: int
    cells: Mapping[str, Value]


@dataclass(frozen=True)
class Sheet:
    """The sheet that holds a roster: where its header stands, the letter of each column."""

    name: str
    header_row: int
    letters: Mapping[str, str]
    lines: Iterator[Line]


def tidy(value: Value) -> str:
    """Text without full-width digits, doubled spaces and spaces around it."""
    return " ".join(str(value).translate(_WIDE).split())


def read(content: bytes, file_name: str) -> Sheet:
    """The roster in the file, its lines to be gone through once; `Refused` says why there is none.

    The columns stand in any order and under many names, below titles, in one header row or two.
    """
    nearest: list[str] = []
    empty = True
    for name, rows in files.grids(content, file_name):
        stream = iter(rows)
        top = list(islice(stream, HEADER_WITHIN))
        empty = empty and not any(any(map(tidy, row)) for row in top)
        for at, titles, depth in _headers(top):
            found = [title for title in titles if title in COLUMNS]
            if len(found) > len(nearest):
                nearest = found
            if set(REQUIRED) <= set(found):
                return _sheet(name, at, depth, titles, chain(top[at + depth :], stream))
    if empty:
        raise Refused("表格里没有内容，请重新选择。")
    if len(nearest) < 3:
        raise Refused("没有找到表头。表头那一行要有“姓名”“性别”“民族”“代表层级”等列名。")
    missing = "、".join(title for title in REQUIRED if title not in nearest)
    raise Refused(f"表里缺少这些列：{missing}。请补上列，或把列名改成这样，再上传。")


def _headers(top: Sequence[Sequence[Value]]) -> Iterator[tuple[int, list[str], int]]:
    """What may be the header: each row, then each two rows read as one (merged cells)."""
    for at, row in enumerate(top):
        yield at, [_known(cell) for cell in row], 1
    for at, (upper, lower) in enumerate(pairwise(top)):
        both = zip_longest(upper, lower, fillvalue="")
        yield at, [_known(low) if tidy(low) else _known(up) for up, low in both], 2


def _known(header: Value) -> str:
    """Our name of a column, whatever the committee calls it; an unknown one keeps its own."""
    return _NAMES.get(_MARKS.sub("", tidy(header)), tidy(header))


_NAMES = {
    _MARKS.sub("", other): name for name, others in COLUMNS.items() for other in (name, *others)
}


def _sheet(
    name: str, at: int, depth: int, titles: Sequence[str], rows: Iterable[Sequence[Value]]
) -> Sheet:
    places = {title: index for index, title in reversed(list(enumerate(titles))) if title}
    letters = {title: letter(index) for title, index in places.items()}
    return Sheet(name, at + depth, letters, _lines(rows, at + depth + 1, places))


def _lines(
    rows: Iterable[Sequence[Value]], first: int, places: Mapping[str, int]
) -> Iterator[Line]:
    """The rows that say something, blank lines and footers left out."""
    count = 0
    in_order = sorted(places.items(), key=_second)
    for number, row in enumerate(rows, start=first):
        cells = {title: row[at] if at < len(row) else "" for title, at in in_order}
        if sum(1 for value in cells.values() if tidy(value)) > 2:  # no blank line, no footer
            count += 1
            if count > MOST_ROWS:
                raise Refused(f"名册超过 {MOST_ROWS} 行，请分成几个文件上传。")
            yield Line(number, cells)
    if not count:
        raise Refused("表头下面没有代表，请检查是不是选错了文件。")


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    head, last = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + last)
