"""相近的建议: which earlier texts are of the matter of this one. A person judges.

Three things are compared: where (places.py), of what and what is to be done (concepts.py, the
county's own lexicon), and the characters, which carry what the lexicon does not know.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from proposals.concepts import Lexicon, lexicon
from proposals.places import Gazetteer
from proposals.traits import Part, Traits, known_names, part, taken_apart

FRAME = re.compile(r"^关于|的(建议|议案|意见)$|[^\w]+")
TEXT_COUNTS = 160
"""Of the text the first lines: they say where and what, the rest is manner."""
SENTENCE = re.compile(r"[。；！？!?;\n]+")
STOCK = 3
"""A sentence that so many texts have in the very same words is a formula: 其余列入明年计划。"""
LEAST = 0.5
"""Below it two texts share a manner of speaking or a place, not a matter."""


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
    """Every text taken apart, and the formulas that weigh nothing."""

    keys: Sequence[int]
    formulas: frozenset[str]
    names: Gazetteer
    lexicon: Lexicon
    apart: Sequence[Traits]
    weighing: Any


def index(texts: Sequence[Text], words: Lexicon | None = None) -> Index | None:
    """What may be asked about; None when there is nothing yet."""
    from proposals.weighing import Weighing  # noqa: PLC0415 - numpy and scikit-learn: 1.7 s

    spoken = words or lexicon()
    said = Counter(sentence for text in texts for sentence in set(_sentences(text.words)))
    formulas = frozenset(sentence for sentence, times in said.items() if times >= STOCK)
    own = [_without(formulas, text) for text in texts]
    if not any(len(FRAME.sub("", text.title + text.words)) > 1 for text in own):
        return None
    parts = [_parts(text, spoken) for text in own]
    names = known_names((each for pair in parts for each in pair), spoken)
    apart = [taken_apart(*pair, names, spoken) for pair in parts]
    return Index(
        [text.key for text in texts], formulas, names, spoken, apart, Weighing(apart, spoken)
    )


def nearest(known: Index | None, title: str, words: str = "", *, most: int = 30) -> list[Hit]:
    """The most alike first; nothing when nothing is alike."""
    if known is None:
        return []
    apart = taken(known, Text(0, title, words))
    return [hit for hit in _best(known, known.weighing.scores(apart), most) if hit.score >= LEAST]


def taken(known: Index, text: Text) -> Traits:
    """The text taken apart by the names and words that are known."""
    own = _without(known.formulas, text)
    return taken_apart(*_parts(own, known.lexicon), known.names, known.lexicon)


def neighbours(known: Index, row: int, most: int) -> list[Hit]:
    """Of one of the texts themselves: its nearest others, however far."""
    scores = known.weighing.scores(known.apart[row])
    scores[row] = -1
    return _best(known, scores, most)


def _best(known: Index, scores: Any, most: int) -> list[Hit]:
    best = (-scores).argsort(kind="stable")[:most]
    return [Hit(known.keys[row], float(scores[row])) for row in best if scores[row] >= 0]


def _parts(text: Text, words: Lexicon) -> tuple[Part, Part]:
    return part(FRAME.sub("", text.title), words), part(FRAME.sub("\n", text.words), words)


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


def _pairs(words: str) -> list[str]:
    return [words[at : at + 2] for at in range(len(words) - 1)]


def _without(formulas: frozenset[str], text: Text) -> Text:
    own = (sentence for sentence in _sentences(text.words) if sentence not in formulas)
    return text._replace(words="\n".join(own))


def _sentences(words: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE.split(words[:TEXT_COUNTS])]
