"""What a text says: where, of what, what is to be done, and the words that remain."""

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from proposals.concepts import MANNER, WAYS, Found, Lexicon
from proposals.places import Gazetteer, Named, Place, gazetteer, named_in

BODY_WEIGHS = 0.4
"""Of a concept that the text names and the title does not."""
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
    words = list(lexicon.words_in(text))
    named = named_in(text, words)
    if any(word.start < each.end < word.end for word in words for each in named):
        clear = text
        for each in named:
            clear = clear[: each.start] + "\n" * (each.end - each.start) + clear[each.end :]
        words = list(lexicon.words_in(clear))
    return Part(text, words, named)


def known_names(parts: Iterable[Part], lexicon: Lexicon) -> Gazetteer:
    """The names of all the texts together."""
    return gazetteer((part.named for part in parts), lexicon)


def taken_apart(title: Part, words: Part, names: Gazetteer, lexicon: Lexicon) -> Traits:
    of_title = _places(title, names, names.bare_in(title.text))
    of_words = _places(words, names, ())
    concepts: dict[str, float] = {}
    ways: dict[str, float] = {}
    for part, share in ((title, 1.0), (words, BODY_WEIGHS)):
        _weigh(part, share, lexicon, concepts, ways)
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


def _weigh(
    part: Part, share: float, lexicon: Lexicon, concepts: dict[str, float], ways: dict[str, float]
) -> None:
    for word in part.words:
        inside = any(each.start <= word.start and word.end <= each.end for each in part.named)
        for concept, weight in word.weights.items():
            worth = weight * share * (PLACE_WEIGHS if inside else 1)
            section = lexicon.sections[concept]
            if section == WAYS:
                ways[concept] = max(worth, ways.get(concept, 0))
            elif section != MANNER:
                concepts[concept] = max(worth, concepts.get(concept, 0))
                of_section = worth * SECTION_WEIGHS
                concepts[section] = max(of_section, concepts.get(section, 0))
