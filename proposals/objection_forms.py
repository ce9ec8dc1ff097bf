"""异议 as forms: a unit's, and the office's answer to it."""

from collections.abc import Mapping

from django import forms

from congress.shared.forms import set_rows
from congress.shared.models import Organisation
from proposals.assign_forms import WRONG
from proposals.forms import UnitField, text_field
from proposals.models import Objection, Proposal
from proposals.permissions.assignment import units_for
from proposals.permissions.objections import helping_part, why_not_take_over


def _unit_field(label: str, help_text: str = "") -> UnitField:
    return UnitField(
        queryset=Organisation.objects.none(),
        label=label,
        help_text=help_text,
        empty_label="请选单位",
        error_messages={"required": "请选一个单位。", "invalid_choice": WRONG},
    )


class ObjectForm(forms.Form):
    """提异议: which of the units that may have the proposal should have it."""

    better_unit = _unit_field(
        "应该由哪个单位办", "已经在办这件建议的单位也可以选，意思是请它牵头，由代工委定。"
    )
    reason = text_field(
        "理由",
        most=300,
        lines=3,
        missing="请写明理由。",
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, proposal: Proposal) -> None:
        super().__init__(data)
        readers = f"{proposal.session.offices}会看到这句话。"
        self.fields["reason"].help_text = f"写清依据，例如“三定”方案的哪一条。{readers}"
        set_rows(self.fields["better_unit"], units_for(proposal))


class UpholdForm(forms.Form):
    """改交: to the unit that was named, or to another that may have the proposal."""

    unit = _unit_field("改交给", "单位建议的已经选好，也可以改选别的。")
    words = text_field(
        "为什么这样定", most=300, lines=2, missing="请写明为什么，两个单位都会看到。"
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, objection: Objection) -> None:
        part = objection.assignment
        better = objection.better_unit
        able = why_not_take_over(part, better) is None
        super().__init__(data, initial={"unit": better.pk} if able else None)
        if not able:
            self.fields["unit"].help_text = ""
        elif helps := helping_part(part, better):
            self.fields["unit"].help_text = (
                f"{better.name}现在是{helps.get_role_display()}，改由它{part.get_role_display()}以后，"
                "原来那一部分随之了结，期限从今天重新算。也可以改选别的。"
            )
        set_rows(self.fields["unit"], units_for(part.proposal))


class DismissForm(forms.Form):
    """维持原交办."""

    words = text_field("为什么维持", most=300, lines=2, missing="请写明为什么，单位会看到。")
