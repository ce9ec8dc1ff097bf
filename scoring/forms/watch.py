"""值得一看: the filters of the staff boards."""

from typing import Any

from django import forms

from congress.shared.forms import set_choices
from scoring.forms.board import BoardForm
from scoring.oddities import SIGNS


class QuietForm(BoardForm):
    """本季度: invited or not."""

    called = forms.ChoiceField(
        label="受邀",
        required=False,
        choices=[("", "受邀过没有都看"), ("never", "本季度没有受邀"), ("some", "受邀过")],
    )


class OutlierForm(BoardForm):
    """异常值: the high or the low ones."""

    side = forms.ChoiceField(
        label="哪一边",
        required=False,
        choices=[("", "偏高偏低都看"), ("high", "偏高"), ("low", "偏低")],
    )


class OddityForm(BoardForm):
    """请核对: one kind of sign."""

    sign = forms.ChoiceField(label="哪种提示", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self.fields["sign"], [("", "全部提示"), *SIGNS.items()])


def chosen(form: forms.Form, name: str) -> str:
    """What the filter says; a slip is nothing."""
    form.is_valid()
    return form.cleaned_data.get(name) or ""
