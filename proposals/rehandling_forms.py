"""重新办理、当面协商、评价拆看 as forms."""

from collections.abc import Mapping

from django import forms

from congress.shared.forms import set_choices
from proposals.forms import text_field


class ProlongForm(forms.Form):
    """延长期限: by how many months, and why."""

    months = forms.TypedChoiceField(
        label="延长几个月",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选延长几个月。", "invalid_choice": "请选延长几个月。"},
    )
    reason = text_field(
        "为什么延长",
        most=200,
        lines=3,
        missing="请写明为什么延长。",
        help_text="承办单位和领衔代表会原样看到。只延一次。",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, most: int) -> None:
        super().__init__(data, initial={"months": 1})
        many = range(1, max(most, 1) + 1)
        set_choices(self.fields["months"], [(each, f"{each} 个月") for each in many])


class TakeBackForm(forms.Form):
    """撤回重新办理."""

    reason = text_field(
        "为什么撤回",
        most=200,
        lines=3,
        missing="请写明为什么撤回。",
        help_text="承办单位和领衔代表会原样看到。以后可以再要求。",
    )


class ConveneForm(forms.Form):
    """召集双方: day and place."""

    meets_on = forms.DateField(
        label="哪一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填日期。",
            "invalid": "日期看不懂，请写成 2026-05-12 这样。",
        },
    )
    place = text_field(
        "在哪里",
        most=60,
        missing="请写在哪里协商。",
        help_text="领衔代表和承办单位会收到日期和地点。",
    )


class MoveForm(ConveneForm):
    """改期: the new day and place, and why."""

    reason = text_field(
        "为什么改期",
        most=200,
        lines=3,
        missing="请写明为什么改期。",
        help_text="领衔代表和承办单位会原样看到。",
    )


class CallOffForm(forms.Form):
    """取消协商."""

    reason = text_field(
        "为什么取消",
        most=200,
        lines=3,
        missing="请写明为什么取消。",
        help_text="领衔代表和承办单位会原样看到。以后可以再召集。",
    )


class RecordForm(forms.Form):
    """记录协商结果: who came, what was agreed."""

    people = text_field("谁到了场", most=200, missing="请写谁到了场。")
    agreed = text_field("商定了什么", most=500, lines=4, missing="请写商定了什么。")


class OpeningForm(forms.Form):
    """申请拆看: why, as the deputy will read it."""

    reason = text_field(
        "为什么要拆看",
        most=200,
        lines=3,
        missing="请写明为什么要拆看。",
        help_text="例如：代表来信说不是本人评的，要核对。评价的代表会原样看到。",
    )


class RefuseOpeningForm(forms.Form):
    """不予拆看: why, as whoever asked will read it."""

    reason = text_field(
        "为什么不予拆看",
        most=200,
        lines=3,
        missing="请写明为什么不予拆看。",
        help_text="申请的人会原样看到；评价的代表和承办单位都不会收到通知。",
    )
