"""How likely it is that two texts are of one matter: from 0 to 1, of one against all at once."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from proposals.concepts import Lexicon
from proposals.places import CITY, GROUP, TOWN, VILLAGE, Place
from proposals.traits import Traits

TITLE_WEIGHS = 3
ENOUGH = 0.4
"""So much of the letters alike is the same wording; more says nothing more: 敬老院 of two towns."""
SMALL = 0.3
"""Of one rare concept: a text that hardly names one is not wholly like another such text."""
WEIGHTS = {
    "start": -5.2,
    "concepts": 3.8,
    "concepts of the shorter": 2.8,
    "letters": 11.0,
    "letters when the lexicon is silent": 12.0,
    "ways": 0.3,
    "same spot": 2.3,
    "other spot": -7.0,
    "same town": 1.7,
    "other town": -6.0,
    "one without place": -4.2,
    "places that cannot be compared": -5.0,
}
"""Of a logistic regression over pairs of invented proposals: decision 0032 says how it was made."""

BLANK = Traits(frozenset(), frozenset(), {}, {}, "空白", "", "")
"""One more text, so that there are letters to count even when no other has any."""

Scores = npt.NDArray[np.float64]
Rows = npt.NDArray[np.bool_]


class Weighing:
    """All texts known, as rows of numbers."""

    def __init__(self, texts: Sequence[Traits], lexicon: Lexicon) -> None:
        from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415 - 1.7 s at a start
        from sklearn.feature_extraction.text import (  # noqa: PLC0415 - the same
            TfidfTransformer,
            TfidfVectorizer,
        )

        self.count = len(texts)
        self.titles = [text.whole for text in texts]
        self.grams = TfidfVectorizer(analyzer=grams, sublinear_tf=True)
        self.letters = self.grams.fit_transform([*texts, BLANK])[:-1]
        every = {*lexicon.sections, *lexicon.sections.values()}
        self.columns = DictVectorizer().fit([dict.fromkeys(every, 1)])
        self.rare = TfidfTransformer(norm=None)
        counted = self.columns.transform([text.concepts for text in texts])
        self.concepts = self.rare.fit_transform(counted)
        self.small = SMALL * float(self.rare.idf_.max())
        self.sizes = self._sizes(self.concepts)
        self.ways = self.columns.transform([text.ways for text in texts])
        self.silent = np.asarray(counted.getnnz(axis=1) == 0)
        self.placed = np.array([_placed(text) for text in texts], dtype=bool)
        self.of_kind = _rows((row, {each.kind for each in t.places}) for row, t in enumerate(texts))
        self.at = _rows((row, text.places) for row, text in enumerate(texts))
        self.naming = _rows((row, text.named) for row, text in enumerate(texts))

    def features(self, asked: Traits) -> dict[str, Scores]:
        """What speaks for and against each known text, by the names of WEIGHTS."""
        concepts = self.rare.transform(self.columns.transform([asked.concepts]))
        shared = _product(self.concepts, concepts)
        size = self._sizes(concepts)[0]
        smaller = np.minimum(self.sizes, size)
        ways = self.columns.transform([asked.ways])
        letters = np.minimum(_product(self.letters, self.grams.transform([asked])), ENOUGH)
        silent = self.silent | (not asked.concepts)
        return {
            "start": np.ones(self.count),
            "concepts": shared / (self.sizes * size),
            "concepts of the shorter": np.minimum(shared / smaller**2, 1.0),
            "letters": letters,
            "ways": np.minimum(_product(self.ways, ways), 1.0),
            "letters when the lexicon is silent": letters * silent,
            **{name: rows.astype(float) for name, rows in self._where(asked).items()},
        }

    def scores(self, asked: Traits) -> Scores:
        features = self.features(asked)
        total = np.zeros(self.count)
        for name, weight in WEIGHTS.items():
            total += weight * features[name]
        return np.asarray(1 / (1 + np.exp(-total)))

    def _sizes(self, concepts: Any) -> Scores:
        squares = np.asarray(concepts.multiply(concepts).sum(axis=1))[:, 0]
        return np.asarray(np.maximum(np.sqrt(squares), self.small))

    def _where(self, asked: Traits) -> dict[str, Rows]:
        """A village, road or school decides; else the town; else whether any place is named.

        Of one village another 组 is another place.
        """
        shared = {place.kind: self._nowhere() for place in asked.named}
        for places, rows_of in ((asked.places, self.naming), (asked.named, self.at)):
            for place in places:
                shared[place.kind][rows_of.get(place) or self._saying(place)] = True
        same, other, same_town, other_town = (self._nowhere() for _ in range(4))
        other_group = self._nowhere()
        for kind, rows in shared.items():
            both = self._nowhere()
            if any(place.kind == kind for place in asked.places):
                both[self.of_kind.get(kind, [])] = True
            if kind == GROUP:
                other_group = both & ~rows
            elif kind in (TOWN, CITY):
                same_town |= rows
                other_town |= both & ~rows
            else:
                same |= rows
                other |= both & ~rows
        other = (other | other_group) & ~(same & ~other_group)
        same &= ~other_group
        fine = same | other
        other_town &= ~same_town
        any_town = same_town | other_town
        both_placed = self.placed & _placed(asked)
        return {
            "same spot": same,
            "other spot": other,
            "same town": same_town & ~fine,
            "other town": other_town & ~fine,
            "one without place": self.placed != _placed(asked),
            "places that cannot be compared": both_placed & ~fine & ~any_town,
        }

    def _saying(self, place: Place) -> list[int]:
        """Titles that have the name without its end, when nobody has it with: 石板沟吃水难."""
        if place.level not in (VILLAGE, TOWN):
            return []
        return [row for row, title in enumerate(self.titles) if place.name in title]

    def _nowhere(self) -> Rows:
        return np.zeros(self.count, dtype=bool)


def _placed(text: Traits) -> bool:
    """The county's own town is where a matter without a place mostly is."""
    return any(place.level not in (CITY, GROUP) for place in text.places)


def grams(text: Traits) -> list[str]:
    """Every two and three characters in a row of what is no place; the title's count more."""
    return _in_a_row(text.title) * TITLE_WEIGHS + _in_a_row(text.words)


def _in_a_row(words: str) -> list[str]:
    last = len(words)
    pairs = [words[at : at + 2] for at in range(last - 1)]
    return pairs + [words[at : at + 3] for at in range(last - 2)]


def _rows(named: Iterable[tuple[int, Iterable[Any]]]) -> dict[Any, list[int]]:
    rows: dict[Any, list[int]] = {}
    for row, names in named:
        for name in names:
            rows.setdefault(name, []).append(row)
    return rows


def _product(known: Any, asked: Any) -> Scores:
    return np.asarray((known @ asked.T).toarray()[:, 0])
