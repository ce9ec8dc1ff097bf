"""What Django's stubs do not let a form say about its own fields."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


def set_choices(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    """The field offers these, which only the request could tell."""
    assert isinstance(field, forms.ChoiceField), "only a field of choices has any"  # noqa: S101  # a slip of ours
    field.choices = list(choices)


def set_rows(field: forms.Field, rows: QuerySet[Any], *, empty: str = "") -> None:
    """The field offers these rows, which only the request could tell; `empty` says: none yet."""
    assert isinstance(field, forms.ModelChoiceField), "only a field of rows has any"  # noqa: S101  # a slip of ours
    field.queryset = rows
    field.empty_label = empty or field.empty_label
