"""积分账的核对: which congress and month, and the seal as it stands on paper."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField
from congress.shared.models import Assembly
from scoring.queries.anchors import why_not_printed


class MonthForm(forms.Form):
    """制作月报: of which congress, of which month."""

    assembly = forms.ModelChoiceField(
        Assembly.objects.all(),
        error_messages={"required": "请选择人大。", "invalid_choice": "没有这个人大。"},
    )
    month = forms.DateField(
        error_messages={"required": "请选择月份。", "invalid": "没有这个月份。"}
    )

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        return month.replace(day=1)


class HeadForm(forms.Form):
    """核对月报上的封签: number and digest, with or without the spaces of the paper."""

    number = forms.IntegerField(
        label="封签号",
        min_value=1,
        max_value=10**15,
        error_messages={
            "required": "请写月报上的封签号。",
            "invalid": "封签号是一个数字。",
            "min_value": "封签号从 1 开始。",
            "max_value": "没有这么大的封签号。",
        },
    )
    digest = LineField(
        label="摘要",
        max_length=120,
        help_text="64 位，空格可以不写。",
        error_messages={"required": "请写月报上的摘要。", "max_length": "摘要只有 64 位。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and (wrong := why_not_printed(found["number"], found["digest"])):
            raise forms.ValidationError(wrong)
        return found
