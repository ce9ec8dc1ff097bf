"""县里的事 in a text: data/concepts.txt says which words people use for which matter.

路灯 and 亮化 share no character and are one matter; 水库 and 水渠 share one and are two.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data" / "concepts.txt"
SLIGHT = 0.3
"""What a word behind the semicolon weighs: 上学 may be of a school and of the road to it."""
WAYS = "办法"
"""The section of what is to be done: 新建, 维修. It weighs by itself and less."""
MANNER = "套话"
"""The section of what every proposal says: 群众, 问题, 尽快. It weighs nothing."""


class Word(NamedTuple):
    """A word and the concepts it speaks of, each with its weight."""

    letters: str
    weights: dict[str, float]


class Found(NamedTuple):
    """A word where it stands in a text."""

    letters: str
    start: int
    end: int
    weights: dict[str, float]


@dataclass(frozen=True)
class Lexicon:
    """The words by their first two characters, longest first, and the section of each concept."""

    by_head: dict[str, list[Word]]
    sections: dict[str, str]
    idle: frozenset[str]
    """Words that name no thing: those of the two sections above alone."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and any(
            known.letters == word for known in self.by_head.get(word[:2], ())
        )

    def words_in(self, text: str) -> list[Found]:
        """From left to right, of two that begin together the longer, none over another."""
        found: list[Found] = []
        at, last = 0, len(text)
        known = self.by_head.get
        while at < last:
            for word in known(text[at : at + 2]) or known(text[at]) or ():
                if text.startswith(word.letters, at):
                    end = at + len(word.letters)
                    found.append(Found(word.letters, at, end, word.weights))
                    at = end - 1
                    break
            at += 1
        return found


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """Each line that says something, and the section in which it stands."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        said = line.strip()
        if said.startswith("["):
            section = said.strip("[]")
        elif said and not said.startswith("#"):
            yield section, said


def read(lines: Iterable[tuple[str, str]]) -> Lexicon:
    """The lexicon of such lines, each with its section: `concept: word word ； slight word`."""
    sections: dict[str, str] = {}
    words: dict[str, dict[str, float]] = {}
    for section, line in lines:
        concept, _, listed = line.partition(":")
        sections[concept] = section
        plain, _, slight = listed.partition("；")
        for part, weight in ((plain, 1.0), (slight, SLIGHT)):
            for word in part.split():
                words.setdefault(word, {})[concept] = weight
    empty = {concept for concept, section in sections.items() if section in (WAYS, MANNER)}
    idle = frozenset(letters for letters, known in words.items() if empty.issuperset(known))
    return Lexicon(_by_head(words), sections, idle)


def _by_head(words: dict[str, dict[str, float]]) -> dict[str, list[Word]]:
    heads: dict[str, list[Word]] = {}
    for letters in sorted(words, key=len, reverse=True):
        heads.setdefault(letters[:2], []).append(Word(letters, words[letters]))
    for head, known in heads.items():
        if len(head) == 2 and head[0] in words:
            known.append(Word(head[0], words[head[0]]))
    return heads


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The county's, read once in a process."""
    return read(lines_of(DATA))
