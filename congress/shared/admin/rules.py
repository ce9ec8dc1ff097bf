"""本地规则 in the browser admin: chosen by name, and a figure that cannot be is refused."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from congress.shared import clock
from congress.shared.admin.base import ReferenceAdmin
from congress.shared.local_rules import REGISTRY, field_of
from congress.shared.models import Setting


def by_field() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every rule by its name, in groups, as a form's choices."""
    groups = groupby(REGISTRY.values(), field_of)
    return [(name, [(rule.key, rule.name) for rule in rules]) for name, rules in groups]


class SettingForm(forms.ModelForm[Setting]):
    """One figure in force from a day on."""

    key = forms.ChoiceField(
        label="规则",
        choices=by_field,
        error_messages={"invalid_choice": "没有这条规则，请从单子里选。"},
    )

    class Meta:
        model = Setting
        fields = ("key", "value", "from_on", "basis")
        help_texts = {
            "from_on": "从这一天起用；以前的日子照旧。",
            "basis": "哪次会议、哪个文件定的。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["key"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        key, value = found.get("key") or self.instance.key, found.get("value")
        if key in REGISTRY and value is not None and (reason := REGISTRY[key].why_not(value)):
            self.add_error("value", reason)
        return found


@admin.register(Setting)
class SettingAdmin(ReferenceAdmin[Setting]):
    """所有改过的数值, the newest of each rule first; 本地规则 itself lists what is in force."""

    form = SettingForm
    list_display = ("rule", "value", "from_on", "basis")
    search_fields = ("basis",)

    @admin.display(description="规则", ordering="key")
    def rule(self, row: Setting) -> str:
        known = REGISTRY.get(row.key)
        return known.name if known else row.key

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The rule whose 改 was pressed, from today."""
        return {"key": request.GET.get("key", ""), "from_on": clock.today()}

    def get_readonly_fields(
        self, request: HttpRequest, obj: Setting | None = None
    ) -> tuple[str, ...]:
        return ("rule",) if obj else ()

    def get_fields(self, request: HttpRequest, obj: Setting | None = None) -> tuple[str, ...]:
        """A row once written stays of its rule."""
        return ("rule" if obj else "key", "value", "from_on", "basis")
