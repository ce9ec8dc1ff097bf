"""补选: a person of the register, or somebody new with their data; the seat; the group."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from congress.shared.forms import set_choices, set_rows
from congress.shared.models import Term
from congress.shared.names import clean_name
from deputies.actions.seats import Person, Seat
from deputies.entries import NATIONS
from deputies.forms.seats import DecisionForm, words
from deputies.models import Delegation, Deputy, DeputyGroup, District
from deputies.queries.register import same_person


def _month(text: str) -> date | None:
    """The first day of 1985.06, or 1985-06."""
    return date.fromisoformat(f"{text.replace('.', '-')}-01") if text else None


def standing_groups() -> QuerySet[DeputyGroup]:
    """Those one can be put into."""
    return DeputyGroup.objects.filter(dissolved_on=None).select_related("area")


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
        r"^(19|20)[0-9]{2}[-.](0[1-9]|1[0-2])\Z",
        label="出生年月",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "1985.06"}),
        error_messages={"invalid": "出生年月请写成 1985.06 这样。"},
    )
    party = words("党派", 30, required=False)
    education = words("学历", 20, required=False)
    job = words("工作单位及职务", 80, required=False)
    phone = forms.RegexField(
        r"^[0-9]{11}\Z",
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
        standing_groups(),
        label="代表小组",
        required=False,
        empty_label="已经有小组，不变",
        error_messages={
            "required": "请选择代表小组：每名在任代表都要编入一个小组。",
            "invalid_choice": "没有这个小组。",
        },
    )
    another = forms.BooleanField(
        label="名册里的同名者不是同一个人",
        required=False,
        help_text="只有名册里有同名的人，才需要勾选",
    )
    field_order = ("known", "name", "another")
    NEW = ("name", "sex", "nation", "birth_month", "party", "education", "job")

    def __init__(self, *args: Any, term: Term, known: Iterable[Deputy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        set_rows(self.fields["district"], District.objects.filter(assembly=term.assembly_id))
        set_rows(self.fields["delegation"], Delegation.objects.filter(term=term))
        people = self.people = list(known)
        if not people:  # somebody new is in no group
            self.fields["group"].required = True
            set_rows(self.fields["group"], standing_groups(), empty="请选择")
        set_rows(self.fields["known"], Deputy.objects.filter(pk__in=[one.pk for one in people]))
        set_choices(
            self.fields["known"],
            [
                ("", "不在名册里，填写下面的资料"),
                *[(one.pk, f"{one.name}　{one.birth_month:%Y.%m}　{one.job}") for one in people],
            ],
        )

    @property
    def newcomer(self) -> list[forms.BoundField]:
        """What is asked of somebody whom the register does not know."""
        return [self[name] for name in (*self.NEW, "phone")]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The seat and the decision."""
        own = {"known", "another", "phone", *self.NEW}
        return [self[name] for name in self.fields if name not in own]

    def clean_nation(self) -> str:
        nation: str = self.cleaned_data["nation"]
        if nation and nation not in NATIONS:
            raise forms.ValidationError("民族请写全称，例如：汉族、土家族。")
        return nation

    def clean_name(self) -> str:
        name: str = clean_name(self.cleaned_data["name"])
        return name

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("known"):
            self._meet_namesakes(said)
        if not said.get("known"):
            for name in self.NEW:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, f"请填写{self.fields[name].label}。")
            if not said.get("group") and "group" not in self.errors:
                self.add_error("group", self.fields["group"].error_messages["required"])
        return said

    def _meet_namesakes(self, said: dict[str, Any]) -> None:
        """One person, one row: the same one is taken; about mere namesakes the clerk is asked."""
        alike = [one for one in self.people if one.name == said.get("name")]
        born = _month(said.get("birth_month") or "")
        for one in alike:
            if born and same_person(
                one, one.name, born, said.get("phone", ""), said.get("job", "")
            ):
                said["known"] = one
                return
        if alike and not said.get("another"):
            self.add_error(
                "name",
                f"名册里有 {len(alike)} 位同名的人。是同一个人，请在“已在名册里的人”里选；"
                "不是，请勾选“不是同一个人”。",
            )

    @property
    def person(self) -> Deputy | Person:
        said = self.cleaned_data
        if said["known"]:
            found: Deputy = said["known"]
            return found
        born = _month(said["birth_month"])
        assert born is not None, "the form's pattern has seen to it"  # noqa: S101  # told to mypy
        return Person(
            name=said["name"],
            sex=said["sex"],
            nation=said["nation"],
            birth_month=born,
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
