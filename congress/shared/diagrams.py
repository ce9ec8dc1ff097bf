"""docs/workflows.md, drawn from the step tables, so that it cannot lie."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings

from congress.shared.workflow import Stepped

PATH = settings.BASE_DIR / "docs" / "workflows.md"
HEAD = """# Workflows

Drawn from the `STEPS` tables by `./manage.py draw_workflows`; `make check` fails when it is stale.
Every arrow is one verb in `actions/`, taken under a row lock and written into the audit trail.
"""


def walkers() -> list[type[Stepped]]:
    models = [model for model in apps.get_models() if issubclass(model, Stepped)]
    return sorted(models, key=lambda model: model._meta.label)


def _lines(model: type[Stepped]) -> Iterator[str]:
    field = model._meta.get_field("state")
    labels = dict(field.flatchoices)
    yield f"\n## {model._meta.verbose_name} (`{model._meta.label}`)\n"
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state, label in labels.items():
        yield f'    state "{label}" as {state}'
    begins = {str(field.get_default()), *map(str, model.ALSO_BEGINS)}
    for state in labels:
        if state in begins:
            yield f"    [*] --> {state}"
    for state in labels:
        targets = sorted(model.STEPS[state])
        for target in targets:
            yield f"    {state} --> {target}"
        if not targets:
            yield f"    {state} --> [*]"
    yield "```"


def workflows() -> str:
    """The whole document: one diagram for each record that walks through states."""
    body = "\n".join(line for model in walkers() for line in _lines(model))
    return f"{HEAD}{body}\n"
