"""名册的一行: its cells checked one by one, and what they say. No database here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congress.shared import names
from deputies.sheets import Line, Value, tidy

_NATIONS = """
汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳
佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米
塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
NATIONS = frozenset(f"{name}族" for name in _NATIONS.split()) | {"其他"}
"""五十六个民族, and 其他."""
LEVELS: Mapping[str, str] = {
    **dict.fromkeys(("全国", "国家"), "national"),
    "省": "province",
    **dict.fromkeys(("市", "地市"), "city"),
    **dict.fromkeys(("县", "县市", "县区", "县市区", "区县"), "county"),
    **dict.fromkeys(("乡镇", "乡", "镇", "镇乡"), "township"),
}
"""代表层级 as sheets write it, without 级 and 代表."""
SEXES = ("男", "女")
ADULT = 18
OLDEST = 110
LENGTHS = {
    "党派": 30,
    "学历": 20,
    "工作单位及职务": 80,
    "选区（选举单位）": 60,
    "代表团": 40,
    "代表证号": 30,
    "代表小组": 40,
    "联络站": 40,
}
_NAME = re.compile(r"[〇\u3400-\u9fff\U00020000-\U0003ffff·]{2,20}")
_MONTH = re.compile(
    r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*(?:月|$|[-./]\s*\d{1,2}$|月\d{1,2}日?$|\d{2}$)"
)
_TOWNSHIP = re.compile(r"([\u3400-\u9fff]{1,6}?(?:镇|乡|街道))(?=.)")
_NUMERAL = re.compile(r"第?([一二三四五六七八九十百零\d]+)(?:代表)?(?:小组|联络站|组|站)")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}


class WrongCell(Exception):
    """A cell that cannot be taken in: its column, and why in a sentence."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One seat of one person, as a checked row states it. A column the sheet lacks is None."""

    number: int
    name: str
    sex: str
    nation: str
    born: date
    party: str | None
    education: str | None
    job: str | None
    phone: str | None
    level: str
    township: str
    """Whose congress it is when the level is 乡镇; empty for the higher ones."""
    district: str
    delegation: str | None
    certificate: str
    group: str | None
    group_township: str
    station: str | None

    @property
    def seat(self) -> tuple[str, str]:
        """The congress the seat belongs to."""
        return self.level, self.township

    @property
    def person(self) -> tuple[str, date, str]:
        """What tells one person from another of the same name: birth month and telephone."""
        return self.name, self.born, self.phone or self.job or ""


def check(line: Line, elected_on: date) -> Entry:
    """The row as an entry; `WrongCell` names the first cell that is wrong."""
    words = line.words
    _refuse_shift(words)
    for column, most in LENGTHS.items():
        if len(words.get(column, "")) > most:
            raise WrongCell(column, f"字数太多，最多 {most} 个字。")
    level = _level(words["代表层级"])
    group_township = _township(words, "代表小组") if words.get("代表小组") else ""
    district = _filled(words, "选区（选举单位）")
    return Entry(
        number=line.number,
        name=_name(words["姓名"]),
        sex=_sex(words["性别"]),
        nation=_nation(words["民族"]),
        born=_born(line.cells["出生年月"], elected_on),
        party=words.get("党派"),
        education=words.get("学历"),
        job=words.get("工作单位及职务"),
        phone=_phone(words.get("联系电话")),
        level=level,
        township=_township(words, "选区（选举单位）") if level == "township" else "",
        district=district,
        delegation=words.get("代表团"),
        certificate=_filled(words, "代表证号"),
        group=words.get("代表小组") or None,
        group_township=group_township,
        station=words.get("联络站"),
    )


def _refuse_shift(words: Mapping[str, str]) -> None:
    """A row pushed aside is wrong in every cell: one sentence says so."""
    columns = list(words)
    at = columns.index("性别")
    for step, side in ((1, "右"), (-1, "左")):
        beside = columns[at + step] if 0 <= at + step < len(columns) else ""
        if words["性别"] not in SEXES and beside and words[beside] in SEXES:
            reason = f"“{words['性别']}”应为“男”或“女”。这一行像是往{side}错开了一列。"
            raise WrongCell("性别", reason)


