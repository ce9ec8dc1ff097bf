"""专业代表小组 and 对口调研: what staff and deputies fill in."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField, set_rows
from congress.shared.models import Organisation
from deputies.actions.studies import Call
from deputies.models import Deputy, SpecialistGroup, Study
from deputies.queries.specialists import committees, may_be_invited, members
from deputies.states import Answer, StudyKind

PICK = {"required": "请至少选一位代表。", "invalid_choice": "名单刚才有变动，请重新选。"}


def _words(label: str, most: int, **more: Any) -> forms.CharField:
    said = {"required": f"请填写{label}。", "max_length": f"{label}最多 {most} 字。"}
    return LineField(label=label, max_length=most, error_messages=said, **more)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "日期请写成 2027-01-15 这样。",
        },
    )


class SpecialistsForm(forms.Form):
    """The group's name, field and committee."""

    name = _words("名称", 40, help_text="例如：绿松石产业专业代表小组")
    field = _words("领域", 40, help_text="例如：绿松石产业、营商环境、教育")
    committee = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="对口委员会",
        empty_label="请选择",
        help_text="这里没有的，先到“机构”里添加专门委员会。",
        error_messages={"required": "请选择对口委员会。", "invalid_choice": "没有这个机构。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["committee"], committees())


class JoinForm(forms.Form):
    """People ticked off in a list of those found."""

    deputies = forms.ModelMultipleChoiceField(
        Deputy.objects.none(),
        label="代表",
        widget=forms.CheckboxSelectMultiple,
        error_messages=PICK | {"invalid_pk_value": PICK["invalid_choice"]},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["deputies"], people)


class LeaderForm(forms.Form):
    """One of the members."""

    deputy = forms.ModelChoiceField(
        Deputy.objects.none(),
        label="组长",
        empty_label="请选择",
        error_messages={"required": "请选择组长。", "invalid_choice": "此人不在本组，请重选。"},
    )

    def __init__(self, *args: Any, group: SpecialistGroup, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [row.deputy_id for row in members(group, today)]
        people = Deputy.objects.filter(pk__in=own).in_name_order()
        set_rows(self.fields["deputy"], people)


class CallStudyForm(forms.Form):
    """What, when, where, and whom."""

    kind = forms.ChoiceField(
        label="方式",
        choices=StudyKind.choices,
        error_messages={"required": "请选择方式。", "invalid_choice": "没有这种方式。"},
    )
    topic = _words("题目", 80, help_text="例如：2027 年预算草案审查")
    starts_on = _day("开始日期")
    ends_on = _day("结束日期")
    place = _words("地点", 60)
    brief = _words("看什么、议什么", 1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    deputies = forms.ModelMultipleChoiceField(
        Deputy.objects.none(),
        label="邀请的代表",
        widget=forms.CheckboxSelectMultiple,
        error_messages=PICK | {"invalid_pk_value": PICK["invalid_choice"]},
    )

    def __init__(self, *args: Any, group: SpecialistGroup, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = may_be_invited(group, today)
        set_rows(self.fields["deputies"], people)
        self.fields["deputies"].initial = people

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "结束日期早于开始日期。")
        return said

    @property
    def call(self) -> Call:
        said = dict(self.cleaned_data)
        said.pop("deputies")
        return Call(**said | {"kind": StudyKind(said["kind"])})


class CancelStudyForm(forms.Form):
    """Why it does not take place."""

    reason = _words("取消原因", 120, help_text="受邀请的代表会看到这句话")


class AnswerForm(forms.Form):
    """Yes, or no with a reason."""

    answer = forms.ChoiceField(
        label="能参加吗",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选参加或者不能参加。", "invalid_choice": "请重新选择。"},
    )
    reason = _words("不能参加的原因", 80, required=False, help_text="不能参加时填写")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("answer") == Answer.NO and not said.get("reason"):
            self.add_error("reason", "请写一句不能参加的原因。")
        return said


class FindingForm(forms.Form):
    """One finding with its advice."""

    found = _words("发现的问题", 600, widget=forms.Textarea(attrs={"rows": 3}))
    advice = _words("意见建议", 600, widget=forms.Textarea(attrs={"rows": 3}))


class DeskFindingForm(FindingForm):
    """The office writes down what one of the invited said."""

    deputy = forms.ModelChoiceField(
        Deputy.objects.none(),
        label="提出的代表",
        empty_label="请选择",
        error_messages={"required": "请选择代表。", "invalid_choice": "此人没有受邀请，请重选。"},
    )
    field_order = ("deputy", "found", "advice")

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Deputy.objects.filter(invitations__study=study).in_name_order()
        set_rows(self.fields["deputy"], people)


class ReportForm(forms.Form):
    """The words around the findings."""

    report = _words(
        "报告正文",
        5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="写总的情况和结论；各位代表的发现和建议会附在后面。",
    )
