"""人名: how names are written and in which order they stand. Pure: text in, text out.

The keys are ASCII and compared as bytes, so every database server gives the same order:
ICU's stroke order is not the official one, and its pinyin misreads 曾, 仇, 单, 覃 and 解.
"""

import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
KEY_LENGTH = 200
"""The width of the columns. Twelve characters fit; of a longer name the rest decides nothing."""
DOT = "·"
DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．.", DOT))
INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}
"""Unicode categories of spaces, controls and zero-width characters."""

GIVEN_NAMES = {
    "晟": "sheng4",
    "颉": "xie2",
    "长": "chang2",
    "都": "du1",
    "厦": "xia4",
    "了": "liao3",
}
"""Characters that read otherwise in given names than alone."""


def clean_name(raw: str) -> str:
    """A name as it is stored: no spaces within or around it, the dot of 少数民族 names as ·."""
    text = unicodedata.normalize("NFC", raw)
    kept = (char for char in text if unicodedata.category(char) not in INVISIBLE)
    return "".join(kept).translate(DOTS).strip(DOT)


def display_name(name: str) -> str:
    """A name as official lists print it: 王　伟 takes the width of three characters."""
    if len(name) == 2 and all(unicodedata.category(char) == "Lo" for char in name):
        return f"{name[0]}\u3000{name[1]}"
    return name


def stroke_key(name: str) -> str:
    """姓氏笔画: sorts by strokes of the first character, then their kinds 横竖撇点折, then on.

    A compound surname is compared character by character, as published lists do.
    """
    return "".join(_stroke_part(char) for char in _letters(name))[:KEY_LENGTH]


def pinyin_key(name: str) -> str:
    """拼音: sorts by the surname's syllable and tone, one surname together, then on."""
    chars = _letters(name)
    parts = (
        f"{reading}.{_stroke_part(char)}" if reading else f"~{ord(char):06x}"
        for char, reading in zip(chars, _readings(chars), strict=True)
    )
    return " ".join(parts)[:KEY_LENGTH]


def syllables(name: str) -> tuple[str, ...]:
    """The name as one would type it, zeng xiao ming; characters without a reading are left out."""
    return tuple(reading[:-1] for reading in _readings(_letters(name)) if reading)


def _letters(name: str) -> str:
    return clean_name(name).replace(DOT, "")


def _stroke_part(char: str) -> str:
    """Two digits of count, the kinds, the place among equals: no part begins another."""
    return _strokes().get(char) or f"99{ord(char):06x}"


def _readings(chars: str) -> list[str]:
    length = 2 if len(chars) > 2 and chars[:2] in _surnames() else 1
    surname, given = chars[:length], chars[length:]
    known = _surnames().get(surname) or [_pinyin().get(char, "") for char in surname]
    return known + [GIVEN_NAMES.get(char) or _pinyin().get(char, "") for char in given]


@cache
def _strokes() -> dict[str, str]:
    """The characters of data/strokes.txt with their parts; a line's order breaks the last ties."""
    return {
        char: f"{len(kinds):02d}{kinds}{place}"
        for kinds, chars in _table("strokes.txt")
        for place, char in enumerate(chars)
    }


@cache
def _pinyin() -> dict[str, str]:
    return {char: reading for reading, chars in _table("pinyin.txt") for char in chars}


@cache
def _surnames() -> dict[str, list[str]]:
    return {surname: readings.split() for surname, readings in _table("surnames.txt")}


def _table(file: str) -> list[tuple[str, str]]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    rows = (line.partition(" ") for line in lines if not line.startswith("#"))
    return [(key, value) for key, _, value in rows]
