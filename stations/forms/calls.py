"""通知活动、改期、请假、小结: what organisers and deputies fill in."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.forms import LineField, PicturesField, set_rows, without_numbers
from congress.shared.models import Assembly
from deputies.actions import photos
from deputies.models import DeputyGroup, DutyItem, SpecialistGroup
from stations.actions.calls import MOST_PHOTOS
from stations.forms.events import ItemField, TopicField
from stations.forms.rota import date_field, reason_field
from stations.models import Activity, Squad, Tag, Topic
from stations.permissions.calls import Circle, Meeting

TIME = {"required": "请填时间。", "invalid": "时间不对，请按 9:30 这样填。"}


def line(label: str, longest: int, **more: Any) -> LineField:
    said = {"required": f"请填写：{label}。", "max_length": f"最多 {longest} 字。"}
    return LineField(label=label, max_length=longest, error_messages=said, **more)


def time_field(label: str, *, required: bool = True, help_text: str = "") -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(
        label=label, widget=widget, error_messages=TIME, required=required, help_text=help_text
    )


class CircleForm(forms.Form):
    """Whom: a group or one of its squads, the specialists of a field, or a whole assembly."""

    group = forms.ModelChoiceField(DeputyGroup.objects.none(), required=False)
    squad = forms.ModelChoiceField(Squad.objects.none(), required=False)
    assembly = forms.ModelChoiceField(Assembly.objects.none(), required=False)
    specialists = forms.ModelChoiceField(SpecialistGroup.objects.none(), required=False)

    def __init__(self, *args: Any, by: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_own = DeputyGroup.objects.visible_to(by).filter(dissolved_on=None)
        self.groups = of_own.select_related("area")
        self.squads = Squad.objects.visible_to(by).standing(today).select_related("group__area")
        every, none = Assembly.objects.all(), Assembly.objects.none()
        self.assemblies = every if by.is_staff else none
        fields = SpecialistGroup.objects.standing(today)
        self.by_field = fields if by.is_staff else SpecialistGroup.objects.none()
        set_rows(self.fields["group"], self.groups)
        set_rows(self.fields["squad"], self.squads)
        set_rows(self.fields["assembly"], self.assemblies)
        set_rows(self.fields["specialists"], self.by_field)

    @property
    def circle(self) -> Circle | None:
        """A squad brings its group; None where nothing is chosen yet."""
        said = dict(self.cleaned_data)
        if said["squad"]:
            said["group"] = said["squad"].group
        return Circle(**said) if any(said.values()) else None


class HoursForm(forms.Form):
    """A day, from when to when, and where."""

    held_on = date_field("哪一天")
    from_time = time_field("几点开始")
    to_time = time_field("几点结束")
    place = line("在哪里", 60)

    @staticmethod
    def _moment(day: date, at: time) -> datetime:
        return timezone.make_aware(datetime.combine(day, at))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        day, first, last = (facts.get(name) for name in ("held_on", "from_time", "to_time"))
        if day and first and last:
            facts["starts_at"], facts["ends_at"] = self._moment(day, first), self._moment(day, last)
        return facts


class CallForm(HoursForm):
    """What deputies are called to."""

    field_order = ("item", "title", "held_on", "from_time", "to_time", "place", "brief")
    item = ItemField(
        DutyItem.objects.for_organisers(),
        label="属于哪一项",
        empty_label="请选择",
        error_messages={"required": "请选属于哪一项。", "invalid_choice": "没有这一项，请重选。"},
    )
    title = line("活动名称", 60, help_text="例如：察看桃园村水渠")
    brief = forms.CharField(
        label="做什么、带什么",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "最多 500 字。"},
    )
    topic = TopicField(
        Topic.objects.none(), label="主题活动的选题", required=False, empty_label="不属于主题活动"
    )
    tags = forms.ModelMultipleChoiceField(
        Tag.objects.none(),
        label="活动方式",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请重选活动方式。"},
    )

    def __init__(self, *args: Any, circle: Circle, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if circle.group:
            set_rows(self.fields["item"], DutyItem.objects.for_groups())
        may = Topic.objects.standing().open_to(circle.group)
        set_rows(self.fields["topic"], may.select_related("campaign"))
        running = Tag.objects.filter(Q(to_on=None) | Q(to_on__gt=today))
        set_rows(self.fields["tags"], running)

    @property
    def meeting(self) -> Meeting:
        said = dict(self.cleaned_data)
        for name in ("held_on", "from_time", "to_time"):
            said.pop(name)
        return Meeting(**{**said, "tags": list(said["tags"])})


class MoveForm(HoursForm):
    """Another time or place, and what everybody reads of why."""

    why = reason_field("变动原因", 60)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("place", activity.place)
        self.initial.setdefault("held_on", activity.held_on)
        if activity.starts_at and activity.ends_at:
            self.initial["from_time"] = timezone.localtime(activity.starts_at).time()
            self.initial["to_time"] = timezone.localtime(activity.ends_at).time()

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "place", "why")}


class WhyForm(forms.Form):
    """Why it does not take place."""

    why = reason_field("取消原因", 100)


class LeaveReasonForm(forms.Form):
    """Why the deputy cannot come."""

    reason = reason_field("请假原因", 60)


class RefuseLeaveForm(forms.Form):
    """Why the leave is not granted; the deputy reads it."""

    words = reason_field("不准假的原因", 60)


class ReportForm(forms.Form):
    """What was seen and done."""

    report = forms.CharField(
        label="活动小结",
        max_length=3000,
        validators=[without_numbers("要找谁，请另外记下，不写在小结里。")],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="看了什么、议了什么、发现什么问题；不写群众的电话、身份证号",
        error_messages={"required": "请写活动小结。", "max_length": "最多 3000 字。"},
    )
    photos = PicturesField(
        label=f"照片（最多 {MOST_PHOTOS} 张）", read=photos.read, most=MOST_PHOTOS, required=False
    )


WAITS = ("leave", "roll")
"""What whoever runs it has to do: decide on leave, or call the roll."""


class ActivityFilterForm(forms.Form):
    """Which activities: everything may be left open."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    campaign = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    topic = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    deputy = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    state = forms.ChoiceField(
        choices=[(name, name) for name in ("called", "held", "called_off")], required=False
    )
    group = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    of_places = forms.BooleanField(required=False)
    came = forms.BooleanField(required=False)
    waits = forms.ChoiceField(choices=[(name, name) for name in WAITS], required=False)
    own = forms.BooleanField(required=False)
    never = forms.BooleanField(required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)
