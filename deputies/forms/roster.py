"""名册导入、代表开户: what staff fill in."""

from datetime import date

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.files.uploadedfile import UploadedFile

from deputies.sheets import MOST_BYTES
from deputies.states import SheetKind


class UploadForm(forms.Form):
    """The sheet and the day from which new deputies sit, `until` at the latest."""

    kind = forms.ChoiceField(
        label="这是什么表",
        choices=SheetKind,
        initial=SheetKind.ROSTER,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择这是什么表。"},
    )
    file = forms.FileField(
        label="表格文件",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        allow_empty_file=True,
        max_length=200,
        error_messages={
            "required": "请选择表格文件。",
            "max_length": "文件名太长，请改短一些再上传。",
        },
    )
    elected_on = forms.DateField(
        label="换届日期",
        required=False,
        help_text="导入名册才要填：新增的代表从这一天起任职。补选的，写补选当选的日期。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期请写成 2021-12-01 这样。"},
    )

    def __init__(self, *args: object, until: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed through untouched
        self.until = until

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("文件超过 30 MB，请检查是不是选错了文件。")
        return file

    def clean_elected_on(self) -> date | None:
        day: date | None = self.cleaned_data["elected_on"]
        if self.cleaned_data.get("kind") != SheetKind.ROSTER:
            return None
        if day is None:
            raise forms.ValidationError("请填写换届日期。")
        if day > self.until:
            raise forms.ValidationError("换届日期还没到。要提前导入下一届名册，请先办理换届。")
        return day


class OpenAccountForm(forms.Form):
    """The account's name, and a first password that the deputy is told."""

    username = forms.RegexField(
        r"^[A-Za-z0-9_.-]{3,40}$",
        label="账号",
        help_text="代表用它登录，一般用代表证号。",
        error_messages={
            "required": "请填写账号。",
            "invalid": "账号用 3 到 40 个字母、数字，不能有空格和汉字。",
        },
    )
    password = forms.CharField(
        label="初始密码",
        help_text="至少 8 位，不能全是数字。请当面告诉代表本人。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),  # to be read out to the deputy
        error_messages={"required": "请填写初始密码。"},
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
