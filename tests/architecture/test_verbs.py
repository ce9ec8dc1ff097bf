"""One verb, one name: function, reason, view, URL, test (style.md rule 7)."""

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
from django.urls import get_resolver

APPS = ("deputies", "proposals", "stations", "scoring")
TESTS = Path(__file__).parent.parent

WITHIN_ANOTHER = {
    "deputies.duties.report_fact": "upper apps report what already happened",
    "deputies.duties.report_facts": "the same, many at once",
    "deputies.duties.verify": "scoring.posting.verify_and_post is the verb people use",
    "deputies.roster.apply": "stations.places.apply_roster is the verb people use",
    "scoring.archive.seal_file": "the yearly run seals; nobody does it by hand",
    "scoring.archive.finish": "the yearly run ends the cycle itself",
}
"""Verbs that are steps of another verb: they have no view and no URL of their own."""


def modules(package: str):
    found = importlib.import_module(package)
    for info in pkgutil.iter_modules(found.__path__):
        yield importlib.import_module(f"{package}.{info.name}")


def verbs():
    for app in APPS:
        for module in modules(f"{app}.actions"):
            stage = module.__name__.rpartition(".")[2]
            for name, function in inspect.getmembers(module, inspect.isfunction):
                own = inspect.unwrap(function).__module__ == module.__name__
                if (
                    own
                    and not name.startswith("_")
                    and "by" in inspect.signature(function).parameters
                ):
                    yield app, stage, name.removesuffix("_all"), function


VERBS = sorted({(app, stage, name) for app, stage, name, _ in verbs()})
BY_HAND = [verb for verb in VERBS if ".".join(verb) not in WITHIN_ANOTHER]
IDS = [".".join(verb) for verb in BY_HAND]


def url_names(app: str) -> set[str]:
    _, resolver = get_resolver().namespace_dict[app]
    return {pattern.name for pattern in resolver.url_patterns}


def test_there_are_verbs_to_look_at():
    assert len(VERBS) > 20


@pytest.mark.parametrize(("app", "stage", "name"), BY_HAND, ids=IDS)
def test_every_verb_has_its_reason(app, stage, name):
    permissions = importlib.import_module(f"{app}.permissions")
    assert hasattr(permissions, f"why_not_{name}")


@pytest.mark.parametrize(("app", "stage", "name"), BY_HAND, ids=IDS)
def test_every_verb_has_its_view(app, stage, name):
    assert any(hasattr(module, name) for module in modules(f"{app}.views"))


@pytest.mark.parametrize(("app", "stage", "name"), BY_HAND, ids=IDS)
def test_every_verb_has_its_url(app, stage, name):
    assert name in url_names(app)


@pytest.mark.parametrize(("app", "stage", "name"), VERBS, ids=[".".join(v) for v in VERBS])
def test_every_verb_has_its_test(app, stage, name):
    texts = [path.read_text("utf-8") for path in (TESTS / app).glob("test_*.py")]
    assert any(f"{name}(" in text or f".{name}," in text for text in texts)


@pytest.mark.parametrize(("app", "stage", "name"), VERBS, ids=[".".join(v) for v in VERBS])
def test_every_verb_is_one_transaction_and_says_who(app, stage, name):
    functions = [f for a, s, n, f in verbs() if (a, s, n) == (app, stage, name)]
    for function in functions:
        assert inspect.signature(function).parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
        assert "atomic" in inspect.getsource(inspect.getmodule(function))
        assert inspect.getdoc(function), f"{name} says nothing of what is true afterwards"


def test_every_exception_names_a_verb_that_exists():
    assert set(WITHIN_ANOTHER) <= {".".join(verb) for verb in VERBS}
