"""名册文件: an uploaded sheet as text under known column names. No database here."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from congress.shared.errors import Refused
from deputies import spreadsheet

MOST_BYTES = 10 * 2**20
MOST_ROWS = 20_000
MOST_ENTRIES = 200
MOST_UNPACKED = 100 * 2**20
MOST_RATIO = 100
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
Value = str | int | float


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
    lines: Sequence[Line]


def tidy(value: Value) -> str:
    """Text without full-width digits, doubled spaces and spaces around it."""
    return " ".join(str(value).translate(_WIDE).split())


def read(content: bytes, file_name: str) -> Sheet:
    """The roster in the file; `Refused` says in a sentence why there is none."""
    kind = Path(file_name).suffix.lower()
    if kind not in {".xlsx", ".xls", ".csv"}:
        raise Refused("请选择 Excel 表格（.xlsx、.xls）或 .csv 文件。")
    if not content:
        raise Refused("这个文件是空的，请重新选择。")
    if len(content) > MOST_BYTES:
        raise Refused("文件超过 10 MB，名册用不了这么大，请检查是不是选错了文件。")
    grids = list(_grids(content))
    if not any(any(map(tidy, row)) for _, rows in grids for row in rows):
        raise Refused("表格里没有内容，请重新选择。")
    return _roster(grids)


Grid = tuple[str, Sequence[Sequence[Value]]]


def _grids(content: bytes) -> Iterator[Grid]:
    """Every sheet; what the file is, its first bytes say, not its name."""
    if content.startswith(b"PK"):
        _refuse_bomb(content)
        yield from _workbook(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        yield from _workbook(content)
    else:
        yield "文本", list(_csv(content))


def _refuse_bomb(content: bytes) -> None:
    """A workbook is a zip: count, unpack within bounds and look at it before a parser does."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            parts = box.infolist()
            if "xl/workbook.xml" not in box.namelist():
                raise Refused("这不是 Excel 表格，请用 Excel 或 WPS 另存为 .xlsx 再上传。")
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_ENTRIES or size > MOST_UNPACKED:
                raise Refused("表格展开后太大，请只留名册一张表，另存后再上传。")
            if size > MOST_RATIO * len(content):
                raise Refused("表格压缩得异常，请用 Excel 或 WPS 打开另存后再上传。")
            for part in parts:
                _refuse_lies(box, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise Refused("文件已损坏，打不开。请用 Excel 或 WPS 打开另存后再上传。") from fault


def _refuse_lies(box: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack one part in pieces: its size must be as declared, its XML without entities."""
    with box.open(part) as stream:
        head = stream.read(4096)
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise Refused("表格里有不安全的内容，请用 Excel 或 WPS 打开另存后再上传。")
        while stream.read(2**20):
            pass


def _workbook(content: bytes) -> Iterator[Grid]:
    """The sheets, read by a child with bounded memory and time (security.md 79)."""
    script = Path(spreadsheet.__file__)
    try:
        child = subprocess.run(
            [sys.executable, "-I", str(script)],
            input=content,
            capture_output=True,
            timeout=2 * spreadsheet.SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise Refused("表格太复杂，读不完。请只留名册一张表，另存后再上传。") from fault
    if child.returncode == spreadsheet.LOCKED:
        raise Refused("文件有打开密码，请先去掉密码再上传。")
    if child.returncode:
        raise Refused("这个表格读不出来。请用 Excel 或 WPS 打开另存为 .xlsx 再上传。")
    for sheet in json.loads(child.stdout)["sheets"]:
        yield sheet["name"], sheet["rows"]


def _csv(content: bytes) -> Iterator[list[str]]:
    if b"\x00" in content:
        raise Refused("这不是表格文件，请选择 Excel 表格（.xlsx、.xls）或 .csv 文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused("这个文件里的文字认不出来，请用 Excel 另存为 .xlsx 再上传。")
    first = text[:4096]
    delimiter = max(",\t;，", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as fault:
        raise Refused("这个 .csv 文件的格式不对，请用 Excel 另存为 .xlsx 再上传。") from fault


def _known(header: Value) -> str:
    """Our name of a column, whatever the committee calls it; an unknown one keeps its own."""
    return _NAMES.get(_MARKS.sub("", tidy(header)), tidy(header))


_NAMES = {
    _MARKS.sub("", other): name for name, others in COLUMNS.items() for other in (name, *others)
}


def _roster(grids: Sequence[Grid]) -> Sheet:
    nearest: list[str] = []
    for name, rows in grids:
        for at, row in enumerate(rows[:HEADER_WITHIN]):
            titles = [_known(cell) for cell in row]
            found = [title for title in titles if title in COLUMNS]
            if len(found) > len(nearest):
                nearest = found
            if set(REQUIRED) <= set(found):
                return _sheet(name, at, titles, rows)
    if len(nearest) < 3:
        raise Refused("没有找到表头。表头那一行要有“姓名”“性别”“民族”“代表层级”等列名。")
    missing = "、".join(title for title in REQUIRED if title not in nearest)
    raise Refused(f"表里缺少这些列：{missing}。请补上列，或把列名改成这样，再上传。")


def _sheet(name: str, at: int, titles: Sequence[str], rows: Sequence[Sequence[Value]]) -> Sheet:
    places = {title: index for index, title in reversed(list(enumerate(titles))) if title}
    lines = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells = {t: row[i] if i < len(row) else "" for t, i in sorted(places.items(), key=_second)}
        if sum(1 for value in cells.values() if tidy(value)) > 2:  # no blank line, no footer
            lines.append(Line(number, cells))
    if not lines:
        raise Refused("表头下面没有代表，请检查是不是选错了文件。")
    if len(lines) > MOST_ROWS:
        raise Refused(f"名册超过 {MOST_ROWS} 行，请分成几个文件上传。")
    return Sheet(name, at + 1, {title: letter(index) for title, index in places.items()}, lines)


def _second(pair: tuple[str, int]) -> int:
    return pair[1]


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    head, last = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + last)
