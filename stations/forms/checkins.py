"""现场签到: what a phone, a scanner or a hand sends."""

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms

from congress.shared.forms import LineField, set_rows
from deputies.models import Deputy
from stations.actions.checkins import Sent
from stations.models import Activity, CheckInWay
from stations.screen_codes import FIGURES

A_MONTH = 31 * 24 * 3600
CARD = re.compile(r"(?:^|/)([\w-]{16,32})/?$", re.ASCII)
"""The deputy's own code, alone or at the end of the address that a scanner reads."""


class SentForm(forms.Form):
    """What every check-in carries; without a script it is of this very moment and no device."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    device = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    age = forms.IntegerField(
        required=False, min_value=0, max_value=A_MONTH, widget=forms.HiddenInput
    )

    @property
    def sent(self) -> Sent:
        said = self.cleaned_data
        token: UUID = said.get("token") or uuid4()
        return Sent(token, said.get("device") or "", said.get("age") or 0)


class ArriveForm(SentForm):
    """Six figures, typed or read from the screen's QR code."""

    code = LineField(
        label="会场屏幕上的六位数",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "请输入会场屏幕上的六位数。", "max_length": "是六位数。"},
    )
    activity = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def clean_code(self) -> str:
        code = re.sub(r"\s", "", self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{FIGURES}}}", code, re.ASCII):
            raise forms.ValidationError("签到码是六位数字，请看会场的屏幕。")
        return code


class CardForm(SentForm):
    """代表码: the scanner types the address that the deputy's code holds."""

    card = LineField(
        label="扫代表码",
        max_length=200,
        help_text="扫代表手机上“我的代表码”：用扫码枪的先点一下输入框",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请扫代表码。", "max_length": "这不是代表码。"},
    )
    way = CheckInWay.CARD
    reason = ""

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_card(self) -> Deputy:
        found = CARD.search(self.cleaned_data["card"])
        deputy = Deputy.objects.filter(code=found[1]).first() if found else None
        if deputy is None:
            raise forms.ValidationError("这不是现在有效的代表码，请重扫，或者按名单代签。")
        return deputy

    @property
    def deputy(self) -> Deputy:
        found: Deputy = self.cleaned_data["card"]
        return found


class PersonField(forms.ModelChoiceField[Deputy]):
    def label_from_instance(self, deputy: Deputy) -> str:
        return f"{deputy.name}（{deputy.job}）" if deputy.job else deputy.name


class HandForm(SentForm):
    """按名单代签: known by sight, with the reason why they did not sign in themselves."""

    person = PersonField(
        Deputy.objects.none(),
        label="哪位代表",
        empty_label="请选择",
        error_messages={"required": "请选代表。", "invalid_choice": "请重选代表。"},
    )
    why = LineField(
        label="为什么代签",
        max_length=100,
        help_text="例如：手机没电；本人不用手机",
        error_messages={"required": "请写明为什么代签。", "max_length": "最多 100 字。"},
    )
    way = CheckInWay.HAND

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        called = Deputy.objects.filter(calls__activity=activity).in_name_order()
        set_rows(self.fields["person"], called)

    @property
    def deputy(self) -> Deputy:
        found: Deputy = self.cleaned_data["person"]
        return found

    @property
    def reason(self) -> str:
        said: str = self.cleaned_data["why"]
        return said
