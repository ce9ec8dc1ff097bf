"""What people fill in. Rules stay in `permissions`; here only what a field must look like."""

from collections.abc import Mapping

from django import forms

from congress.shared.forms import LineField
from congress.shared.models import Organisation
from proposals.queries.public_answers import ANSWERS
from proposals.queries.public_stage import FIRST_PUBLIC, LIT, STOPS
from proposals.states import Stage
from proposals.why_alike import themes

MOST = 2**31 - 1
"""Row numbers beyond it cannot be asked of the database."""


def text_field(
    label: str, *, most: int, lines: int = 0, missing: str = "", help_text: str = ""
) -> forms.CharField:
    kind = forms.CharField if lines else LineField
    return kind(
        label=label,
        max_length=most,
        required=bool(missing),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput(),
        error_messages={"required": missing, "max_length": f"最多 {most} 个字，请精简一些。"},
    )


class WordsForm(forms.Form):
    """建议正文: 明确具体 (代表法)."""

    title = text_field(
        "想解决什么事",
        most=60,
        missing="请写一句：想解决什么事。",
        help_text="一句话，写清地点，60 个字以内。",
    )
    facts = text_field(
        "事实和问题", most=4000, lines=5, missing="请写情况：在哪里、多久了、影响多少人。"
    )
    request = text_field(
        "请求办什么",
        most=4000,
        lines=4,
        missing="请写清请求办什么。",
        help_text="一行写一条，承办单位要逐条答复。",
    )


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A unit, called by its name and what it already carries."""

    words: Mapping[int, str] = {}

    def label_from_instance(self, obj: Organisation) -> str:
        return self.words.get(obj.pk, obj.name)


class UnitsField(UnitField, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Any number of units."""


class MeetingForm(forms.Form):
    """登记见面."""

    stage = forms.ChoiceField(choices=Stage, widget=forms.HiddenInput)
    met_on = forms.DateField(
        label="哪一天见的面",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填见面日期。",
            "invalid": "日期看不懂，请写成 2026-05-12 这样。",
        },
    )
    place = text_field(
        "在哪里", most=60, missing="请写见面地点。", help_text="公开页上会写，请不要写人名和电话。"
    )
    people = text_field(
        "都有谁", most=120, missing="请写参加的人。", help_text="本单位谁去了，代表这边谁在。"
    )
    said = text_field("谈了什么", most=1000, lines=3, missing="请写谈了什么、定了什么。")

    def speak_to_deputy(self) -> None:
        """The lead deputy writes it down: the unit is the other side."""
        self.fields["people"].help_text = "承办单位谁来了，您这边谁在。"

    def add_if(self, reason: str | None) -> None:
        """What is wrong with the day stands beside the day."""
        if reason:
            self.add_error("met_on", reason)


class PublicFilterForm(forms.Form):
    """What a public address may ask for; anything else is no list of ours."""

    q = LineField(max_length=64, required=False)
    year = forms.IntegerField(min_value=1954, max_value=2199, required=False)
    stage = forms.IntegerField(min_value=FIRST_PUBLIC, max_value=len(STOPS), required=False)
    unit = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    area = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    answer = forms.ChoiceField(choices=[(key, key) for key in ANSWERS], required=False)
    light = forms.ChoiceField(choices=LIT, required=False)
    key = forms.BooleanField(required=False)
    accepted = forms.IntegerField(min_value=1954, max_value=2199, required=False)
    session = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    carried = forms.BooleanField(required=False)
    theme = LineField(max_length=20, required=False)

    def clean_theme(self) -> str:
        """门类 that the lexicon knows; asked when it is typed, since it is read from a file."""
        theme: str = self.cleaned_data["theme"]
        if theme and theme not in themes():
            raise forms.ValidationError("没有这个门类。")
        return theme
