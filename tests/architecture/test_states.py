import pytest
from django.apps import apps

from congress.shared import diagrams
from congress.shared.workflow import Stepped

WALKERS = [model for model in apps.get_models() if issubclass(model, Stepped)]


@pytest.mark.parametrize("model", WALKERS, ids=lambda model: model._meta.label)
def test_every_state_says_what_may_follow_and_every_state_can_be_reached(model):
    field = model._meta.get_field("state")
    states = {value for value, _ in field.flatchoices}
    assert set(model.STEPS) == states
    reached, frontier = set(), {str(field.get_default()), *map(str, model.ALSO_BEGINS)}
    while frontier:
        reached |= frontier
        frontier = {str(to) for state in frontier for to in model.STEPS[state]} - reached
    assert reached == states


def test_the_drawn_workflows_are_what_the_tables_say():
    assert diagrams.PATH.read_text("utf-8") == diagrams.workflows(), "./manage.py draw_workflows"


def test_every_state_that_is_drawn_has_an_arrow_into_it():
    drawings = diagrams.workflows().split("```")[1::2]
    for model, drawing in zip(diagrams.walkers(), drawings, strict=True):
        for state, _ in model._meta.get_field("state").flatchoices:
            assert f"--> {state}\n" in drawing, f"{model._meta.label}: {state}"
