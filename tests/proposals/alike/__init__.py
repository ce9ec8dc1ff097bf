"""Labelled proposals of invented counties: those with one `matter` are of one matter.

`developed` was looked at while the lexicon was written; `unseen` was written before it and never
looked into, only measured. Their texts have a sentence or none; those of `developed_long` and
`unseen_long` are as long as people write. `unknown` is of objects that the lexicon does not know.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from proposals import similar
from proposals.concepts import Lexicon

HERE = Path(__file__).parent
TOP = 5


class Raised(NamedTuple):
    id: str
    matter: str
    year: int
    title: str
    body: str


class Reached(NamedTuple):
    """What was reached on a set."""

    recall: float
    """Of the others of its matter, how many are among its five nearest."""
    precision: float
    """Of those among the five that are shown, how many are of its matter."""
    shown: float
    """Of the others of its matter, how many are shown."""


def raised(name: str) -> list[Raised]:
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Raised(**json.loads(line)) for line in lines]


def of_one_place(rows: list[Raised]) -> list[Raised]:
    """Those that name a place: in a file of two counties each stays a matter of its own."""
    return [row for row in rows if "-" in row.matter or row.matter.startswith("单")]


def reached(
    asked: list[Raised], beside: Sequence[Raised] = (), words: Lexicon | None = None
) -> Reached:
    """Every proposal of `asked` is asked about, among all of both lists."""
    rows = [*asked, *beside]
    known = similar.index([similar.Text(n, r.title, r.body) for n, r in enumerate(rows)], words)
    pairs = found = shown = right = 0
    for at, row in enumerate(asked):
        others = {n for n, each in enumerate(asked) if n != at and each.matter == row.matter}
        hits = similar.neighbours(known, at, TOP)
        listed = {hit.key for hit in hits if hit.score >= similar.LEAST}
        pairs += len(others)
        found += len(others & {hit.key for hit in hits})
        shown += len(listed)
        right += len(others & listed)
    return Reached(found / pairs, right / shown if shown else 1.0, right / pairs)
