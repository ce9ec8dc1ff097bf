"""一点就改: what a faulty cell most likely should say. Pure: cells in, proposals out."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from deputies import entries
from deputies.entries import LEVELS, NATIONS, WrongCell, township_of
from deputies.headers import tidy
from deputies.sheets import Line

MOST = 3
LEVEL_WORDS = {
    "national": "全国",
    "province": "省",
    "city": "市",
    "county": "县",
    "township": "乡镇",
}
SEXES = {"男性": "男", "女性": "女", "男士": "男", "女士": "女", "M": "男", "F": "女"}


@dataclass(frozen=True)
class Mend:
    """One proposal: what the button says, and the cells it changes."""

    label: str
    cells: dict[str, str]


def proposals(
    cells: Mapping[str, str],
    column: str,
    *,
    columns: Sequence[str],
    townships: Collection[str],
    elected_on: date,
) -> list[Mend]:
    """At most three mends for the row whose cell in `column` is wrong, the likeliest first."""
    found = list(_shifted(cells, columns, elected_on))
    text = tidy(cells.get(column, ""))
    if not found:
        found = [Mend(words, {column: words}) for words in _cell(column, text, townships)]
    return found[:MOST]


def _shifted(cells: Mapping[str, str], columns: Sequence[str], elected_on: date) -> Iterator[Mend]:
    """The whole row one column further left or right, when that makes every cell right."""
    values = [cells.get(column, "") for column in columns]
    for label, moved in (
        ("整行左移一列", [*values[1:], ""]),
        ("整行右移一列", ["", *values[:-1]]),
    ):
        shifted = dict(zip(columns, moved, strict=True))
        try:
            entries.check(Line(0, shifted), elected_on)
        except (WrongCell, KeyError):
            continue
        yield Mend(label, shifted)


def _cell(column: str, text: str, townships: Collection[str]) -> Iterator[str]:
    if column == "民族" and f"{text}族" in NATIONS:
        yield f"{text}族"
    if column == "性别" and text in SEXES:
        yield SEXES[text]
    if column == "出生年月":
        yield from _months(text)
    if column == "代表层级":
        near = get_close_matches(text, list(LEVELS), 2, 0.3)
        yield from dict.fromkeys(LEVEL_WORDS[LEVELS[word]] for word in near)
    if column == "联系电话":
        digits = re.sub(r"\D", "", text)
        yield from ([digits] if len(digits) == 11 and digits != text else [])
    if column in ("代表小组", "选区（选举单位）", "联络站"):
        said = township_of(text)
        for name in get_close_matches(said, list(townships), 2, 0.5) if said else ():
            yield text.replace(said, name, 1)


def _months(text: str) -> Iterator[str]:
    """1968.13 was perhaps 1968.12 or 1968.01; 1968.1 is 1968.01 or 1968.10."""
    found = re.match(r"(\d{4})\D*(\d{1,2})?", text)
    if not found or not 1900 < int(found[1]) < 2100:
        return
    month = int(found[2] or 0)
    if month == 1 and len(found[2]) == 1:
        yield from (f"{found[1]}.01", f"{found[1]}.10")
    elif month > 12:
        yield from (f"{found[1]}.12", f"{found[1]}.0{str(month)[0]}")
