"""反复提: what the office fills in."""

from django import forms

from proposals.forms import text_field
from proposals.recurring import Likeness


class ReviseLikenessForm(forms.Form):
    """改认定: the other kind and why."""

    kind = forms.ChoiceField(
        label="改为",
        choices=Likeness.choices,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选一种。", "invalid_choice": "请选一种。"},
    )
    note = text_field("为什么改", most=200, missing="改认定要写明为什么。")
