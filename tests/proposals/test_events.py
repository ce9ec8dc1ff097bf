"""One table of events: complete, and each read by whom it may be.

That all of it happens, and nothing else, is seen in the story of `test_visibility`.
"""

import ast

import pytest
from django.apps import apps
from django.conf import settings

from congress.shared.workflow import Stepped
from proposals.events import EVENTS, key_of, read_by
from proposals.readers import NOBODY, Reader
from proposals.recurring import Likeness
from proposals.states import Stage

NOT_OF_A_PROPOSAL = {"template_saved", "template_deleted"}
"""Deeds of a unit's own blocks of text."""
STEPS = sorted(
    (model._meta.label, str(was), str(now))
    for model in apps.get_app_config("proposals").get_models()
    if issubclass(model, Stepped)
    for was, after in model.STEPS.items()
    for now in after
)


@pytest.mark.parametrize("step", STEPS, ids=["-".join(step) for step in STEPS])
def test_every_step_of_every_table_is_an_event(step):
    assert key_of(*step) in EVENTS


def written():
    """Every deed that a verb writes beside the steps: the word, or how it begins."""
    for file in (settings.BASE_DIR / "proposals/actions").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "record":
                continue
            for word in ast.walk(node.args[1]):
                if isinstance(word, ast.Constant) and word.value:
                    yield word.value


def test_every_deed_that_a_verb_writes_is_an_event():
    known = {key.now for key in EVENTS}
    meetings = ("met", "confirmed", "denied", "taken_back", "waived", "excused")
    begun = {f"{deed}_" for deed in meetings}
    judged = {"alike_"}
    found = set(written()) - {1} - NOT_OF_A_PROPOSAL
    assert {"rated", "opined", "met_"} <= found
    assert found - begun - judged <= known
    assert {f"alike_{kind}" for kind in Likeness} <= known
    assert {f"{deed}{stage.value}" for deed in begun for stage in Stage} <= known


def test_opinions_never_reach_the_deputy_and_a_rating_reaches_nobody():
    for reader in (Reader.LEAD, Reader.SIGNER, Reader.PUBLIC):
        assert "opined" not in {key.now for key in read_by(reader)}
    secret = {key.now for key, event in EVENTS.items() if event.readers == NOBODY}
    assert secret == {"rated", "fulfilment_rated"}


def test_what_units_say_to_the_office_about_a_sheet_is_no_deputys():
    outside = Reader.LEAD | Reader.SIGNER | Reader.INVITED | Reader.PUBLIC
    between = [
        key for key in read_by(outside) if key.subject in ("proposals.Objection", "proposals.Sheet")
    ]
    assert between == []


@pytest.mark.parametrize("event", EVENTS.values(), ids=["-".join(key) for key in EVENTS])
def test_each_has_its_word_its_seal_and_its_colour(event):
    assert event.word
    assert len(event.seal) == 1
    assert event.colour in {"gold", "red", "blue", "ink"}
