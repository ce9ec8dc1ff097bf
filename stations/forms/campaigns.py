"""主题活动、选题、小分队: what the office, townships and convenors fill in."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.actors import Actor
from congress.shared.forms import set_rows
from congress.shared.models import Assembly
from deputies.models import Deputy, DeputyGroup
from stations.forms.calls import line
from stations.forms.councils import PeopleField
from stations.forms.rota import DeputyField, reason_field
from stations.models import Campaign
from stations.permissions.campaigns import LineUp


class OpenCampaignForm(forms.Form):
    """The year's theme."""

    assembly = forms.ModelChoiceField(
        Assembly.objects.all(),
        label="哪一级人大",
        empty_label="请选择",
        error_messages={"required": "请选哪一级人大。", "invalid_choice": "请重新选择。"},
    )
    year = forms.IntegerField(
        label="年度", error_messages={"required": "请填年度。", "invalid": "请写数字。"}
    )
    title = line("主题", 60, help_text="例如：聚力共同缔造，代表在行动")
    words = forms.CharField(
        label="方案要点",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": "最多 2000 字。"},
    )


class CloseCampaignForm(forms.Form):
    """What came of it."""

    outcome = forms.CharField(
        label="总结",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写总结。", "max_length": "最多 2000 字。"},
    )


class TopicForm(forms.Form):
    """A topic, and for a township's own perhaps the group that takes it up."""

    title = line("选题", 60)
    group = forms.ModelChoiceField(
        DeputyGroup.objects.none(),
        label="哪个小组",
        required=False,
        empty_label="全乡镇各小组",
        error_messages={"invalid_choice": "请重选小组。"},
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.at_the_desk:
            del self.fields["group"]
        else:
            own = DeputyGroup.objects.visible_to(by).filter(dissolved_on=None)
            set_rows(self.fields["group"], own)


class DropTopicForm(forms.Form):
    why = reason_field("撤题原因", 100)


class SquadForm(forms.Form):
    """Name, members, and who leads them."""

    name = line("小分队名称", 30, help_text="例如：营商环境小分队")
    campaign = forms.ModelChoiceField(
        Campaign.objects.running(),
        label="为哪个主题活动",
        required=False,
        empty_label="不属于主题活动",
    )
    deputies = PeopleField(
        Deputy.objects.none(),
        label="队员",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选队员。", "invalid_choice": "请重选队员。"},
    )
    leader = DeputyField(
        Deputy.objects.none(),
        label="队长",
        empty_label="请选择",
        error_messages={"required": "请选队长。", "invalid_choice": "请重选队长。"},
    )

    def __init__(self, *args: Any, group: DeputyGroup, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Deputy.objects.called(group, None, today).in_name_order()
        set_rows(self.fields["deputies"], people)
        set_rows(self.fields["leader"], people)

    @property
    def line_up(self) -> LineUp:
        said = dict(self.cleaned_data)
        return LineUp(**{**said, "deputies": list(said["deputies"])})
