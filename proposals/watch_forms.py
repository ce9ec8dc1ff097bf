"""关注进展: an address, and what is followed. `site` is a field people never see."""

from django import forms

from congress.shared.forms import LineField
from proposals.forms import MOST


class WatchForm(forms.Form):
    """关注."""

    address = forms.EmailField(
        label="电子邮箱",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "电子邮箱"}),
        error_messages={
            "required": "请填电子邮箱。",
            "invalid": "这个邮箱看着不对，请检查一下，例如 name@example.com。",
            "max_length": "这个邮箱太长了。",
        },
    )
    site = LineField(required=False, max_length=200)

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).lower()
        if not address.isascii():
            raise forms.ValidationError("邮箱里只能有英文字母、数字和符号。")
        return address

    def clean_site(self) -> str:
        if self.cleaned_data["site"]:
            raise forms.ValidationError("没有送出，请重新填写。")
        return ""


class SubjectForm(forms.Form):
    """What is followed, as the address says it; anything else is no address of ours."""

    number = LineField(max_length=20, required=False)
    unit = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    area = forms.IntegerField(min_value=1, max_value=MOST, required=False)
