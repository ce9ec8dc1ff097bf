"""双联: what staff and holders fill in."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import set_choices, set_rows
from congress.shared.models import Area, Assembly
from deputies.models import Deputy, DeputyGroup
from deputies.permissions.liaison import Change, Target
from deputies.queries.liaison import holders, uncovered
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind


class AppointForm(forms.Form):
    """Which post."""

    post = forms.ChoiceField(
        label="职务",
        choices=[("", "请选择"), *CommitteePostKind.choices],
        help_text="在常委会机关工作的代表选“机关代表”；既是组成人员又在机关工作的，登记两次。",
        error_messages={"required": "请选择职务。", "invalid_choice": "没有这个职务。"},
    )


class HolderChoice(forms.ModelChoiceField[Any]):
    """People by name."""

    def label_from_instance(self, row: Any) -> str:
        return str(row.name)


class AssignForm(forms.Form):
    """Who, and with whom."""

    holder = HolderChoice(
        Deputy.objects.none(),
        label="联系人",
        empty_label="请选择",
        error_messages={"required": "请选择联系人。", "invalid_choice": "此人没有登记相应的职务。"},
    )
    target = HolderChoice(
        Deputy.objects.none(),
        label="联系的代表",
        empty_label="请选择",
        error_messages={
            "required": "请选择要联系的对象。",
            "invalid_choice": "已经有人联系，或者没有这个对象，请重选。",
        },
    )

    def __init__(
        self, *args: Any, kind: LiaisonKind, assembly: Assembly, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        may = [row.deputy_id for row in holders(kind, assembly, today)]
        set_rows(self.fields["holder"], Deputy.objects.filter(pk__in=may).in_name_order())
        target = self.fields["target"]
        target.label = {
            LiaisonKind.MEMBER: "联系的代表",
            LiaisonKind.DIRECTOR: "督导的乡镇",
            LiaisonKind.OFFICE: "包联的小组",
        }[kind]
        if kind == LiaisonKind.OFFICE:
            set_rows(target, DeputyGroup.objects.standing(today))
            return
        free = [each.pk for each in uncovered(kind, assembly, today)]
        model = Deputy if kind == LiaisonKind.MEMBER else Area
        set_rows(target, model._default_manager.filter(pk__in=free))

    @property
    def chosen(self) -> tuple[Deputy, Target]:
        return self.cleaned_data["holder"], self.cleaned_data["target"]


class RebalanceForm(forms.Form):
    """Which of the suggested steps to make."""

    changes = forms.MultipleChoiceField(
        label="要安排的联系",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "list"}),
        error_messages={
            "required": "请至少勾选一项。",
            "invalid_choice": "联系刚才有变动，请照新的建议重新勾选。",
        },
    )

    def __init__(self, *args: Any, changes: list[Change], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = {self.key(each): each for each in changes}
        field = self.fields["changes"]
        set_choices(field, [(key, self.words(each)) for key, each in self.steps.items()])
        field.initial = list(self.steps)

    @staticmethod
    def key(each: Change) -> str:
        return f"{each.target.pk}-{each.was.pk if each.was else 0}-{each.holder.pk}"

    @staticmethod
    def words(each: Change) -> str:
        before = f"（现由{each.was.holder.name}联系）" if each.was else ""
        return f"{each.target}{before} → {each.holder.name}"

    @property
    def chosen(self) -> list[Change]:
        return [self.steps[key] for key in self.cleaned_data["changes"]]


class ContactForm(forms.Form):
    """When, how, what was said."""

    done_on = forms.DateField(
        label="联系日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写日期。", "invalid": "日期请写成 2027-01-15 这样。"},
    )
    way = forms.ChoiceField(
        label="方式",
        choices=ContactWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择方式。", "invalid_choice": "没有这种方式。"},
    )
    words = forms.CharField(
        label="谈了什么",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写一两句谈了什么。", "max_length": "最多 400 字。"},
    )
    asked = forms.CharField(
        label="反映的意见",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "最多 400 字。"},
    )
