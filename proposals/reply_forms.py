"""What a unit fills in to answer: the whole, and each ask with its class."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from proposals.actions.replies import Words
from proposals.forms import text_field
from proposals.models import Ask, OutcomeClass, ReplyDraft


def _outcome(label: str) -> forms.ModelChoiceField:  # type: ignore[type-arg]  # not generic at run time
    return forms.ModelChoiceField(
        label=label,
        queryset=OutcomeClass.objects.all(),
        empty_label=None,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"invalid_choice": "请从上面选一类。"},
    )


class ReplyForm(forms.Form):
    """答复稿: saved whole or not; what is still missing is said when it goes to be signed."""

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    outcome = _outcome("结果类别")
    text = text_field(
        "答复内容", most=8000, lines=10, help_text="一条一条答：怎么办、办到哪一步、谁负责。"
    )
    file_number = text_field("文号", most=40, help_text="例如：竹交函〔2026〕18 号")

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        asks: Sequence[Ask],
        draft: ReplyDraft | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(draft))
        self.asks = asks
        for ask in asks:
            self.fields[f"outcome_{ask.pk}"] = _outcome("这一条的结果")
            self.fields[f"text_{ask.pk}"] = text_field("这一条怎么办的", most=1000, lines=2)
            self.fields[f"evidence_{ask.pk}"] = text_field("依据", most=200)

    def words(self) -> dict[str, Any]:
        """What the verb takes."""
        said = self.cleaned_data
        answers = {
            ask.pk: Words(
                said[f"outcome_{ask.pk}"], said[f"text_{ask.pk}"], said[f"evidence_{ask.pk}"]
            )
            for ask in self.asks
        }
        names = ("outcome", "text", "file_number", "edition")
        return {name: said[name] for name in names} | {"answers": answers}

    @property
    def points(self) -> list[tuple[Ask, list[forms.BoundField]]]:
        """Each ask with its three fields."""
        names = ("outcome", "text", "evidence")
        return [(ask, [self[f"{name}_{ask.pk}"] for name in names]) for ask in self.asks]


def _initial(draft: ReplyDraft | None) -> dict[str, object]:
    if draft is None:
        return {"edition": 0}
    found: dict[str, object] = {
        "edition": draft.edition,
        "outcome": draft.outcome_id,
        "text": draft.text,
        "file_number": draft.file_number,
    }
    for answer in draft.answers.all():
        found |= {
            f"outcome_{answer.ask_id}": answer.outcome_id,
            f"text_{answer.ask_id}": answer.text,
            f"evidence_{answer.ask_id}": answer.evidence,
        }
    return found
