"""您写的都还在: what a person typed, in words they know, when a form could not be taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from congress.shared.http import kept_fields

NOT_TYPED = re.compile(r"[0-9]*|[0-9a-f-]{16,}|[a-z_][a-z0-9_.-]*|on")
"""Row numbers, keys and the codes of choices: the page wrote them, not the person."""
PLUMBING = {"token", "next", "action", "select_across", "_selected_action"}


@dataclass(frozen=True)
class Kept:
    """One answer; without a label when no form of ours knows the field."""

    label: str
    text: str


def kept_words(request: HttpRequest) -> list[Kept]:
    """Every field that was filled in, under its label; tokens, row numbers and codes left out."""
    pairs = [(name, value.strip()) for name, value in kept_fields(request)]
    form = _likeliest_form({name for name, _ in pairs})
    known = form.base_fields if form else {}
    said = [
        (str(field.label or "") if (field := known.get(name)) else "", _words(field, value))
        for name, value in pairs
        if name not in PLUMBING
    ]
    return [Kept(label, text) for label, text in said if text]


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


def _likeliest_form(names: set[str]) -> type[forms.Form] | None:
    """The form class that knows most of these fields; of equals the one with fewest others."""
    fits = [(len(names & form.base_fields.keys()), form) for form in _forms(forms.Form)]
    best = max(fits, key=lambda fit: (fit[0], -len(fit[1].base_fields)), default=None)
    return best[1] if best and best[0] else None


def _forms(parent: type[forms.Form]) -> Iterable[type[forms.Form]]:
    for child in parent.__subclasses__():
        yield child
        yield from _forms(child)
