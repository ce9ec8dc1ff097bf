"""改正到场、请核对: what is filled in about one line of a roll."""

from typing import Any

from django import forms

from congress.shared.forms import LineField
from deputies.models import Deputy
from stations.actions.events import Mark
from stations.forms.roll import GuestsField
from stations.forms.rota import reason_field
from stations.models import Activity, Attendance, Presence


class CorrectAttendanceForm(forms.Form):
    """The mark as it should have been; `was` is what stood there when the page was opened."""

    presence = forms.ChoiceField(
        label="实际情况",
        choices=Presence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选实际情况。", "invalid_choice": "请选实际情况。"},
    )
    approver = LineField(
        label="请假的，谁批准的",
        max_length=40,
        required=False,
        help_text="只有请假才填，例如：主席王建国",
        error_messages={"max_length": "最多 40 字。"},
    )
    why = reason_field("为什么改（代表会看到）", 100)
    was = forms.CharField(widget=forms.HiddenInput, max_length=10)

    def __init__(self, *args: Any, attendance: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["approver"], self.initial["was"] = attendance.approver, attendance.presence

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        approver = said["approver"] if said["presence"] == Presence.LEAVE else ""
        mark = Mark(said["presence"], approver)
        return {"was": said["was"], "mark": mark, "why": said["why"]}


class ContestAttendanceForm(forms.Form):
    """What the deputy says of it."""

    words = LineField(
        label="实际情况是",
        max_length=100,
        error_messages={"required": "请写明实际情况。", "max_length": "最多 100 字。"},
    )


class AddToRollForm(forms.Form):
    """Who came, too, by name, and why it is told only now."""

    deputies = GuestsField(
        label="还有谁到了",
        max_length=1000,
        help_text="一行一个姓名；同名的写“姓名（职务）”",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写是哪几位代表。", "max_length": "最多 1000 字。"},
    )
    why = reason_field("为什么现在补登（代表会看到）", 100)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deputies = self.fields["deputies"]
        if isinstance(deputies, GuestsField):
            on_it = activity.attendances.values("deputy")
            deputies.may = Deputy.objects.serving(activity.held_on).exclude(pk__in=on_it)
