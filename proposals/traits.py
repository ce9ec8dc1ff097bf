"""What a text says: where, of what, what is to be done, and the words that remain."""

import math
import re
from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from proposals.concepts import MANNER, WAYS, Found, Lexicon
from proposals.places import Gazetteer, Named, Place, gazetteer, named_in

BODY_WEIGHS = 0.6
"""All concepts of the text together, one of the title 1: a long text names much in passing."""
ASKED = re.compile("建议|希望|请求|恳请|请")
"""What stands before is why; it weighs half of what is asked for."""
SECTION_WEIGHS = 0.25
"""水渠 and 水库 are both of 水利."""
PLACE_WEIGHS = 0.3
"""A word inside a place's name: 县第三小学 says where, hardly what."""


class Traits(NamedTuple):
    """One text, taken apart."""

    places: frozenset[Place]
    """Where it is: the title's places, else the text's."""
    named: frozenset[Place]
    """All places that it names."""
    concepts: dict[str, float]
    ways: dict[str, float]
    title: str
    """Without its places."""
    words: str
    whole: str
    """The title as it stands."""


class Part(NamedTuple):
    """The title or the text as read for itself."""

    text: str
    words: list[Found]
    named: list[Named]

    def names(self, word: Found) -> bool:
        """Whether the word stands inside a place's name."""
        return any(each.start <= word.start and word.end <= each.end for each in self.named)

    def rest(self, lexicon: Lexicon) -> str:
        """Without places, manner and what is to be done; all of it when nothing else is left."""
        out = [(each.start, each.end) for each in self.named]
        out += [(each.start, each.end) for each in self.words if each.letters in lexicon.idle]
        left, at = [], 0
        for start, end in sorted(out):
            if start >= at:
                left.append(self.text[at:start])
            at = max(at, end)
        rest = "\n".join([*left, self.text[at:]])
        return rest if rest.strip() else self.text


def part(text: str, lexicon: Lexicon) -> Part:
    """Read for words, for places, and where a word runs out of a place, for words again."""
    words = lexicon.words_in(text)
    named = named_in(text, words)
    if any(word.start < each.end < word.end for word in words for each in named):
        clear = text
        for each in named:
            clear = clear[: each.start] + "\n" * (each.end - each.start) + clear[each.end :]
        words = lexicon.words_in(clear)
    return Part(text, words, named)


def known_names(parts: Iterable[Part], lexicon: Lexicon) -> Gazetteer:
    """The names of all the texts together."""
    return gazetteer((part.named for part in parts), lexicon)


def taken_apart(title: Part, words: Part, names: Gazetteer, lexicon: Lexicon) -> Traits:
    of_title = _places(title, names, names.bare_in(title.text))
    of_words = _places(words, names, ())
    concepts, ways = _weights(title, lexicon)
    said, done = _weights(words, lexicon)
    size = max(1.0, math.sqrt(sum(weight**2 for weight in said.values())))
    for concept, weight in said.items():
        concepts[concept] = max(weight * BODY_WEIGHS / size, concepts.get(concept, 0))
    for way, weight in done.items():
        ways[way] = max(weight * BODY_WEIGHS, ways.get(way, 0))
    concepts |= _sections(concepts, lexicon)
    return Traits(
        of_title or of_words,
        of_title | of_words,
        concepts,
        ways,
        title.rest(lexicon),
        words.rest(lexicon),
        title.text,
    )


def _places(part: Part, names: Gazetteer, bare: Iterable[Place]) -> frozenset[Place]:
    named = (names.right(each.place) for each in part.named)
    found = set(chain(named, bare))
    return frozenset(found | {names.inside[place] for place in found if place in names.inside})


def _weights(part: Part, lexicon: Lexicon) -> tuple[dict[str, float], dict[str, float]]:
    """Of the concepts and of the ways that are named; by a word inside a place's name, less."""
    asked = ASKED.search(part.text)
    from_there = asked.start() if asked else 0
    concepts: dict[str, float] = {}
    ways: dict[str, float] = {}
    for word in part.words:
        inside = part.named and part.names(word)
        most = PLACE_WEIGHS if inside else 1
        share = 0.5 if word.start < from_there else 1
        for concept, weight in word.weights.items():
            section = lexicon.sections[concept]
            if section != MANNER:
                weights = ways if section == WAYS else concepts
                weights[concept] = max(min(weight, most) * share, weights.get(concept, 0))
    return concepts, ways


def _sections(concepts: dict[str, float], lexicon: Lexicon) -> dict[str, float]:
    weights: dict[str, float] = {}
    for concept, weight in concepts.items():
        section = lexicon.sections[concept]
        weights[section] = max(weight * SECTION_WEIGHS, weights.get(section, 0))
    return weights
