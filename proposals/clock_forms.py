"""时限 as forms: a pause, its end, more months."""

from collections.abc import Mapping

from django import forms

from congress.shared.models import Session
from proposals.forms import text_field


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填日期。",
            "invalid": "日期看不懂，请写成 2026-05-12 这样。",
        },
    )


class PauseForm(forms.Form):
    """暂停计时."""

    from_on = day_field("从哪一天起暂停")
    reason = text_field("为什么暂停", most=200, missing="请写明原因。")
    agreed_with = text_field(
        "经谁同意",
        most=60,
        missing="请写明经谁同意。",
        help_text="例如：领衔代表某某。单位和领衔代表会看到，公开页上不写。",
    )


class ResumeForm(forms.Form):
    """恢复计时."""

    until_on = day_field(
        "从哪一天起恢复",
        "这一天起重新计时，暂停的天数顺延。登记错了的，填暂停开始的那一天，暂停就撤销，期限不变；"
        "要改日期、原因的，撤销以后重新登记。",
    )


class AskExtensionForm(forms.Form):
    """申请延期."""

    months = forms.TypedChoiceField(label="延几个月", coerce=int, widget=forms.RadioSelect)
    reason = text_field(
        "理由",
        most=300,
        lines=3,
        missing="请写明理由。",
    )

    def __init__(
        self, data: Mapping[str, object] | None = None, *, most: int, session: Session
    ) -> None:
        super().__init__(data)
        readers = f"领衔代表和{session.offices}都会看到。"
        self.fields["reason"].help_text = f"写清为什么办不完、打算什么时候办完。{readers}"
        field = self.fields["months"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  # declared above
        field.choices = [(each, f"{each} 个月") for each in range(1, max(most, 1) + 1)]


class GrantForm(forms.Form):
    """批准延期."""

    words = text_field(
        "批复", most=200, help_text="单位和领衔代表会看到，例如：同意，请按新的期限办复。"
    )


class RefuseExtensionForm(forms.Form):
    """不同意延期."""

    words = text_field("为什么不同意", most=200, missing="请写明为什么，单位会看到。")


class RecomputeForm(forms.Form):
    """调整期限: what is confirmed is what was shown."""

    seal = forms.CharField(widget=forms.HiddenInput, max_length=16)
