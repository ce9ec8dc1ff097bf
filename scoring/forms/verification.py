"""核对与核实: the filters in the address, the chosen records, and the words of a return."""

from typing import Any

from django import forms

from congress.shared.forms import LineField, set_choices
from congress.shared.models import Area
from deputies.models import DeputyGroup, DutyItem

REASONS = (
    "照片里看不出是您本人，请换一张。",
    "照片不是当天的，请换一张当天的。",
    "与已有记录重复，请核对日期；确实是两次的，请写明。",
    "不属于这一事项，请改报。",
    "佐证看不清，请重新拍一张。",
)
"""退回原因: sentences that deputies meet as they stand."""
LONGEST = 120


class QueueFilter(forms.Form):
    """What of the queue to see; an address mistyped shows all."""

    item = forms.ChoiceField(label="事项", required=False)
    area = forms.TypedChoiceField(label="乡镇", coerce=int, empty_value=None, required=False)
    source = forms.ChoiceField(
        label="来源",
        choices=[("", "全部"), ("self", "本人上报"), ("organiser", "组织方登记")],
        required=False,
    )
    group = forms.TypedChoiceField(label="小组", coerce=int, empty_value=None, required=False)
    q = LineField(label="姓名", max_length=20, required=False)
    age = forms.ChoiceField(
        label="期限",
        choices=[("", "全部"), ("late", "已超期的"), ("soon", "临近期限的")],
        required=False,
    )
    sort = forms.ChoiceField(
        label="排序",
        choices=[("", "最早的在前"), ("doubt", "有提示的在前")],
        required=False,
    )
    only = forms.ChoiceField(
        choices=[("", ""), ("doubt", ""), ("other", ""), ("returned", "")], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = DutyItem.objects.values_list("code", "short_name")
        areas = Area.objects.filter(parent__parent=None, parent__isnull=False)
        set_choices(self.fields["item"], [("", "全部"), *items])
        places = [("", "全部"), *areas.values_list("pk", "short_name")]
        set_choices(self.fields["area"], places)
        groups = DeputyGroup.objects.order_by("area", "name").values_list("pk", "name")
        set_choices(self.fields["group"], [("", "全部"), *groups])

    def wanted(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def more(self) -> bool:
        """Whether a filter is set that the first line does not show."""
        return any(self.cleaned_data.get(name) for name in ("source", "group", "q", "age", "sort"))


class Numbers(forms.Field):
    """Record numbers ticked in a list; what is no number is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        return [int(each) for each in value or [] if str(each).isdecimal() and len(each) < 19]


class ChosenForm(forms.Form):
    """The records ticked."""

    records = Numbers()

    def numbers(self) -> list[int]:
        """What is ticked, as far as it makes sense."""
        return self.cleaned_data["records"] if self.is_valid() else []


class SendBackForm(forms.Form):
    """退回: one of the sentences, one's own words, or both; the deputy reads exactly this."""

    ready = forms.ChoiceField(
        label="选一句",
        choices=[(each, each) for each in REASONS],
        required=False,
        widget=forms.RadioSelect,
    )
    words = LineField(
        label="补一句，或另写一句",
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": "最多 120 字，现在是 %(show_value)s 字。"},
    )

    def clean(self) -> dict[str, Any]:
        """Both parts together are the reason, and there must be one."""
        cleaned = super().clean() or {}
        reason = f"{cleaned.get('ready', '')}{cleaned.get('words', '')}".strip()
        if not reason:
            raise forms.ValidationError("退回必须写明原因，代表会看到这句话。")
        if len(reason) > LONGEST:
            raise forms.ValidationError(f"最多 {LONGEST} 字，现在是 {len(reason)} 字。")
        return {"reason": reason}
