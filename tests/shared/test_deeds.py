"""办理痕迹 in words: no code of the trail is left for people to guess."""

import ast

import pytest
from django.apps import apps
from django.conf import settings

from congress.shared.deeds import DEEDS, deed_words, subject_words
from congress.shared.workflow import Stepped
from proposals.states import Stage
from scoring.states import Step

APPS = ("congress", "deputies", "proposals", "stations", "scoring")
WRITERS = {"record", "record_all", "trail", "leave_trail"}


def literals():
    """Every deed that some verb writes as a word of its own: (file, deed)."""
    for app in APPS:
        for file in (settings.BASE_DIR / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in WRITERS
                if named and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                    yield f"{file.name}: {node.args[1].value}", node.args[1].value


def test_every_deed_that_a_verb_writes_has_its_words():
    found = list(literals())
    assert len(found) > 8
    assert [where for where, deed in found if deed not in DEEDS] == []
    staged = [f"{act}_{stage}" for act in ("met", "confirmed") for stage in Stage.values]
    parties = [f"appraised_{step}" for step in Step.values if step != Step.COMMITTEE]
    assert set(staged + parties) <= set(DEEDS)


@pytest.mark.parametrize("model", [m for m in apps.get_models() if issubclass(m, Stepped)])
def test_every_state_is_said_in_the_words_of_its_model(model):
    for code, label in model._meta.get_field("state").flatchoices:
        assert deed_words(model._meta.label, code) == label


def test_what_is_unknown_is_said_as_it_stands():
    assert deed_words("gone.Model", "mystery") == "mystery"
    assert subject_words("gone.Model") == "gone.Model"
    assert subject_words("proposals.Proposal") == "建议"
    assert deed_words("proposals.Proposal", "") == ""
