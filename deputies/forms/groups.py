"""小组: what staff fill in."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField, set_choices, set_rows
from congress.shared.models import Area
from deputies.models import Deputy, DeputyGroup
from deputies.queries.balance import Proposal
from deputies.queries.groups import elsewhere, may_convene


class ConvenorForm(forms.Form):
    """One of the group's members."""

    deputy = forms.ModelChoiceField(
        Deputy.objects.none(),
        label="召集人",
        empty_label="请选择",
        help_text="只列出本组有账号的代表。名单里没有的，请先开户。",
        error_messages={
            "required": "请选择召集人。",
            "invalid_choice": "此人不在本组，或者还没有账号，请重选。",
        },
    )

    def __init__(self, *args: Any, group: DeputyGroup, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["deputy"], may_convene(group, today))


class GroupChoice(forms.ModelChoiceField[DeputyGroup]):
    """Groups under the heading of their township."""

    def label_from_instance(self, group: DeputyGroup) -> str:
        return f"{group.area} {group.name}"


class MoveMemberForm(forms.Form):
    """Where to."""

    group = GroupChoice(
        DeputyGroup.objects.none(),
        label="调到哪个小组",
        empty_label="请选择",
        help_text="今天起生效。以前的履职记录仍算在原来的小组。",
        error_messages={"required": "请选择小组。", "invalid_choice": "没有这个小组，请重选。"},
    )

    def __init__(self, *args: Any, group: DeputyGroup, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["group"], elsewhere(group, today))


class GroupNameForm(forms.Form):
    """What the group is called."""

    name = LineField(
        label="名称",
        max_length=40,
        help_text="例如：柳河镇第五代表小组",
        error_messages={"required": "请填写小组名称。", "max_length": "名称最多 40 字。"},
    )


class FormGroupForm(GroupNameForm):
    """A new group of a township."""

    area = forms.ModelChoiceField(
        Area.objects.exclude(parent=None),
        label="乡镇",
        empty_label="请选择",
        error_messages={"required": "请选择乡镇。", "invalid_choice": "没有这个乡镇。"},
    )
    field_order = ("area", "name")


class RegroupForm(forms.Form):
    """Which of the suggested moves to make."""

    moves = forms.MultipleChoiceField(
        label="要调整的代表",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "list"}),
        error_messages={
            "required": "请至少勾选一位要调整的代表。",
            "invalid_choice": "编组刚才有变动，请照新的建议重新勾选。",
        },
    )

    def __init__(self, *args: Any, proposals: list[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = {self.key(each): each for each in proposals}
        choices = [
            (key, f"{each.deputy.name}：{each.was.name} → {each.now.name}（{each.why}）")
            for key, each in self.proposals.items()
        ]
        set_choices(self.fields["moves"], choices)
        self.fields["moves"].initial = list(self.proposals)

    @staticmethod
    def key(each: Proposal) -> str:
        return f"{each.deputy.pk}-{each.was.pk}-{each.now.pk}"

    @property
    def chosen(self) -> list[tuple[Deputy, DeputyGroup]]:
        keys = self.cleaned_data["moves"]
        return [(self.proposals[key].deputy, self.proposals[key].now) for key in keys]
