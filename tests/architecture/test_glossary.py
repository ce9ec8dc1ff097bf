"""docs/glossary.md names only what there is: models, verbs of their modules, other names."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
LABELS = ("shared", "deputies", "proposals", "stations", "scoring")
FOLDERS = ("congress", *LABELS[1:])
FILES = [
    each
    for folder in FOLDERS
    for each in (ROOT / folder).rglob("*.py")
    if "migrations" not in each.parts
]
SOURCE = "\n".join(each.read_text("utf-8") for each in FILES)
MODULES = {each.stem for each in FILES} | {each.parent.name for each in FILES}
DEFINED = set(re.findall(r"\b(?:def|class) (\w+)", SOURCE))
SETS = r"^ *(\w+)(?::[^=\n]+)? = ", r"^    (\w+): ", r'"\w+[.:](\w+)"', r'"(\w+)",'
NAMED = (
    DEFINED | MODULES | {word for each in SETS for word in re.findall(each, SOURCE, re.MULTILINE)}
)
ACTIONS: dict[str, list[str]] = {}
for each in FILES:
    if each.parent.name == "actions":
        dotted = ".".join(each.relative_to(ROOT).with_suffix("").parts)
        ACTIONS.setdefault(each.stem, []).append(dotted)
ROWS = [
    line.split("|") for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ")
][1:]  # fmt: skip
WORDS = [
    (row[1].strip(), word) for row in ROWS for word in re.findall(r"`([\w.]+)`", "|".join(row[2:]))
]


def stands(word: str) -> bool:
    """Of `proposals.Reply` the model, of `review.accept` the verb, of `sign` some name at all."""
    first, _, last = word.partition(".")
    if not last:
        return word in NAMED
    if first in LABELS and last[0].isupper() and "." not in last:
        return last.lower() in apps.all_models[first] or last in DEFINED
    if first in ACTIONS:
        return any(hasattr(import_module(each), last) for each in ACTIONS[first])
    return word.rpartition(".")[2] in {*NAMED, "txt"}


def test_the_glossary_has_rows():
    assert len(ROWS) > 100
    assert len(WORDS) > 200


@pytest.mark.parametrize(("term", "word"), WORDS)
def test_what_the_glossary_names_is_there(term, word):
    assert stands(word), f"{term}: {word}"
