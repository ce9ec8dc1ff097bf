"""议事: what keepers and deputies fill in."""

from collections import Counter
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from congress.shared.forms import (
    LineField,
    PicturesField,
    refuse_field,
    set_choices,
    set_rows,
    without_numbers,
)
from congress.shared.texts import one_line
from deputies.actions import photos
from deputies.models import Deputy
from stations.forms.rota import date_field
from stations.models import Council, CouncilDeputy, CouncilKind, Matter, Posting, Station
from stations.permissions.councils import MOST_MATTERS, Talked, why_not_ended_then
from stations.states import MatterState

MOST_PHOTOS = 6
MATTERS = (("all", "议定的事项"), ("done", "办成的事项"))
NO_NUMBERS = [without_numbers("要找谁，请另外记下，不写在议事里。")]


def _line(label: str, longest: int, **more: Any) -> LineField:
    said = {"required": f"请填写：{label}。", "max_length": f"最多 {longest} 字。"}
    return LineField(label=label, max_length=longest, error_messages=said, **more)


class PeopleField(forms.ModelMultipleChoiceField[Deputy]):
    """Names alone; the job stands with those who have a namesake there."""

    namesakes: frozenset[str] = frozenset()

    def label_from_instance(self, deputy: Deputy) -> str:
        apart = deputy.job and deputy.name in self.namesakes
        return f"{deputy.name}（{deputy.job}）" if apart else deputy.name


class CouncilForm(forms.Form):
    """When, where, about what, who was there, what was said and agreed on.

    `known` is the record that is put right: its kind and its deputies may be chosen again.
    """

    kind = forms.ModelChoiceField(
        CouncilKind.objects.none(),
        label="形式",
        empty_label="请选择",
        error_messages={"required": "请选形式。", "invalid_choice": "没有这种形式，请重选。"},
    )
    held_on = date_field("哪一天")
    place = _line("地点", 60, help_text="例如：桃园村四组院坝；线上的写群名")
    topic = _line("议题", 60, validators=NO_NUMBERS)
    deputies = PeopleField(
        Deputy.objects.none(),
        label="哪些代表参加",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选参加的代表。", "invalid_choice": "请重选参加的代表。"},
    )
    people = forms.IntegerField(
        label="多少群众参加",
        min_value=1,
        max_value=5000,
        error_messages={
            "required": "请填多少群众参加。",
            "invalid": "请写数字。",
            "min_value": "至少 1 人。",
            "max_value": "最多填 5000 人。",
        },
    )
    notes = forms.CharField(
        label="议了什么",
        max_length=2000,
        validators=NO_NUMBERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写大家的意见，不写群众的电话、身份证号",
        error_messages={"required": "请写明议了什么。", "max_length": "最多 2000 字。"},
    )
    matters = forms.CharField(
        label="议定了哪些事",
        required=False,
        max_length=1200,
        validators=NO_NUMBERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一件，没有议定的不填",
        error_messages={"max_length": "最多 1200 字。"},
    )
    photos = PicturesField(
        label=f"照片（最多 {MOST_PHOTOS} 张）", read=photos.read, most=MOST_PHOTOS, required=False
    )

    def __init__(
        self,
        *args: Any,
        station: Station,
        today: date,
        known: Council | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kind = Q(pk=known.kind_id if known else None)
        kinds = CouncilKind.objects.filter(Q(to_on=None) | Q(to_on__gt=today) | kind)
        set_rows(self.fields["kind"], kinds)
        here = Posting.objects.running(today).filter(station=station)
        there = CouncilDeputy.objects.filter(council=known)
        serve = Q(pk__in=here.values("deputy")) | Q(pk__in=there.values("deputy"))
        people = Deputy.objects.filter(serve).in_name_order()
        field, names = self.fields["deputies"], Counter(people.values_list("name", flat=True))
        assert isinstance(field, PeopleField), "as declared above"  # noqa: S101  # a slip of ours
        field.namesakes = frozenset(name for name, times in names.items() if times > 1)
        set_rows(field, people)

    def clean_matters(self) -> list[str]:
        lines = [one_line(line) for line in self.cleaned_data["matters"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MOST_MATTERS:
            raise forms.ValidationError(f"一次最多 {MOST_MATTERS} 件，请只写议定的事。")
        if any(len(line) > 100 for line in found):
            raise forms.ValidationError("每件最多 100 字。")
        return found

    @property
    def talked(self) -> Talked:
        said = dict(self.cleaned_data)
        return Talked(**{**said, "deputies": list(said["deputies"])})


def as_noted(council: Council) -> dict[str, Any]:
    """What the record says now."""
    said = {name: getattr(council, name) for name in ("held_on", "place", "topic", "people")}
    more = {"kind": council.kind_id, "notes": council.notes}
    people = list(council.deputies.values_list("deputy", flat=True))
    matters = "\n".join(council.matters.order_by("pk").values_list("words", flat=True))
    return {**said, **more, "deputies": people, "matters": matters}


class EndMatterForm(forms.Form):
    """Done, or why not."""

    to = forms.TypedChoiceField(
        label="办成了吗",
        coerce=MatterState,
        widget=forms.RadioSelect,
        error_messages={"required": "请选办成没有。", "invalid_choice": "请重新选择。"},
    )
    result = _line(
        "办得怎样",
        200,
        validators=NO_NUMBERS,
        help_text="办成的写谁办的、办到哪一步；没有办成的写原因",
    )
    ended_on = date_field("哪一天")

    def __init__(self, *args: Any, matter: Matter, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.today = matter, today
        ends = (MatterState.DONE, MatterState.DROPPED)
        set_choices(self.fields["to"], [(each.value, each.label) for each in ends])

    def clean_ended_on(self) -> date:
        ended_on: date = self.cleaned_data["ended_on"]
        refuse_field(why_not_ended_then(self.matter, ended_on, self.today))
        return ended_on


class CouncilFilterForm(forms.Form):
    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    kind = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    station = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    matters = forms.ChoiceField(choices=[("", ""), *MATTERS], required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)
