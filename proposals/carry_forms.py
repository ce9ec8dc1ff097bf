"""滚动办: who fosters what, and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField
from deputies.models import Deputy
from proposals.models import Proposal
from proposals.queries.carrying import Line


class FosterForm(forms.Form):
    """确定接续代表 for one proposal: any deputy who sits in its congress."""

    deputy = forms.ModelChoiceField(Deputy.objects.none(), label="哪位代表", empty_label="请选择")
    reason = LineField(label="为什么由这位代表接续", max_length=200)

    def __init__(self, data: Any, *, proposal: Proposal, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        assembly = proposal.session.term.assembly
        rows = Deputy.objects.serving(today).sitting_in(assembly, today).distinct()
        self.fields["deputy"].queryset = rows.order_by("stroke_key", "pk")  # type: ignore[attr-defined]


def chosen(lines: Sequence[Line], typed: Mapping[str, Any]) -> dict[int, tuple[Deputy, str]]:
    """Of the preview: by the row of the proposal whom the office has picked among those offered.

    What says 以后再定, or names nobody that was offered, is left for later.
    """
    found = {}
    for line in lines:
        picked = str(typed.get(f"foster_{line.proposal.pk}", ""))
        for each in line.choices:
            if str(each.deputy.pk) == picked:
                found[line.proposal.pk] = (each.deputy, each.why)
    return found
