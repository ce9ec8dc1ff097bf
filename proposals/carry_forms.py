"""滚动办: who fosters what, and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms

from congress.shared.forms import LineField
from congress.shared.models import Assembly
from deputies.models import Deputy
from proposals.models import Proposal
from proposals.permissions.fostering import why_not_foster
from proposals.queries.carrying import Line

FIELD = "foster_"


class FosterForm(forms.Form):
    """确定接续代表 for one proposal: any deputy who sits in its congress."""

    deputy = forms.ModelChoiceField(
        Deputy.objects.none(),
        label="哪位代表",
        error_messages={
            "required": "请选一位代表。",
            "invalid_choice": "选的代表现在不是这一级人大的代表，或者暂停执行职务，请另选一位。",
        },
    )
    reason = LineField(
        label="为什么由这位代表接续",
        max_length=200,
        error_messages={"required": "请写明为什么由这位代表接续，代表和单位会看到。"},
    )

    def __init__(self, data: Any, *, proposal: Proposal, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        assembly = proposal.session.term.assembly
        rows = Deputy.objects.serving(today).sitting_in(assembly, today)
        self.fields["deputy"].queryset = rows.order_by("stroke_key", "pk")  # type: ignore[attr-defined]


class Picked(NamedTuple):
    """What the office has picked in the preview."""

    typed: dict[int, str]
    """As it was sent, by the row of the proposal: nothing is 以后再定."""
    fosters: dict[int, tuple[Deputy, str]]
    problems: list[str]
    """A sentence for each pick that cannot be taken any more."""


def picked_of(
    assembly: Assembly, lines: Sequence[Line], sent: Mapping[str, Any], today: date
) -> Picked:
    """Of the preview, by the row of the proposal; nobody offered: a problem."""
    offered = {
        line.proposal.pk: {str(each.deputy.pk): each for each in line.choices} for line in lines
    }
    typed = {
        int(name.removeprefix(FIELD)): str(sent[name])
        for name in sent
        if name.startswith(FIELD) and _is_number(name.removeprefix(FIELD))
    }
    named = {pk: picked for pk, picked in typed.items() if picked}
    lost = {pk: picked for pk, picked in named.items() if picked not in offered.get(pk, {})}
    taken = {pk: offered[pk][picked] for pk, picked in named.items() if pk not in lost}
    fosters = {pk: (each.deputy, each.why) for pk, each in taken.items()}
    return Picked(typed, fosters, _problems(assembly, set(offered), lost, today))


def _is_number(key: str) -> bool:
    return key.isdecimal() and len(key) < 10


def _problems(
    assembly: Assembly, needing: set[int], lost: Mapping[int, str], today: date
) -> list[str]:
    if not lost:
        return []
    people = Deputy.objects.in_bulk([int(each) for each in lost.values() if _is_number(each)])
    rows = Proposal.objects.filter(session__term__assembly=assembly, pk__in=lost)
    loaded = rows.with_speaker(today).select_related("session__term", "lead").order_by("pk")
    found = [
        _problem(row, people.get(_key(lost[row.pk])), needs=row.pk in needing, today=today)
        for row in loaded
    ]
    elsewhere = len(lost) - len(found)
    if elsewhere:
        found.append(f"选的里有 {elsewhere} 件不是本级人大的建议，没有定接续代表，请到这一级去定。")
    return found


def _key(picked: str) -> int:
    return int(picked) if _is_number(picked) else 0


def _problem(row: Proposal, deputy: Deputy | None, *, needs: bool, today: date) -> str:
    who = deputy.name if deputy else "选的代表"
    about = f"{row.number}“{row.title}”：{who}"
    if not needs:
        done = "这件建议已经办完，不需要接续代表。"
        return f"{about}没有定为接续代表，{why_not_foster(row, None, today) or done}"
    why = why_not_foster(row, deputy, today) if deputy else None
    return f"{about}没有定为接续代表，{why or '现在不在可选的代表里，请另选或者以后再定。'}"
