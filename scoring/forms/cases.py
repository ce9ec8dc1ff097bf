"""What the forms of talks, advice and commendation are made of."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from congress.shared.forms import LineField
from congress.shared.models import User

LONGEST = "最多 %(limit_value)s 字，现在是 %(show_value)s 字。"


def a_line(label: str, most: int, *, hint: str = "", required: bool = True) -> LineField:
    return LineField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        error_messages={"required": f"请填写{label}。", "max_length": LONGEST},
    )


def a_text(
    label: str, most: int, *, hint: str = "", rows: int = 4, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"请填写{label}。", "max_length": LONGEST},
    )


def a_day(label: str, *, hint: str = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}。", "invalid": "日期请写成 2026-05-12 这样。"},
    )


def an_hour(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": f"请填写{label}。", "invalid": "时间请写成 14:30 这样。"},
    )


def a_number(label: str, *, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=9999,
        error_messages={
            "required": f"请填写{label}。",
            "invalid": f"{label}请写数字。",
            "min_value": f"{label}至少是 {least}。",
            "max_value": f"{label}太大了，请核对。",
        },
    )


class PersonField(forms.ModelChoiceField[User]):
    """One of a few people, by name; those who share one by their account, too."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        wrong = f"请选择{label}。"
        super().__init__(
            User.objects.none(),
            label=label,
            help_text=hint,
            empty_label="请选择",
            error_messages={"required": wrong, "invalid_choice": wrong},
        )

    def offer(self, people: QuerySet[User]) -> None:
        """These may be chosen."""
        self.queryset = people
        names = [each.name for each in people]
        self.twice = {name for name in names if names.count(name) > 1}

    def label_from_instance(self, user: User) -> str:
        return f"{user.name}（{user.username}）" if user.name in self.twice else user.name


def at_moment(cleaned: dict[str, Any], day: str, hour: str) -> datetime:
    """The day and the hour of a valid form as one moment of the county's clocks."""
    on: date = cleaned[day]
    return timezone.make_aware(datetime.combine(on, cleaned[hour]))


class ListFilter(forms.Form):
    """The address of a list; a slip shows what waits."""

    only = LineField(required=False, max_length=20)
    q = LineField(label="姓名", max_length=20, required=False)
    cycle = forms.IntegerField(required=False, min_value=1, max_value=2**31)

    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}
