"""评价单: neutral, equal choices; nothing is preselected, ever."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.db.models import TextChoices

from congress.shared.models import Session
from proposals.forms import text_field
from proposals.models import Answer
from proposals.rating_states import Fulfilment, Satisfaction


def _choice(label: str, choices: type[TextChoices], help_text: str = "") -> forms.TypedChoiceField:
    missing = f"{label}还没有选。"
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=choices,
        help_text=help_text,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class Line(NamedTuple):
    """一条: the answer and the field that marks it."""

    answer: Answer
    field: forms.BoundField


class RateForm(forms.Form):
    """办理态度, 办理结果, then each ask; words when something does not satisfy."""

    process = _choice("办理态度", Satisfaction, "找您商量了吗，上心吗")
    result = _choice("办理结果", Satisfaction, "事情办得怎么样")

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        session: Session,
        answers: Iterable[Answer],
        words: str = "",
    ) -> None:
        """`words` are those typed before about another version."""
        super().__init__(data, initial={"words": words})
        self.answers = list(answers)
        for each in self.answers:
            self.fields[f"ask_{each.ask_id}"] = _choice(each.label, Fulfilment)
        self.fields["words"] = text_field("还想说的话", most=300, lines=3)
        self.fields["words"].help_text = f"选“不满意”请写一句。只有您和{session.offices}能看到。"

    def clean(self) -> dict[str, object]:
        """What is missing stands in one sentence, as beside the button."""
        said = super().clean() or {}
        if any(name.startswith("ask_") and name not in self.fields for name in self.data):
            self.add_error(None, "评的不是这份答复里的请求，没有交。请看过这一页再评。")
        names = [name for name in self.fields if name != "words" and name not in said]
        if names:
            what = "、".join(str(self.fields[name].label) for name in names)
            self.add_error(None, f"还差 {len(names)} 处没选：{what}。")
        if Satisfaction.UNSATISFIED in said.values() and not said.get("words"):
            self.add_error("words", "选了“不满意”，请写一句哪里不满意。")
        return said

    @property
    def lines(self) -> Iterator[Line]:
        """一条一条看."""
        return (Line(each, self[f"ask_{each.ask_id}"]) for each in self.answers)

    @property
    def said(self) -> dict[str, Any]:
        """As the verb takes it."""
        data = self.cleaned_data
        asks = {each.ask_id: data[f"ask_{each.ask_id}"] for each in self.answers}
        return {name: data[name] for name in ("process", "result", "words")} | {"asks": asks}
