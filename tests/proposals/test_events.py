"""One table of events: complete, nothing over, and nobody is told of what they may not read."""

import ast

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from congress.shared.workflow import Stepped
from proposals.events import EVENTS, NOBODY, Reader, key_of, read_by
from proposals.recurring import Likeness
from proposals.states import Stage
from tests import make
from tests.proposals.story import story
from tests.scoring.facts import on

NOT_OF_A_PROPOSAL = {"template_saved", "template_deleted"}
"""Deeds of a unit's own blocks of text."""
STEPS = sorted(
    (model._meta.label, str(was), str(now))
    for model in apps.get_app_config("proposals").get_models()
    if issubclass(model, Stepped)
    for was, after in model.STEPS.items()
    for now in after
)


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The whole story once; the database forgets it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic(), on(make.TODAY):
        yield story()
        transaction.set_rollback(True)


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


@pytest.mark.django_db
def test_everything_that_the_table_names_happens_and_nothing_else(told):
    seen = [
        key_of(step.subject, step.was, step.now) for each in told.chapters for step in each.steps
    ]
    assert None not in seen
    assert set(seen) == set(EVENTS)


@pytest.mark.django_db
def test_whoever_is_told_of_an_event_is_among_those_who_may_read_it(told):
    assert sum(len(each.notices) for each in told.chapters) > 50
    wrong = [(n.person.name, n.text) for each in told.chapters for n in each.told_too_much]
    assert wrong == []


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
