"""What is filled in at 重点督办 and 常态查. Rules stay in `permissions`."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from congress.shared.forms import PicturesField, set_choices, set_rows
from congress.shared.models import Organisation, User
from congress.shared.models.places import OrganisationKind
from deputies.actions import photos
from proposals.forms import text_field
from proposals.permissions.supervision import Decision
from proposals.queries.people import of_leaders
from proposals.supervision_states import Finding, KeyKind


def day_field(label: str, missing: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": missing, "invalid": "日期写成 2026-05-12 这样。"},
    )


class DecideForm(forms.Form):
    """主任会议的决定."""

    year = forms.TypedChoiceField(label="列入哪一年的重点", coerce=int)
    kind = forms.ChoiceField(
        label="怎样督办",
        choices=KeyKind,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选怎样督办。"},
    )
    leader = forms.ModelChoiceField(
        label="由哪位领导领衔督办",
        queryset=User.objects.none(),
        required=False,
        empty_label="（选“常委会领导领衔督办”时再选）",
    )
    medium = text_field("由哪家媒体督办", most=60, help_text="选“媒体舆论督办”时再填。")
    decided_on = day_field("主任会议是哪天开的", "请填主任会议的日期。")
    minute_number = text_field(
        "会议纪要文号",
        most=40,
        missing="请填会议纪要的文号。",
        help_text="例如：主任会议纪要〔2026〕4 号。",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, today: date, year: int) -> None:
        super().__init__(data, initial={"year": year, "decided_on": today})
        years = (today.year, today.year + 1)
        set_choices(self.fields["year"], [(each, f"{each} 年") for each in years])
        people = User.objects.filter(pk__in=[each.pk for each in of_leaders(today)])
        set_rows(self.fields["leader"], people.order_by("name", "pk"))

    def decision(self) -> Decision:
        return Decision(**self.cleaned_data)


class WordsForm(forms.Form):
    """One sentence with a reason, a result or a comment."""

    def __init__(
        self,
        data: object = None,
        *,
        label: str,
        missing: str,
        most: int = 200,
        help_text: str = "",
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.fields["words"] = text_field(
            label, most=most, lines=4, missing=missing, help_text=help_text
        )


class SiteNoteForm(forms.Form):
    """现场督办."""

    went_on = day_field("哪天去的", "请填哪天去的。")
    place = text_field("到了哪里", most=60, missing="请写到了哪里。", help_text="地点会公开。")
    people = text_field("哪些人去了", most=120, missing="请写哪些人去了。")
    seen = text_field("看到什么", most=1000, lines=4, missing="请写看到了什么。")
    next_step = text_field("下一步做什么", most=200, lines=2, missing="请写下一步做什么。")
    photo = PicturesField(label="现场照片（最多 1 张）", read=photos.read, most=1, required=False)


class PlanForm(forms.Form):
    """登记检查."""

    unit = forms.ModelChoiceField(
        label="到哪个单位",
        queryset=Organisation.objects.none(),
        empty_label="请选单位",
        error_messages={"required": "请选到哪个单位。", "invalid_choice": "请选一个承办单位。"},
    )
    visit_on = day_field("哪天去", "请填哪天去。")
    occasion = text_field(
        "什么活动", most=60, missing="请写什么活动。", help_text="例如：农村公路养护专题调研。"
    )
    people = text_field("哪些人去", most=120, missing="请写哪些人去。")

    def __init__(self, data: object = None, *, today: date) -> None:
        super().__init__(data, initial={"visit_on": today})  # type: ignore[arg-type]  # a QueryDict or None
        self.today = today
        units = Organisation.objects.filter(kind=OrganisationKind.UNIT).order_by("name")
        set_rows(self.fields["unit"], units)

    def clean_visit_on(self) -> date:
        """A visit of this year may be registered afterwards, an earlier one is a slip."""
        day: date = self.cleaned_data["visit_on"]
        if day.year < self.today.year:
            raise ValidationError("这一天不在今年，请查一查日期。")
        return day


class FindingForm(forms.Form):
    """看到的: what the unit says, and what stands there."""

    finding = forms.ChoiceField(
        label="和单位说的比",
        choices=Finding,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选属实、有出入还是没做。"},
    )
    words = text_field(
        "看到了什么",
        most=500,
        lines=3,
        missing="请写明看到了什么。",
        help_text="单位和领衔代表会原样看到，记下以后不能改。",
    )
