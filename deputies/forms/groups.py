"""小组: what staff fill in."""

from datetime import date
from typing import Any

from django import forms

from deputies.models import Deputy, DeputyGroup
from deputies.queries.groups import may_convene


class ConvenorForm(forms.Form):
    """One of the group's members."""

    deputy = forms.ModelChoiceField(
        Deputy.objects.none(),
        label="召集人",
        empty_label="请选择",
        help_text="只列出本组有账号的代表。名单里没有的，请先开户。",
        error_messages={
            "required": "请选择召集人。",
            "invalid_choice": "此人不在本组，或者还没有账号，请重选。",
        },
    )

    def __init__(self, *args: Any, group: DeputyGroup, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = may_convene(group, today)  # type: ignore[attr-defined]
