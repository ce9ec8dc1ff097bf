"""为什么相近: where, of what and by which words two texts meet, for the person who judges."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from proposals.concepts import MANNER, WAYS, lexicon
from proposals.places import CITY
from proposals.similar import Index, Text, shared_words, taken
from proposals.traits import part

PLACE, MATTER, WORDS = "place", "matter", "words"
VERY, RATHER = 0.9, 0.7
"""Scores as people read them: 很像, 比较像, 有些像."""
HEAVY = 0.5
"""A matter named in passing is no reason; one that the text is about weighs so much."""
MOST = 3
NO_MATTER = (WAYS, MANNER)
"""Sections of the lexicon that are of no field."""


class Marked(NamedTuple):
    """A run of a title and why it is marked; empty when the other text has none of it."""

    letters: str
    why: str


class Why(NamedTuple):
    """How much alike in words, what is the same, and the other's title marked."""

    how: str
    reasons: list[str]
    title: list[Marked]


def why(known: Index, asked: Text, other: Text, score: float) -> Why:
    """Of these two, as the measure read them."""
    one, two = taken(known, asked), taken(known, other)
    places = one.named & two.named
    both = [
        each for each in one.concepts if each in two.concepts and each in known.lexicon.sections
    ]
    matters = sorted(
        (each for each in both if min(one.concepts[each], two.concepts[each]) >= HEAVY),
        key=lambda each: -min(one.concepts[each], two.concepts[each]),
    )
    ways = [each for each in one.ways if each in two.ways]
    pieces = shared_words(asked.title, other.title)
    marks = [WORDS if each.same else "" for each in pieces for _ in each.words]
    _mark(marks, other.title, known, {(p.name, p.end or p.level) for p in places}, set(matters))
    runs = groupby(zip(other.title, marks, strict=True), key=itemgetter(1))
    title = [Marked("".join(letter for letter, _ in run), each) for each, run in runs]
    reasons = [
        _said("同一地点", sorted(f"{p.name}{p.end or p.level}" for p in places if p.level != CITY)),
        _said("同一类事", matters),
        _said("要求相同", ways),
        "标题用词相同"
        if any(each.why == WORDS and len(each.letters) > 2 for each in title)
        else "",
    ]
    return Why(in_words(score), [each for each in reasons if each], title)


def in_words(score: float) -> str:
    """很像、比较像、有些像: nobody is shown the machine's figures."""
    if score >= VERY:
        return "很像"
    return "比较像" if score >= RATHER else "有些像"


def themes() -> list[str]:
    """门类 there are, in the lexicon's order."""
    return [each for each in dict.fromkeys(lexicon().sections.values()) if each not in NO_MATTER]


@lru_cache(maxsize=50_000)
def theme(title: str) -> str:
    """门类 of what a title is about: 水利饮水, 道路交通; nothing where the lexicon is silent."""
    found: dict[str, float] = {}
    words = lexicon()
    for word in part(title, words).words:
        for concept, weight in word.weights.items():
            section = words.sections[concept]
            if section not in NO_MATTER:
                found[section] = found.get(section, 0) + weight
    return max(found, key=lambda each: found[each], default="")


def _said(words: str, what: Iterable[str]) -> str:
    named = "、".join(list(what)[:MOST])
    return f"{words}：{named}" if named else ""


def _mark(
    marks: list[str], title: str, known: Index, places: set[tuple[str, str]], matters: set[str]
) -> None:
    """Over the words: what is of a shared matter, and over that the shared places."""
    for word in part(title, known.lexicon).words:
        if matters.intersection(word.weights):
            marks[word.start : word.end] = [MATTER] * (word.end - word.start)
    for name, end in places:
        at = title.find(name)
        if at >= 0:
            long = len(name) + (len(end) if title.startswith(end, at + len(name)) else 0)
            marks[at : at + long] = [PLACE] * long
