"""发现的问题: what deputies, organisers and offices fill in."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms

from congress.shared.actors import Actor
from congress.shared.forms import LineField, PicturesField, set_choices, set_rows, without_numbers
from congress.shared.models import Organisation
from deputies.actions import photos
from deputies.models import Deputy
from stations.forms.rota import DeputyField, date_field, reason_field
from stations.models import Activity, Council, Topic
from stations.permissions.findings import MOST_PHOTOS, Noticed, finders
from stations.queries.issue_lights import LIGHTS
from stations.states import FindingState

NO_NUMBERS = [without_numbers("要找谁，请另外记下，不写在问题里。")]


def _line(label: str, longest: int, **more: Any) -> LineField:
    said = {"required": f"请填写：{label}。", "max_length": f"最多 {longest} 字。"}
    return LineField(label=label, max_length=longest, error_messages=said, **more)


def _words(label: str, missing: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=600,
        validators=NO_NUMBERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
        error_messages={"required": missing, "max_length": "最多 600 字。"},
    )


def _photos() -> PicturesField:
    label = f"照片（最多 {MOST_PHOTOS} 张）"
    return PicturesField(label=label, read=photos.read, most=MOST_PHOTOS, required=False)


class FindingForm(forms.Form):
    """What was found, where, by whom."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    deputy = DeputyField(
        Deputy.objects.none(),
        label="哪位代表发现的",
        empty_label="请选择",
        error_messages={"required": "请选代表。", "invalid_choice": "请重选代表。"},
    )
    title = _line(
        "什么问题", 60, validators=NO_NUMBERS, help_text="一句话，例如：桃园村四组水渠漏水"
    )
    words = _words("具体情况", "请写明具体情况。", "看到了什么、影响谁、多久了；不写群众的电话")
    place = _line("在哪里", 60)
    found_on = date_field("哪一天发现的")
    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label="属于哪个选题",
        required=False,
        empty_label="不属于选题",
        error_messages={"invalid_choice": "没有这个选题，请重选。"},
    )
    photos = _photos()

    def __init__(
        self, *args: Any, source: Activity | Council, by: Actor, own: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid4
        people = Deputy.objects.filter(pk__in=finders(source))
        if own:
            people = people.filter(user=by.user)
        set_rows(self.fields["deputy"], people.in_name_order())
        if own:
            self.fields["deputy"].initial = people.first()
        if isinstance(source, Activity):
            self.fields["topic"].initial = source.topic_id
            set_rows(self.fields["topic"], Topic.objects.standing().open_to(source.group))
        else:
            area = source.station.area_id
            own_topics = Topic.objects.standing().filter(area=area, group=None)
            set_rows(self.fields["topic"], own_topics | Topic.objects.standing().open_to(None))

    @property
    def noticed(self) -> Noticed:
        said = dict(self.cleaned_data)
        said.pop("token")
        return Noticed(**said)

    @property
    def number(self) -> UUID:
        """Sent twice it is one; a form without a number is of its own."""
        number: UUID | None = self.cleaned_data["token"]
        return number or uuid4()


class HandFindingForm(forms.Form):
    """To whom."""

    unit = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="县级单位",
        required=False,
        empty_label="不交县级单位",
        error_messages={"invalid_choice": "没有这个单位，请重选。"},
    )
    handler = LineField(
        label="交给谁",
        max_length=40,
        required=False,
        help_text="例如：桃园村委会、镇水利站",
        error_messages={"max_length": "最多 40 字。"},
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.filter(kind="unit").order_by("name")
        if by.is_staff:
            set_rows(self.fields["unit"], units)
        else:
            del self.fields["unit"]


class SolveFindingForm(forms.Form):
    """What was done, and what shows it."""

    result = _words("怎样解决的", "请写明怎样解决的。", "谁办的、怎么办的、办到哪一步")
    photos = _photos()


class DeclineFindingForm(forms.Form):
    reason = reason_field("为什么不予采纳", 200)


class FindingFilterForm(forms.Form):
    """What of the list one looks at."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    state = forms.ChoiceField(required=False)
    light = forms.ChoiceField(choices=[("", "全部"), *LIGHTS], required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    topic = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    campaign = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    source = forms.RegexField(r"^(activity|council)-[0-9]{1,9}$", required=False)
    q = LineField(max_length=64, required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self.fields["state"], [("", "全部"), *FindingState.choices])

    def clean_year(self) -> int:
        return self.cleaned_data["year"] or self.today.year
