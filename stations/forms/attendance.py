"""改正到场、请核对: what is filled in about one line of a roll."""

from typing import Any

from django import forms

from congress.shared.forms import LineField
from stations.actions.events import Mark
from stations.forms.rota import reason_field
from stations.models import Attendance, Presence


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

    words = reason_field("实际情况是", 100)
