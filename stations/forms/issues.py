"""民情: what deputies and keepers fill in."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField, set_rows
from deputies.models import Message
from stations.models import Station
from stations.queries.issues import near


class RaiseIssueForm(forms.Form):
    """Which station, and what it is about in one line."""

    station = forms.ModelChoiceField(
        Station.objects.none(),
        label="转给哪个家站",
        empty_label="请选择",
        help_text="您进驻的家站排在最前",
        error_messages={"required": "请选择家站。", "invalid_choice": "没有这个家站，请重选。"},
    )
    title = LineField(
        label="什么事",
        max_length=60,
        help_text="一句话，例如：桃园村四组路灯不亮",
        error_messages={"required": "请用一句话写明什么事。", "max_length": "最多 60 字。"},
    )

    def __init__(self, *args: Any, message: Message, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["station"], near(message.deputy, today))


class SettleIssueForm(forms.Form):
    """What the voter will read."""

    result = forms.CharField(
        label="办理结果",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="这段话会答复给群众，请说清怎么办的、办到哪一步",
        error_messages={"required": "请填写办理结果。", "max_length": "最多 600 字。"},
    )
