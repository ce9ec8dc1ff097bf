"""人名: how names are written and in which order they stand. Pure: text in, text out.

The keys are ASCII and compared as bytes, so every database server gives the same order:
ICU's stroke order is not the official one, and its pinyin misreads 曾, 仇, 单, 覃 and 解.
"""

import unicodedata
from functools import cache
from itertools import islice
from pathlib import Path

DATA = Path(__file__).parent / "data"
KEY_LENGTH = 200
"""The width of the columns. Twelve characters fit; of a longer name the rest decides nothing."""
DOT = "·"
DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．.", DOT))
INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}
"""Unicode categories of spaces, controls and zero-width characters."""
BLANK = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Characters that Unicode counts among letters, marks and signs, and that show nothing."""

WAYS_LENGTH = 400
"""The width of the column. Ten syllables fit; of a longer name the last ways are left out."""
MARKS = range(0x300, 0x370)
"""Accents as characters of their own: the tones of zōu, the dots of lǜ."""

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


def says_something(words: str) -> bool:
    """Whether it may be a reason: two letters, figures or characters at least, “。” is none."""
    said = (char for char in words if unicodedata.category(char)[0] in "LN" and char not in BLANK)
    return len(list(islice(said, 2))) == 2


def shows_something(words: str) -> bool:
    """Whether there is anything to see: spaces, controls and zero-width characters show nothing."""
    return any(unicodedata.category(char) not in INVISIBLE and char not in BLANK for char in words)


def display_name(name: str) -> str:
    """A name as official lists print it: 王　伟 takes the width of three characters."""
    if len(name) == 2 and all(unicodedata.category(char) == "Lo" for char in name):
        return f"{name[0]}\u3000{name[1]}"
    return name


def stroke_key(name: str, strokes: str = "") -> str:
    """姓氏笔画: sorts by strokes of the surname, then by 横竖撇点折, then the given name so.

    Within one surname the given names of one character stand first, as in published lists
    (docs/assurance.md). A compound surname is one surname: every 司 stands before the first 司马.
    The space between surname and given name sorts before any figure, so a shorter surname comes
    first. `strokes` says how characters are written that no table knows: figures 1-5, one group
    for each character.
    """
    chars = _letters(name)
    length = _surname_length(chars)
    parts = [_stroke_part(char) for char in chars]
    for place, kinds in enumerate(strokes.split()[: len(parts)]):
        parts[place] = f"{len(kinds):02d}{kinds}99"
    given = parts[length:]
    longer = "2" if len(given) > 1 else "1"
    return f"{''.join(parts[:length])} {longer}{''.join(given)}"[:KEY_LENGTH]


def pinyin_key(name: str, reading: str = "") -> str:
    """拼音: sorts by the surname's syllable and tone, one surname together, then on.

    `reading`, one syllable for each character, stands instead of the tables'.
    """
    chars = _letters(name)
    parts = (
        f"{read}.{_stroke_part(char)}" if read else f"~{ord(char):06x}"
        for char, read in zip(chars, _read(chars, reading), strict=True)
    )
    return " ".join(parts)[:KEY_LENGTH]


def syllables(name: str, reading: str = "") -> tuple[str, ...]:
    """The name as one would type it, zeng xiao ming; characters without a reading are left out."""
    return tuple(read.rstrip("0123456789") for read in _read(_letters(name), reading) if read)


def typed(raw: str) -> str:
    """What was typed as `ways_to_type` writes it: half width, small letters, no tones, ü as v."""
    text = unicodedata.normalize("NFKC", raw).lower()
    text = unicodedata.normalize("NFD", text).replace("u\u0308", "v")
    kept = (char for char in text if ord(char) not in MARKS)
    return unicodedata.normalize("NFC", "".join(kept))


def ways_to_type(name: str, reading: str = "") -> str:
    """找人: the name, then its pinyin and its initials from each character on, between spaces.

    One look for " lixiu" finds 邹立秀 and no 李绣 that is not spelt so; ü stands as v and as u.
    """
    said = syllables(name, reading)
    endings = [said[first:] for first in range(len(said))]
    spelt = ["".join(ending) for ending in endings]
    first_letters = ["".join(syllable[0] for syllable in ending) for ending in endings]
    ways = [
        typed(_letters(name)),
        *spelt,
        *first_letters,
        *(way.replace("v", "u") for way in spelt),
    ]
    return f" {' '.join(dict.fromkeys(ways))} "[:WAYS_LENGTH]


def _read(chars: str, reading: str) -> list[str]:
    said = reading.lower().split()
    if len(said) != len(chars):
        return _readings(chars)
    return [read if read[-1].isdecimal() else f"{read}0" for read in said]


def _letters(name: str) -> str:
    return clean_name(name).replace(DOT, "")


def _surname_length(chars: str) -> int:
    """How many characters the surname takes: two when the table knows it, with a name behind."""
    return 2 if len(chars) > 2 and chars[:2] in _surnames() else 1


def _stroke_part(char: str) -> str:
    """Two digits of count, the kinds, the place among equals: no part begins another."""
    return _strokes().get(char) or f"99{ord(char):06x}"


def _readings(chars: str) -> list[str]:
    length = _surname_length(chars)
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
