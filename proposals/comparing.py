"""正文对照: what was taken out of a text and what was put in, as a person reads it. Pure.

Sentences are matched first; within sentences that took each other's place, characters are. A few
characters that stay between two changes belong to one change: nobody reads confetti.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum
from itertools import groupby
from re import findall
from typing import NamedTuple

SENTENCE = r"[^。！？；\n]*(?:[。！？；]+|\n+|$)"
LONGEST = 600
"""Longer than this, what took each other's place is shown whole."""
LEAST_ALIKE = 0.5
FEWEST = 2
"""So many characters at least must stay between two changes to stand alone."""


class Change(Enum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(NamedTuple):
    change: Change
    words: str


class Compared(NamedTuple):
    """One field of a text, before and after."""

    label: str
    pieces: list[Piece]

    @property
    def changed(self) -> bool:
        return any(each.change != Change.SAME for each in self.pieces)

    @property
    def sides(self) -> list[tuple[str, list[Piece]]]:
        """Everything in one, for a phone; then what was and what is, to stand side by side."""
        before = [each for each in self.pieces if each.change != Change.NEW]
        after = [each for each in self.pieces if each.change != Change.GONE]
        return [("", self.pieces), ("您附议时", before), ("现在", after)]


def compare(before: str, after: str) -> list[Piece]:
    """The pieces in reading order: what is gone goes before what took its place."""
    old, new = _sentences(before), _sentences(after)
    found: list[Piece] = []
    for same, gone, put in _steps(old, new):
        found += [Piece(Change.SAME, "".join(same))] if same else []
        found += _within("".join(gone), "".join(put))
    return _joined(found)


def _sentences(text: str) -> list[str]:
    return [each for each in findall(SENTENCE, text.replace("\r\n", "\n")) if each]


def _steps(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """What stays, and then what is gone and what is new in its place."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        yield (old[a:b], (), ()) if tag == "equal" else ((), old[a:b], new[c:d])


def _within(gone: str, put: str) -> list[Piece]:
    whole = [Piece(Change.GONE, gone), Piece(Change.NEW, put)]
    if not gone or not put or max(len(gone), len(put)) > LONGEST:
        return whole
    if SequenceMatcher(None, gone, put).ratio() < LEAST_ALIKE:
        return whole
    found: list[Piece] = []
    steps = list(_steps(gone, put))
    for place, (same, out, into) in enumerate(steps):
        words = "".join(same)
        if len(words) >= FEWEST or place in (0, len(steps) - 1):
            found.append(Piece(Change.SAME, words))
        else:
            found += [Piece(Change.GONE, words), Piece(Change.NEW, words)]
        found += [Piece(Change.GONE, "".join(out)), Piece(Change.NEW, "".join(into))]
    return found


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Changes that follow one another are one: first all that is gone, then all that is new."""
    found = []
    filled = [each for each in pieces if each.words]
    for same, run in groupby(filled, key=lambda each: each.change == Change.SAME):
        row = list(run)
        kinds = (Change.SAME,) if same else (Change.GONE, Change.NEW)
        for kind in kinds:
            words = "".join(each.words for each in row if each.change == kind)
            found += [Piece(kind, words)] if words else []
    return found
