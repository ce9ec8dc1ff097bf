"""您写的都还在: what a person typed, in words they know, when a form could not be taken."""

import inspect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from congress.shared.http import kept_fields

NOT_TYPED = re.compile(r"[0-9]*|[0-9a-f-]{16,}|[a-z_][a-z0-9_.-]*|on")
"""Row numbers, keys and the codes of choices: the page wrote them, not the person."""
PLUMBING = {"token", "digest", "seen", "next", "action", "select_across", "_selected_action"}


Forms = Sequence[type[forms.Form]]


@dataclass(frozen=True)
class Kept:
    """One answer; without a label when no form of ours knows the field."""

    label: str
    text: str


def kept_words(request: HttpRequest) -> list[Kept]:
    """Every field that was filled in, under its label; tokens, row numbers and codes left out."""
    pairs = [(name, value.strip()) for name, value in kept_fields(request)]
    forms_meant = _likeliest_forms({name for name, _ in pairs}, request)
    said = [
        (_label(name, forms_meant), _words(_field(name, forms_meant), value))
        for name, value in pairs
        if name not in PLUMBING
    ]
    return [Kept(label, text) for label, text in said if text]


def _field(name: str, forms_meant: Forms) -> forms.Field | None:
    return next((form.base_fields.get(name) for form in forms_meant), None)


def _label(name: str, forms_meant: Forms) -> str:
    """What the field is called; nothing when it may be one of several that are called otherwise."""
    fields = (form.base_fields.get(name) for form in forms_meant)
    labels = {str(field.label or "") for field in fields if field}
    return labels.pop() if len(labels) == 1 else ""


def _words(field: forms.Field | None, value: str) -> str:
    """The answer as it stood on the screen; empty when nobody typed it."""
    if field is None or field.widget.is_hidden or isinstance(field, forms.ModelChoiceField):
        return "" if NOT_TYPED.fullmatch(value) else value
    if isinstance(field, forms.ChoiceField):
        return next((str(words) for code, words in _choices(field) if str(code) == value), "")
    return "是" if isinstance(field, forms.BooleanField) and value else value


def _choices(field: forms.ChoiceField) -> Iterable[tuple[object, object]]:
    choices: Any = field.choices
    for code, words in choices:
        yield from words if isinstance(words, list | tuple) else [(code, words)]


def _likeliest_forms(names: set[str], request: HttpRequest) -> Forms:
    """The form classes that know most of these fields; of equals those that the view itself names.

    Then those of its module, then those with fewest other fields.
    """
    of_view, of_module = _forms_named(request)

    def fit(form: type[forms.Form]) -> tuple[int, int, int]:
        nearness = (form in of_view) + (form in of_module)
        return len(names & form.base_fields.keys()), nearness, -len(form.base_fields)

    fits = [(fit(form), form) for form in _forms(forms.Form)]
    best = max((each for each, _ in fits), default=(0, 0, 0))
    return [form for each, form in fits if each == best and best[0]]


def _forms_named(request: HttpRequest) -> tuple[Forms, Forms]:
    """Those whose names stand in the view that took the request, and those of its module."""
    match = request.resolver_match
    view = inspect.unwrap(match.func) if match else None
    if not inspect.isfunction(view):
        return [], []
    known = {
        name: each
        for name, each in view.__globals__.items()
        if isinstance(each, type) and issubclass(each, forms.Form)
    }
    return [known[name] for name in view.__code__.co_names if name in known], list(known.values())


def _forms(parent: type[forms.Form]) -> Iterable[type[forms.Form]]:
    for child in parent.__subclasses__():
        yield child
        yield from _forms(child)
