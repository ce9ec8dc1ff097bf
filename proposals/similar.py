"""相近的建议: which earlier texts look like this one. TF-IDF over characters; a person judges.

Chinese has no spaces and no inflection: two and three characters in a row are words enough. What
every proposal says (关于, 的建议) weighs next to nothing by itself; places and things weigh most.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

FRAME = re.compile(r"^关于|的(建议|议案|意见)$|[^\w]+")
THING = re.compile(
    r"[一-龥]{2,3}(?:镇|乡|村|社区|组)|[一-龥]{2}(?:桥|路|渠|水库|学校|中学|小学|卫生院|路灯|饮水|公交|堤)"
)
"""Places and things by their last character: said twice, so that they weigh more."""
TITLE_WEIGHS = 3
TEXT_COUNTS = 160
"""Of the text the first lines: they say where and what, the rest is manner."""
SENTENCE = re.compile(r"[。；！？!?;\n]+")
STOCK = 3
"""A sentence that so many texts have in the very same words is a formula: 其余列入明年计划。"""
LEAST = 0.14
"""Below it two texts share a manner of speaking, not a matter."""


class Text(NamedTuple):
    """One proposal: its row number and its words."""

    key: int
    title: str
    words: str = ""


class Hit(NamedTuple):
    key: int
    score: float


class Piece(NamedTuple):
    """A run of a title's characters, and whether the other title has them too."""

    words: str
    same: bool


@dataclass(frozen=True)
class Index:
    """Every text as a row of weights, and the formulas that weigh nothing."""

    keys: Sequence[int]
    formulas: frozenset[str]
    vectorizer: Any
    matrix: Any


def index(texts: Sequence[Text]) -> Index | None:
    """What may be asked about; None when there is nothing yet."""
    from sklearn.feature_extraction.text import (  # noqa: PLC0415 - 1.7 s at a process's start
        TfidfVectorizer,
    )

    vectorizer = TfidfVectorizer(analyzer=grams, sublinear_tf=True)
    said = Counter(sentence for text in texts for sentence in set(_sentences(text.words)))
    formulas = frozenset(sentence for sentence, times in said.items() if times >= STOCK)
    own = [_without(formulas, text) for text in texts]
    if not any(next(grams(text), "") for text in own):
        return None
    matrix = vectorizer.fit_transform(own)
    return Index([text.key for text in texts], formulas, vectorizer, matrix)


def nearest(known: Index | None, title: str, words: str = "", *, most: int = 30) -> list[Hit]:
    """The most alike first; nothing when nothing is alike."""
    if known is None:
        return []
    asked = _without(known.formulas, Text(0, title, words))
    scores = (known.matrix @ known.vectorizer.transform([asked]).T).toarray()[:, 0]
    best = scores.argsort(kind="stable")[::-1][:most]
    return [Hit(known.keys[row], float(scores[row])) for row in best if scores[row] >= LEAST]


def shared_words(asked: str, title: str) -> list[Piece]:
    """The title in pieces: what it has in a row with what is asked, and what stands between.

    What every proposal says (关于, 的建议) is shared by all and marks nothing.
    """
    pairs = {pair for part in FRAME.split(asked) if part for pair in _pairs(part)}
    same = [False] * len(title)
    for at, pair in enumerate(_pairs(title)):
        if pair in pairs:
            same[at] = same[at + 1] = True
    for frame in FRAME.finditer(title):
        same[frame.start() : frame.end()] = [False] * len(frame[0])
    runs = groupby(zip(title, same, strict=True), key=itemgetter(1))
    return [Piece("".join(letter for letter, _ in run), same=each) for each, run in runs]


def grams(text: Text) -> Iterator[str]:
    """Every two and three characters in a row; the title's count more, places' and things' most."""
    title = FRAME.sub("", text.title)
    for _ in range(TITLE_WEIGHS):
        yield from _in_a_row(title)
    for thing in THING.findall(title):
        yield from _in_a_row(thing)
    yield from _in_a_row(FRAME.sub("", text.words))


def _pairs(words: str) -> list[str]:
    return [words[at : at + 2] for at in range(len(words) - 1)]


def _without(formulas: frozenset[str], text: Text) -> Text:
    own = (sentence for sentence in _sentences(text.words) if sentence not in formulas)
    return text._replace(words="\n".join(own))


def _sentences(words: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE.split(words[:TEXT_COUNTS])]


def _in_a_row(words: str) -> Iterator[str]:
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            yield words[start : start + size]
