"""资格变动: what the desk fills in for each verb; each says which meeting decided, and when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import set_choices, set_rows
from congress.shared.models import Assembly, Term
from deputies.actions.seats import Decision, Person, Seat
from deputies.entries import NATIONS
from deputies.models import Delegation, Deputy, DeputyGroup, District
from deputies.states import EndCause, SuspensionGround

BY_DEED = {EndCause.RESIGNED, EndCause.TERM}
DETAILED = {EndCause.ABSENT: "请写明是哪两次会议。", EndCause.RECALLED: "请写明表决的日期和票数。"}
"""Causes that need their facts beside them."""


def a_day(label: str, *, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "日期请写成 2026-05-12 这样。",
        },
    )


def words(label: str, most: int, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        error_messages={"required": f"请填写{label}。", "max_length": f"最多 {most} 字。"},
    )


class DecisionForm(forms.Form):
    """Where it was decided, when, and from which day it holds."""

    meeting = words("作出决定的会议", 60, help_text="例如：县十九届人大常委会第三十二次会议")
    decided_on = a_day("决定日期")
    effective_on = a_day("生效日期", help_text="这一天起生效，一般就是决定的那一天")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        decided, effective = said.get("decided_on"), said.get("effective_on")
        if decided and effective and effective < decided:
            self.add_error("effective_on", "生效日期不能早于决定日期。")
        return said

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(said["meeting"], said["decided_on"], said["effective_on"])


class TerminateForm(DecisionForm):
    """One of the causes of 代表法 art. 62."""

    cause = forms.ChoiceField(
        label="终止的原因",
        choices=[("", "请选择"), *[each for each in EndCause.choices if each[0] not in BY_DEED]],
        error_messages={"required": "请选择终止的原因。", "invalid_choice": "请选择终止的原因。"},
    )
    detail = words("具体情况", 120, required=False, help_text="会写进公告，例如：调往外县工作")
    field_order = ("cause", "detail", "meeting", "decided_on", "effective_on")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        cause = said.get("cause")
        if cause in DETAILED and not said.get("detail"):
            self.add_error("detail", DETAILED[EndCause(cause)])
        return said


class AcceptResignationForm(DecisionForm):
    """The votes of 选举法 art. 55."""

    of = forms.IntegerField(
        label="全体组成人员",
        min_value=1,
        max_value=5000,
        help_text="人数，包括没有到会的",
        error_messages={"required": "请填写人数。", "invalid": "请填写人数。"},
    )
    votes = forms.IntegerField(
        label="赞成票",
        min_value=0,
        max_value=5000,
        help_text="要超过全体组成人员的半数",
        error_messages={"required": "请填写赞成票数。", "invalid": "请填写票数。"},
    )
    field_order = ("of", "votes", "meeting", "decided_on", "effective_on")


class SuspendForm(DecisionForm):
    ground = forms.ChoiceField(
        label="暂停的原因",
        choices=SuspensionGround.choices,
        widget=forms.RadioSelect(attrs={"class": "list"}),
        error_messages={"required": "请选择暂停的原因。", "invalid_choice": "请选择暂停的原因。"},
    )
    field_order = ("ground", "meeting", "decided_on", "effective_on")


class ReinstateForm(DecisionForm):
    reason = words("恢复的原因", 120, help_text="例如：检察机关决定不起诉")
    field_order = ("reason", "meeting", "decided_on", "effective_on")


class ByElectForm(DecisionForm):
    """补选: a known person, or somebody new with their data; the seat; the group."""

    known = forms.ModelChoiceField(
        Deputy.objects.none(),
        label="已在名册里的人",
        required=False,
        empty_label="不在名册里，填写下面的资料",
        error_messages={"invalid_choice": "名册里没有这个人。"},
    )
    name = words("姓名", 20, required=False)
    sex = forms.ChoiceField(
        label="性别", required=False, choices=[("", "请选择"), ("男", "男"), ("女", "女")]
    )
    nation = words("民族", 20, required=False)
    birth_month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label="出生年月",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "1985-06"}),
        error_messages={"invalid": "出生年月请写成 1985-06 这样。"},
    )
    party = words("党派", 30, required=False)
    education = words("学历", 20, required=False)
    job = words("工作单位及职务", 80, required=False)
    phone = forms.RegexField(
        r"^\d{11}$",
        label="联系电话",
        required=False,
        error_messages={"invalid": "联系电话应为 11 位数字。"},
    )
    district = forms.ModelChoiceField(
        District.objects.none(),
        label="选区（选举单位）",
        empty_label="请选择",
        error_messages={"required": "请选择选区。", "invalid_choice": "没有这个选区。"},
    )
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(),
        label="代表团",
        required=False,
        empty_label="没有代表团",
        error_messages={"invalid_choice": "没有这个代表团。"},
    )
    certificate = words("代表证号", 30)
    group = forms.ModelChoiceField(
        DeputyGroup.objects.select_related("area"),
        label="代表小组",
        required=False,
        empty_label="已经有小组，不变",
        error_messages={"invalid_choice": "没有这个小组。"},
    )
    NEW = ("name", "sex", "nation", "birth_month", "party", "education", "job")

    def __init__(self, *args: Any, term: Term, known: Iterable[Deputy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        set_rows(self.fields["district"], District.objects.filter(assembly=term.assembly_id))
        set_rows(self.fields["delegation"], Delegation.objects.filter(term=term))
        people = list(known)
        set_rows(self.fields["known"], Deputy.objects.filter(pk__in=[one.pk for one in people]))
        set_choices(
            self.fields["known"],
            [
                ("", "不在名册里，填写下面的资料"),
                *[(one.pk, f"{one.name}　{one.birth_month:%Y.%m}　{one.job}") for one in people],
            ],
        )

    def clean_nation(self) -> str:
        nation: str = self.cleaned_data["nation"]
        if nation and nation not in NATIONS:
            raise forms.ValidationError("民族请写全称，例如：汉族、土家族。")
        return nation

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("known"):
            for name in self.NEW:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, f"请填写{self.fields[name].label}。")
            if not said.get("group") and "group" not in self.errors:
                self.add_error("group", "请选择代表小组：每名在任代表都要编入一个小组。")
        return said

    @property
    def person(self) -> Deputy | Person:
        said = self.cleaned_data
        if said["known"]:
            found: Deputy = said["known"]
            return found
        year, month = map(int, said["birth_month"].split("-"))
        return Person(
            name=said["name"],
            sex=said["sex"],
            nation=said["nation"],
            birth_month=date(year, month, 1),
            party=said["party"],
            education=said["education"],
            job=said["job"],
            phone=said["phone"],
        )

    @property
    def seat(self) -> Seat:
        said = self.cleaned_data
        return Seat(
            self.term, said["district"], said["certificate"], said["delegation"], said["group"]
        )


class AnnounceForm(forms.Form):
    """The day and the signature of the paper."""

    announced_on = a_day("公告日期")
    body = words("署名", 60, help_text="例如：竹山县人民代表大会常务委员会")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_announced_on(self) -> date:
        day: date = self.cleaned_data["announced_on"]
        if day > self.today:
            raise forms.ValidationError("公告日期还没到。")
        return day


class OpenTermForm(forms.Form):
    """换届: which congress, which number, from which day, how many seats."""

    assembly = forms.ModelChoiceField(
        Assembly.objects.none(),
        label="人民代表大会",
        empty_label=None,
        error_messages={"required": "请选择人大。", "invalid_choice": "没有这个人大。"},
    )
    number = forms.IntegerField(
        label="第几届",
        min_value=1,
        max_value=99,
        error_messages={"required": "请填写届数。", "invalid": "届数请写数字。"},
    )
    from_on = a_day("第一次会议的日期", help_text="这一天零点起，上一届代表的资格到期")
    seats = forms.IntegerField(
        label="代表名额",
        min_value=1,
        max_value=5000,
        help_text="选举法第十二条确定的总数",
        error_messages={"required": "请填写代表名额。", "invalid": "名额请写数字。"},
    )

    def __init__(self, *args: Any, assemblies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["assembly"], assemblies)
