"""What a PDF's pages print, as far as it takes to find a verify code: the file may be anybody's.

Glyphs are numbers of a subset; each font's ToUnicode table says which letters they are.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

CODE = re.compile(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}")
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
LISTED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<[0-9A-Fa-f]+>\s*\[([^\]]*)\]")
ONE = re.compile(rb"<([0-9A-Fa-f]+)>")
BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
MOST_PAGES, MOST_GLYPHS = 12, 0xFFFF
DRAWS = {"Tj", "TJ", "'", '"'}
WIDE = 2
"""Bytes of a glyph's number in the composite fonts of our papers."""

Letters = dict[int, str]


def printed_codes(pdf: bytes) -> list[str]:
    """Every verify code that stands on the first pages, once; none when it is no PDF of ours."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            words = [_words(page) for page in list(document.pages)[:MOST_PAGES]]
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        return []
    return list(dict.fromkeys(code for page in words for code in CODE.findall(page)))


def _words(page: pikepdf.Page) -> str:
    """The page's letters in the order in which they are drawn."""
    fonts = {name: _letters(font) for name, font in _fonts(page)}
    said, letters = [], Letters()
    for step in pikepdf.parse_content_stream(page):
        does = str(step.operator)
        if does == "Tf":
            letters = fonts.get(str(step.operands[0]), Letters())
        elif does in DRAWS:
            said += [_read(bytes(each), letters) for each in _strings(step.operands)]
        elif does == "BT":
            said.append("\n")
    return "".join(said)


def _fonts(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    resources: Any = page.obj.get("/Resources", {})
    yield from resources.get("/Font", {}).items()


def _strings(operands: Any) -> Iterator[pikepdf.String]:
    for each in operands:
        if isinstance(each, pikepdf.String):
            yield each
        elif isinstance(each, pikepdf.Array):
            yield from _strings(each)


def _read(drawn: bytes, letters: Letters) -> str:
    glyphs = (drawn[at : at + WIDE] for at in range(0, len(drawn), WIDE))
    return "".join(letters.get(int.from_bytes(glyph), "") for glyph in glyphs)


def _letters(font: Any) -> Letters:
    """The font's own table: glyph number to letters."""
    if "/ToUnicode" not in font:
        return {}
    found: Letters = {}
    for kind, body in BLOCK.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            found |= {int(glyph, 16): _utf16(word) for glyph, word in PAIR.findall(body)}
            continue
        for first, last, word in RANGE.findall(body):
            letter = int(word, 16)
            glyphs = range(int(first, 16), min(int(last, 16), MOST_GLYPHS) + 1)
            found |= {each: _letter(letter + at) for at, each in enumerate(glyphs)}
        for first, words in LISTED.findall(body):
            listed = enumerate(ONE.findall(words), start=int(first, 16))
            found |= {glyph: _utf16(word) for glyph, word in listed}
    return found


def _letter(number: int) -> str:
    return chr(number) if number <= sys.maxunicode else ""


def _utf16(word: bytes) -> str:
    return bytes.fromhex(word.decode()).decode("utf-16-be", "replace")
