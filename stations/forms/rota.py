"""轮值: what keepers, offices and deputies fill in."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField, set_rows
from deputies.models import Deputy
from stations.models import RotaSlot, Station
from stations.queries.rota import can_take, serving_at, turns_of_others
from stations.wording import day_words

NEEDED = "请写明原因。"
DAY = {"required": "请选日期。", "invalid": "日期不对，请按 2026-05-12 这样填。"}
OTHER = {"required": "请选一位代表。", "invalid_choice": "这位代表现在不能接这一班，请重选。"}


def date_field(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=DAY)


def reason_field(label: str, longest: int = 60) -> LineField:
    messages = {"required": NEEDED, "max_length": f"最多 {longest} 字，现在是 %(show_value)s 字。"}
    return LineField(label=label, max_length=longest, error_messages=messages)


class DeputyField(forms.ModelChoiceField[Deputy]):
    def label_from_instance(self, deputy: Deputy) -> str:
        return f"{deputy.name}（{deputy.job}）" if deputy.job else deputy.name


class TurnField(forms.ModelChoiceField[RotaSlot]):
    def label_from_instance(self, slot: RotaSlot) -> str:
        return f"{day_words(slot.day.held_on)} {slot.day.station}：{slot.deputy.name}"


class MoveDayForm(forms.Form):
    """Where the day goes, and what voters read of why."""

    to = date_field("改到哪一天")
    reason = reason_field("改期原因", 40)


class SubstituteForm(forms.Form):
    """Who takes the turn."""

    deputy = DeputyField(
        Deputy.objects.none(), label="谁来替班", empty_label="请选择", error_messages=OTHER
    )
    reason = reason_field("替班原因")

    def __init__(self, *args: Any, slot: RotaSlot, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["deputy"], can_take(slot, today))


class AskSwapForm(forms.Form):
    """Whom one asks, and for which of their turns in exchange, if for any."""

    asked = DeputyField(
        Deputy.objects.none(), label="请谁来", empty_label="请选择", error_messages=OTHER
    )
    theirs = TurnField(
        RotaSlot.objects.none(),
        label="换回哪一班",
        required=False,
        empty_label="不换回，请对方替一次",
        error_messages={"invalid_choice": "这一班现在不能换，请重选。"},
    )
    words = LineField(
        label="说一句", max_length=60, required=False, error_messages={"max_length": "最多 60 字。"}
    )

    def __init__(self, *args: Any, slot: RotaSlot, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["asked"], can_take(slot, today))
        set_rows(self.fields["theirs"], turns_of_others(slot, today))


class RefuseSwapForm(forms.Form):
    words = LineField(
        label="说一句", max_length=60, required=False, error_messages={"max_length": "最多 60 字。"}
    )


class LeaveForm(forms.Form):
    """The days on which one cannot come."""

    from_on = date_field("从哪一天")
    to_on = date_field("到哪一天")
    reason = reason_field("原因")


class StationLeaveForm(LeaveForm):
    """The same for somebody who serves at this place and rang up."""

    deputy = DeputyField(
        Deputy.objects.none(),
        label="哪位代表",
        empty_label="请选择",
        error_messages={
            "required": "请选一位代表。",
            "invalid_choice": "此人不在这里进驻，请重选。",
        },
    )
    field_order = ("deputy",)

    def __init__(self, *args: Any, station: Station, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["deputy"], serving_at(station, today))


class CameForm(forms.Form):
    came = forms.TypedChoiceField(choices=[("1", "到岗"), ("0", "缺岗")], coerce=lambda v: v == "1")


class RotaFilterForm(forms.Form):
    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    gaps = forms.BooleanField(required=False)
