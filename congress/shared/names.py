"""人名: how names are written and in which order they stand. Pure: text in, text out.

The keys are ASCII and compared as bytes, so every database server gives the same order:
ICU's stroke order is not the official one, and its pinyin misreads 曾, 仇, 单, 覃 and 解.
"""

import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
DOT = "·"
DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．.", DOT))
INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf"}
"""Unicode categories of spaces, controls and zero-width characters."""

SURNAMES = {
    word[0]: word[1:]
    for word in (
        "薄bo2 卜bu3 晁chao2 种chong2 长zhang3 都du1 费fei4 盖ge3 葛ge3 过guo1 哈ha3 黑he4 "
        "郇xun2 纪ji3 句gou1 角jue2 阚kan4 隗wei3 乐yue4 缪miao4 乜nie4 佴nai4 能nai4 区ou1 "
        "繁po2 朴piao2 覃qin2 仇qiu2 瞿qu2 曲qu1 任ren2 撒sa4 单shan4 召shao4 折she2 盛sheng4 "
        "塔ta3 洗xian3 冼xian3 解xie4 燕yan1 尉wei4 员yun4 贠yun4 应ying1 於yu1 查zha1 翟zhai2 "
        "占zhan1 祭zhai4 曾zeng1 秘bi4 那na1 观guan4 相xiang4 华hua4 要yao1"
    ).split()
}
"""Single surnames that read otherwise than the character usually does."""

COMPOUND_SURNAMES = {
    "尉迟": ("yu4", "chi2"),
    "万俟": ("mo4", "qi2"),
    "单于": ("chan2", "yu2"),
    "长孙": ("zhang3", "sun1"),
    "澹台": ("tan2", "tai2"),
    "令狐": ("ling2", "hu2"),
    "乐正": ("yue4", "zheng4"),
    "子车": ("zi3", "ju1"),
    "宰父": ("zai3", "fu3"),
    "夹谷": ("jia2", "gu3"),
    "欧阳": ("ou1", "yang2"),
    "上官": ("shang4", "guan1"),
    "皇甫": ("huang2", "fu3"),
    "夏侯": ("xia4", "hou2"),
    "呼延": ("hu1", "yan2"),
}
"""Surnames of two characters whose first must not be read as a surname of its own."""

GIVEN_NAMES = {"晟": "sheng4", "颉": "xie2", "长": "chang2", "都": "du1", "厦": "xia4", "了": "liao3"}
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
    return "".join(_stroke_part(char) for char in _letters(name))


def pinyin_key(name: str) -> str:
    """拼音: sorts by the surname's syllable and tone, one surname together, then on."""
    chars = _letters(name)
    return " ".join(
        f"{reading}.{_stroke_part(char)}" if reading else f"~{ord(char):06x}"
        for char, reading in zip(chars, _readings(chars), strict=True)
    )


def syllables(name: str) -> tuple[str, ...]:
    """The name as one would type it, zeng xiao ming; characters without a reading are left out."""
    return tuple(reading[:-1] for reading in _readings(_letters(name)) if reading)


def _letters(name: str) -> str:
    return clean_name(name).replace(DOT, "")


def _stroke_part(char: str) -> str:
    """Two digits of count, the kinds, the place among equals: no part begins another."""
    return _strokes().get(char) or f"99{ord(char):06x}"


def _readings(chars: str) -> list[str]:
    if len(chars) > 2 and chars[:2] in COMPOUND_SURNAMES:
        surname = list(COMPOUND_SURNAMES[chars[:2]])
    else:
        surname = [SURNAMES.get(char) or _pinyin().get(char, "") for char in chars[:1]]
    given = chars[len(surname) :]
    return surname + [GIVEN_NAMES.get(char) or _pinyin().get(char, "") for char in given]


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


def _table(file: str) -> list[tuple[str, str]]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    rows = (line.partition(" ") for line in lines if not line.startswith("#"))
    return [(key, chars) for key, _, chars in rows]
