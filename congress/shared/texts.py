"""文字: what of a text is kept. Pure: text in, text out.

Every text that a form carries comes through `plain` (middleware `OnlyText`), and whoever writes
a format with stricter rules than the database asks it again: old rows may hold anything.
"""

import re
import unicodedata

BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
"""Line breaks of other programs: Word's soft one arrives as \\x0b when it is pasted."""
LINES = re.compile(r"\s*[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")
KEPT = "\n\r\t\u200c\u200d"
"""Controls that belong to a text: its lines, and what joins letters and emoji."""
DROPPED = {"Cc", "Cf"}
"""Unicode categories of controls, and of marks that show nothing or turn the line round."""
NO_CHARACTERS = "\ufffe\uffff"
"""No XML may hold them."""


def plain(words: str) -> str:
    """Without what shows nothing, turns the line round or no paper and no feed can carry."""
    if words.isprintable():
        return words
    return "".join(each for each in BREAK.sub("\n", words) if _stays(each))


def one_line(words: str) -> str:
    """The same on one line, for what stands in lists and headings."""
    return plain(LINES.sub(" ", words)).strip()


def _stays(char: str) -> bool:
    if char in NO_CHARACTERS:
        return False
    return char in KEPT or unicodedata.category(char) not in DROPPED