def position_of(name: str) -> int:
    """The place of a group or station among its township's: 第十二代表小组 is 12; none is 0."""
    found = _NUMERAL.search(name)
    return _number(found[1]) if found else 0


def township_of(name: str) -> str:
    """The township a group, station or district is named after; empty when it says none."""
    found = _TOWNSHIP.match(name)
    return found[1] if found else ""


def _number(text: str) -> int:
    if text.isdecimal():
        return min(int(text), 999)
    total = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百":
            total += max(digit, 1) * (10 if char == "十" else 100)
            digit = 0
    return total + digit


def _filled(words: Mapping[str, str], column: str) -> str:
    if not words[column]:
        raise WrongCell(column, "没有填写。")
    return words[column]


def _township(words: Mapping[str, str], column: str) -> str:
    text = _filled(words, column)
    found = township_of(text)
    if not found:
        raise WrongCell(column, f"“{text}”看不出是哪个乡镇，请写全，如“城关镇第一…”。")
    return found


def _name(text: str) -> str:
    name = names.clean_name(text)
    if not name:
        raise WrongCell("姓名", "没有填写。")
    if not _NAME.fullmatch(name):
        raise WrongCell("姓名", f"“{text}”不像姓名，只能有汉字和间隔号“·”。")
    return name


def _sex(text: str) -> str:
    if text not in SEXES:
        raise WrongCell("性别", f"“{text}”应为“男”或“女”。" if text else "没有填写。")
    return text


def _nation(text: str) -> str:
    name = text.replace(" ", "")
    if name in NATIONS:
        return name
    if not name:
        raise WrongCell("民族", "没有填写。")
    hint = f"，是不是“{name}族”？" if f"{name}族" in NATIONS else "。"
    raise WrongCell("民族", f"民族目录里没有“{name}”{hint}")


def _born(value: Value, elected_on: date) -> date:
    text = tidy(value)
    if not text:
        raise WrongCell("出生年月", "没有填写。")
    if isinstance(value, float) and re.fullmatch(r"\d{4}\.1", text):
        raise WrongCell(
            "出生年月", f"“{text}”分不清是 1 月还是 10 月，请写成 {text[:4]}.01 或 {text[:4]}.10。"
        )
    found = _MONTH.match(text)
    if not found:
        raise WrongCell("出生年月", f"“{text}”看不出年月，请写成 1968.05 这样。")
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12:
        raise WrongCell("出生年月", f"“{text}”：没有 {month} 月。")
    if (year + OLDEST) < elected_on.year:
        raise WrongCell("出生年月", f"“{text}”太早，请核对。")
    if (year, month) > (elected_on.year, elected_on.month):
        raise WrongCell("出生年月", f"“{text}”晚于当选日期。")
    if (year + ADULT, month) > (elected_on.year, elected_on.month):
        raise WrongCell("出生年月", f"“{text}”：当选时不满十八周岁。")
    return date(year, month, 1)


def _level(text: str) -> str:
    word = re.sub(r"[级代表人大\s()（）]", "", text)
    if word in LEVELS:
        return LEVELS[word]
    if not text:
        raise WrongCell("代表层级", "没有填写。")
    if re.search(r"[、,，/和及]", text):
        raise WrongCell("代表层级", f"“{text}”：一行只写一个层级，担任两级代表的请分两行写。")
    raise WrongCell("代表层级", f"“{text}”应为全国、省、市、县、乡镇之一。")


def _phone(text: str | None) -> str | None:
    if text is None:
        return None
    number = re.sub(r"^\+?86(?=1\d{10}$)|[\s-]", "", text.replace("-", "").replace(" ", ""))
    if number and not re.fullmatch(r"\d{11}", number):
        raise WrongCell(
            "联系电话",
            f"应为 11 位数字，现有 {len(number)} 位。" if number.isdigit() else "应为 11 位数字。",
        )
    return number
