"""更正资料: a person's facts as the desk types them."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.names import clean_name
from deputies.entries import NATIONS
from deputies.forms.seats import words
from deputies.models import Deputy


class CorrectForm(forms.Form):
    """What stands in the register is filled in."""

    name = words("姓名", 20)
    sex = forms.ChoiceField(label="性别", choices=[("男", "男"), ("女", "女")])
    nation = words("民族", 20)
    birth_month = forms.RegexField(
        r"^(19|20)[0-9]{2}[-.](0[1-9]|1[0-2])\Z",
        label="出生年月",
        error_messages={
            "required": "请填写出生年月。",
            "invalid": "出生年月请写成 1985.06 这样。",
        },
    )
    party = words("党派", 30, required=False)
    education = words("学历", 20, required=False)
    job = words("工作单位及职务", 80, required=False)
    phone = forms.RegexField(
        r"^[0-9]{11}\Z",
        label="联系电话",
        required=False,
        error_messages={"invalid": "联系电话应为 11 位数字。"},
    )

    def __init__(self, *args: Any, deputy: Deputy, **kwargs: Any) -> None:
        known = {name: getattr(deputy, name) for name in self.base_fields}
        known["birth_month"] = f"{deputy.birth_month:%Y.%m}"
        super().__init__(*args, **{"initial": known, **kwargs})

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("请填写姓名。")
        return name

    def clean_nation(self) -> str:
        nation: str = self.cleaned_data["nation"]
        if nation not in NATIONS:
            raise forms.ValidationError(f"民族目录里没有“{nation}”，请写全称，如“土家族”。")
        return nation

    def clean_birth_month(self) -> date:
        return date.fromisoformat(f"{self.cleaned_data['birth_month'].replace('.', '-')}-01")
