"""表头: what we call a column, what committees call it, and which one a strange name may be.

No database here: what people have matched by hand is handed in as `Names`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise, zip_longest

from congress.shared.errors import Refused
from deputies.files import Value
from deputies.states import SheetKind

HEADER_WITHIN = 20
"""Title rows stand above the header; further down there is none."""
SAMPLES = 3

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

GROUP_COLUMNS: Mapping[str, Sequence[str]] = {
    "序号": ("编号", "排序"),
    "乡镇": ("所属乡镇", "乡镇名称", "所在乡镇", "街道"),
    "代表小组": ("小组", "小组名称", "代表小组名称", "组别"),
    "召集人": ("组长", "小组长", "小组召集人", "负责人"),
    "召集人代表证号": ("证号", "代表证号", "召集人证号", "组长代表证号"),
    "人数": ("小组人数", "成员数", "代表数", "代表人数"),
    "备注": ("说明",),
}
LIAISON_COLUMNS: Mapping[str, Sequence[str]] = {
    "序号": ("编号", "排序"),
    "联系方式": ("双联类型", "联系类型", "类型", "联系类别"),
    "联系人": ("组成人员", "常委会组成人员", "委员", "姓名", "联系领导", "包联人", "督导领导"),
    "职务": ("联系人职务", "常委会职务"),
    "联系人代表证号": ("证号", "代表证号", "联系人证号"),
    "联系对象": (
        *("联系代表", "联系的代表", "所联系代表", "联系代表姓名", "代表姓名", "固定联系代表"),
        *("督导乡镇", "联系乡镇", "包联小组", "联系小组", "代表小组"),
    ),
    "对象代表证号": ("联系代表证号", "代表的代表证号"),
    "开始日期": ("起始日期", "联系开始"),
    "备注": ("说明",),
}

MARKS = re.compile(r"[\s()（）/、:：*＊_-]+")
WIDE = str.maketrans(
    "０１２３４５６７８９．／－"
    + "".join(map(chr, [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])),
    "0123456789./-" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)
"""Full-width figures and letters; full-width brackets and commas are proper Chinese and stay."""


MAY_BE_WAIVED = ("代表层级", "代表小组")
"""A sheet may lack these when somebody says so: one level for all rows, groups as they stand."""
Names = Mapping[str, str]
"""Headers as `plain` writes them, and our column each stands for; empty for one not used."""
UNUSED = ""
ALIKE = 0.5


def tidy(value: Value) -> str:
    """Text without full-width digits, doubled spaces, spaces around it and the mark of a text."""
    return " ".join(str(value).translate(WIDE).split()).lstrip("'")


def plain(header: Value) -> str:
    """A header without spaces, brackets and marks, as names are compared and remembered."""
    return MARKS.sub("", tidy(header))


def known(header: Value, names: Names, table: "Table | None" = None) -> str:
    """Our name of a column, whatever the committee calls it; an unknown one keeps its own."""
    text = plain(header)
    found = names.get(text, (table or ROSTER).names.get(text))
    return tidy(header) if found is None else found or f"（不用）{tidy(header)}"


@dataclass(frozen=True)
class Header:
    """One column of an uploaded sheet: what stands above it, what it is taken for, some cells."""

    letter: str
    title: str
    column: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """How a sheet is laid out: where its header stands, how many rows it takes, its columns."""

    sheet: str
    at: int
    depth: int
    headers: tuple[Header, ...]
    required: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """The columns without which nothing can be taken in."""
        have = {header.column for header in self.headers}
        return [title for title in self.required if title not in have]


class Unmatched(Refused):
    """A sheet whose header is there, with names that nobody has matched yet."""

    def __init__(self, layout: Layout) -> None:
        missing = "、".join(layout.missing)
        super().__init__(f"表里缺少这些列：{missing}。请补上列，或把列名改成这样，再上传。")
        self.layout = layout


Rows = Sequence[Sequence[Value]]


def headers(top: Rows) -> Iterator[tuple[int, list[Value], int]]:
    """What may be the header: each row, then each two rows read as one (merged cells)."""
    for at, row in enumerate(top):
        yield at, list(row), 1
    for at, (upper, lower) in enumerate(pairwise(top)):
        both = zip_longest(upper, lower, fillvalue="")
        yield at, [low if tidy(low) else up for up, low in both], 2


def layout(sheet: str, top: Rows, names: Names, table: "Table | None" = None) -> Layout | None:
    """The likeliest header among the first rows; None when no row looks like one."""
    table = table or ROSTER
    best: tuple[int, int, list[Value], int] | None = None
    for at, row, depth in headers(top):
        found = sum(known(cell, names, table) in table.columns for cell in row)
        if found >= 2 and (best is None or found > best[0]):
            best = found, at, row, depth
    if best is None:
        return None
    _, at, row, depth = best
    below = top[at + depth : at + depth + SAMPLES]
    found_headers = tuple(
        Header(letter(index), tidy(cell), known(cell, names, table), _samples(below, index))
        for index, cell in enumerate(row)
        if tidy(cell)
    )
    return Layout(sheet, at, depth, found_headers, table.required)


def _samples(rows: Rows, index: int) -> tuple[str, ...]:
    return tuple(tidy(row[index]) for row in rows if index < len(row) and tidy(row[index]))


LOOKS: Sequence[tuple[str, str]] = (
    ("性别", "[男女]性?"),
    ("联系电话", r"1\d{10}"),
    ("民族", ".{1,5}族|汉"),
    ("出生年月", r"(19|20)\d{2}\s*[-./年]?\s*\d{1,2}.*"),
    ("代表层级", "(全国|省|市|县|乡镇?|镇)级?(人大)?(代表)?"),
    ("代表小组", ".*小组"),
    ("联络站", ".*(联络站|工作站)"),
    ("选区（选举单位）", ".*选区"),
    ("代表团", ".*代表团"),
    ("姓名", "[\u3400-\u9fff·\\s]{2,4}"),
)
"""What the cells of a column look like, the plainest first."""
GROUP_LOOKS = (("代表小组", ".*小组"), ("人数", r"\d{1,3}"), ("召集人", "[\u3400-\u9fff·\\s]{2,4}"))
LIAISON_LOOKS = (("职务", "(主任|副主任|委员|机关代表)"), ("联系人", "[\u3400-\u9fff·\\s]{2,4}"))


@dataclass(frozen=True)
class Table:
    """What a sheet of one kind must have, may have, and by which column a row is named."""

    columns: Mapping[str, Sequence[str]]
    required: tuple[str, ...]
    looks: Sequence[tuple[str, str]]
    named_by: str
    least: int
    """How many cells a row must fill to be one: a footer fills fewer."""

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Our column by each header that committees are known to write."""
        found = self.columns.items()
        return {plain(other): name for name, others in found for other in (name, *others)}


ROSTER = Table(COLUMNS, REQUIRED, LOOKS, "姓名", 3)
TABLES: Mapping[str, Table] = {
    SheetKind.ROSTER: ROSTER,
    SheetKind.GROUPS: Table(GROUP_COLUMNS, ("代表小组",), GROUP_LOOKS, "代表小组", 2),
    SheetKind.LIAISONS: Table(LIAISON_COLUMNS, ("联系人", "联系对象"), LIAISON_LOOKS, "联系人", 2),
}


def likely(header: Header, taken: set[str], table: "Table | None" = None) -> str:
    """The column a strange header may stand for, by its cells or its name; empty for none."""
    table = table or ROSTER
    for column, looks in table.looks:
        every = header.samples and all(re.fullmatch(looks, cell) for cell in header.samples)
        if every and column not in taken:
            return column
    ratios = [
        (SequenceMatcher(None, plain(header.title), plain(other)).ratio(), name)
        for name, others in table.columns.items()
        if name not in taken
        for other in (name, *others)
    ]
    ratio, name = max(ratios, default=(0, ""))
    return name if ratio >= ALIKE else ""


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    head, last = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + last)
