"""Sharing a proposal out among units, and a sheet of many, as forms."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from congress.shared.http import row_number
from congress.shared.models import Organisation
from proposals.forms import UnitField, UnitsField, text_field
from proposals.models import Assignment, Proposal, Sheet
from proposals.permissions.assignment import units_for, why_not_shares
from proposals.permissions.sheets import lines_seen
from proposals.sharing import Share
from proposals.states import SheetState, UnitRole

Units = QuerySet[Organisation]
WRONG = "请从名单里选承办单位。"
MANY = (
    (
        UnitRole.SEPARATE,
        "分办单位",
        "各办各的，分别答复代表；有主办单位的，还要逐条选好它答复哪几条。",
    ),
    (UnitRole.JOINT, "会办单位", "和主办单位一起办，在答复上会签。"),
    (UnitRole.ASSISTING, "协办单位", "把意见送给主办单位。"),
)


class AssignForm(forms.Form):
    """交办: who leads, who answers which ask, who signs with them, who helps, and by when.

    `units` carries each unit's words, with what it already has in hand.
    """

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        proposal: Proposal,
        words: Mapping[int, str],
        months: tuple[int, int],
        parts: Iterable[Assignment] = (),
    ) -> None:
        self.proposal, self.asks = proposal, list(proposal.asks.all())
        super().__init__(data, initial=_initial(list(parts), self.asks))
        units = units_for(proposal)
        none = "没有主办，只有分办" if parts else "请选主办单位"
        self.fields["unit"] = _one_of(units, "主办单位", none)
        self.fields["months"] = _months(*months)
        for role, label, help_text in MANY:
            self.fields[role.value] = _several_of(units, label, help_text)
        if len(self.asks) > 1:
            self._add_asks(units)
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.words = words

    def _add_asks(self, units: Units) -> None:
        none = "主办单位（没有主办的，各分办单位都答）"
        for ask in self.asks:
            label = f"第 {ask.position} 条由谁答复"
            self.fields[f"ask_{ask.pk}"] = _one_of(units, label, none, ask.text)

    @property
    def many(self) -> list[forms.BoundField]:
        return [self[role.value] for role, _, _ in MANY]

    @property
    def by_ask(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("ask_")]

    def clean(self) -> None:
        if gone := self.chosen_for_others():
            words = f"这件建议没有这一条请求：您刚才选的{gone}没有用上，请按现在的几条再选一遍。"
            self.add_error(None, words)
        elif not self.errors and (reason := why_not_shares(self.proposal, self.shares())):
            self.add_error(None, reason)

    def chosen_for_others(self) -> str:
        """The units that were chosen for asks which the proposal has no more."""
        own = {f"ask_{each.pk}" for each in self.asks}
        sent = {
            row_number(str(self.data[name]))
            for name in self.data
            if name.startswith("ask_") and name not in own and self.data[name]
        }
        if not sent:
            return ""
        names = Organisation.objects.filter(pk__in=sent).values_list("name", flat=True)
        return "、".join(names) or "单位"

    def shares(self) -> list[Share]:
        """Who takes which part, as the form says; a unit named for an ask answers it apart."""
        said, lead = self.cleaned_data, self.cleaned_data["unit"]
        months = said.get("months") or 0
        named = {ask.pk: said.get(f"ask_{ask.pk}") for ask in self.asks}
        apart = {each.pk: each for each in said[UnitRole.SEPARATE.value]}
        apart |= {each.pk: each for each in named.values() if each and each != lead}
        own = {pk: [ask for ask, unit in named.items() if unit and unit.pk == pk] for pk in apart}
        rest = [ask for ask, unit in named.items() if unit is None or unit == lead]
        whole = len(rest) == len(named)
        shares = [Share(lead, UnitRole.LEAD, () if whole else rest, months)] if lead else []
        shares += [
            Share(
                unit, UnitRole.SEPARATE, own[pk] or (rest if not lead and not whole else ()), months
            )
            for pk, unit in apart.items()
        ]
        helpers = (UnitRole.JOINT, UnitRole.ASSISTING)
        return shares + [
            Share(unit, role, (), months) for role in helpers for unit in said[role.value]
        ]


def _one_of(units: Units, label: str, none: str, help_text: str = "") -> UnitField:
    return UnitField(
        queryset=units,
        label=label,
        help_text=help_text,
        required=False,
        empty_label=none,
        error_messages={"invalid_choice": WRONG},
    )


def _several_of(units: Units, label: str, help_text: str) -> UnitsField:
    return UnitsField(
        queryset=units,
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": WRONG, "invalid_pk_value": WRONG},
    )


def _months(usual: int, more: int) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="答复期限",
        coerce=int,
        required=False,
        choices=[(0, f"{usual} 个月"), (more, f"{more} 个月")],
        widget=forms.RadioSelect,
        help_text=f"涉及面广、难度大的才选 {more} 个月。",
    )


def _initial(parts: list[Assignment], asks: list[Any]) -> dict[str, object]:
    """What the sheet says now, for a change of shares."""
    lead = next((each.unit_id for each in parts if each.role == UnitRole.LEAD), None)
    given: dict[str, object] = {"unit": lead, "months": max((p.months for p in parts), default=0)}
    for role, _, _ in MANY:
        given[role.value] = [each.unit_id for each in parts if each.role == role]
    for part in parts:
        if part.role == UnitRole.SEPARATE:
            given |= {f"ask_{ask.pk}": part.unit_id for ask in part.asks.all()}
    return given


class DrawUpSheetForm(forms.Form):
    """拟交办单: a name, and of each proposal that waits whether it is on it and who leads."""

    name = text_field("交办单名称", most=60, missing="请给交办单写个名称。")

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        proposals: Iterable[Proposal],
        words: Mapping[int, str],
        months: tuple[int, int],
        name: str = "",
    ) -> None:
        super().__init__(data, initial={"name": name})
        self.proposals = list(proposals)
        units = list(words.items())
        for each in self.proposals:
            self.fields[f"on_{each.pk}"] = forms.BooleanField(
                label=f"{each.number} 列入", required=False, initial=bool(each.suggested_unit_id)
            )
            self.fields[f"unit_{each.pk}"] = forms.TypedChoiceField(
                label=f"{each.number} 主办单位",
                coerce=int,
                required=False,
                empty_value=None,
                initial=each.suggested_unit_id,
                choices=[("", "请选主办单位"), *units],
                error_messages={"invalid_choice": WRONG},
            )
            self.fields[f"months_{each.pk}"] = forms.TypedChoiceField(
                label=f"{each.number} 答复期限",
                coerce=int,
                required=False,
                choices=[(0, f"{months[0]} 个月"), (months[1], f"{months[1]} 个月")],
            )

    @property
    def suggested(self) -> bool:
        """Whether some of it is what deputies suggest."""
        return any(each.suggested_unit_id for each in self.proposals)

    def rows(self) -> list[tuple[Proposal, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each proposal with its three fields."""
        return [
            (each, self[f"on_{each.pk}"], self[f"unit_{each.pk}"], self[f"months_{each.pk}"])
            for each in self.proposals
        ]

    def clean(self) -> None:
        if gone := self._waiting_no_more():
            raise forms.ValidationError(f"{gone}，没有列入。请看一遍，再拟一次。")
        for each in self.proposals:
            chosen = self.cleaned_data.get(f"on_{each.pk}")
            if chosen and not self.cleaned_data.get(f"unit_{each.pk}"):
                self.add_error(f"unit_{each.pk}", "请选主办单位。")

    def _waiting_no_more(self) -> str:
        """What was ticked on the page as it stood, and has gone on meanwhile, each with where."""
        ticked = {row_number(name[3:]) for name in self.data if name.startswith("on_")}
        rows = Proposal.objects.filter(pk__in=ticked - {each.pk for each in self.proposals})
        gone = rows.exclude(number="").order_by("number")
        return "、".join(f"{each.number} 现在是“{each.get_state_display()}”" for each in gone)

    def lines(self) -> list[tuple[Proposal, list[Share]]]:
        """Who leads each chosen one; finer shares are changed on the sheet."""
        said = self.cleaned_data
        chosen = [each for each in self.proposals if said.get(f"on_{each.pk}")]
        units = Organisation.objects.in_bulk([said[f"unit_{each.pk}"] for each in chosen])
        return [
            (
                each,
                [
                    Share(
                        units[said[f"unit_{each.pk}"]],
                        UnitRole.LEAD,
                        (),
                        said.get(f"months_{each.pk}") or 0,
                    )
                ],
            )
            for each in chosen
        ]


class SeenField(forms.CharField):
    """What a page showed: taken as it was sent, and said anew whenever the page is shown again."""

    def bound_data(self, data: object, initial: object) -> object:
        return initial


class DropSheetForm(forms.Form):
    """收回交办单, as it was seen."""

    seen = SeenField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, object] | None = None, *, sheet: Sheet) -> None:
        super().__init__(data, initial={"seen": lines_seen(sheet)})
        words = {
            "missing": "请写明为什么收回，看过的单位都会看到。",
            "help_text": "看过这张单的单位都会看到这句话。",
        }
        about = words if sheet.state == SheetState.REHEARSED else {}
        self.fields["reason"] = text_field("为什么收回", most=200, lines=3, **about)
