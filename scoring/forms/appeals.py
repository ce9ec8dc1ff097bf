"""异议: one sentence from the deputy, one from whoever answers, and what the line becomes."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congress.shared.forms import LineField, PicturesField, set_choices
from deputies.actions import photos
from deputies.rules import MOST_PHOTOS
from scoring.actions.appeals import SAY_ANSWER, SAY_MORE, SAY_WHY
from scoring.models import Rule
from scoring.points import plain

TOO_LONG = "最多 300 字，现在是 %(show_value)s 字。"
AWAY = "none"
"""The choice that takes the line away and puts nothing in its place."""


def words_field(
    label: str, wrong: str, *, hint: str = "", required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=300,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": wrong, "max_length": TOO_LONG},
    )


def proof_field() -> PicturesField:
    return PicturesField(
        label="照片",
        read=photos.read,
        most=MOST_PHOTOS,
        required=False,
        help_text=f"通知、签到表都可以，最多 {MOST_PHOTOS} 张。",
    )


class AppealForm(forms.Form):
    """提出异议."""

    words = words_field(
        "哪里不对，应当怎样记", SAY_WHY, hint="例如：那次是全县统一定题，应按 A2 记 2 分。"
    )
    photos = proof_field()


class AddWordsForm(forms.Form):
    """再补一句: words, photos, or both."""

    words = words_field("要补充的话", SAY_MORE, required=False)
    photos = proof_field()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and not (facts.get("words") or facts.get("photos")):
            self.add_error("words", SAY_MORE)
        return facts


class AnswerForm(forms.Form):
    """答复: the deputy reads exactly these words."""

    answer = words_field("答复", SAY_ANSWER, hint="代表会看到这句话。")


class RemedyForm(forms.Form):
    """改成什么: a rule of the book in force on the day of the deed and how many units, or away."""

    rule = forms.ChoiceField(
        label="改成",
        error_messages={"required": "请选择改成什么。", "invalid_choice": "请选择列出的条目。"},
    )
    quantity = forms.IntegerField(
        label="数量",
        min_value=1,
        max_value=99,
        error_messages={
            "required": "请填数量。",
            "invalid": "请填一个整数。",
            "min_value": "数量至少是 1。",
            "max_value": "数量最多填 99。",
        },
    )

    def __init__(self, *args: Any, rules: Iterable[Rule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(rule.pk): rule for rule in rules}
        choices = [(pk, _rule_words(rule)) for pk, rule in self.known.items()]
        away = (AWAY, "只取消这一笔，不另记")
        set_choices(self.fields["rule"], [("", "请选择"), *choices, away])

    def remedy(self) -> tuple[Rule | None, int]:
        """The rule, none for taking away, and the quantity; for a form that is valid."""
        return self.known.get(self.cleaned_data["rule"]), self.cleaned_data["quantity"]


def _rule_words(rule: Rule) -> str:
    return f"{rule.item.code} {rule.item.short_name}，每{rule.item.unit} {plain(rule.points)} 分"


class AppealFilter(forms.Form):
    """The address of the office's list; a slip shows what waits."""

    only = forms.ChoiceField(
        required=False,
        choices=[(key, key) for key in ("", "mine", "late", "answered", "withdrawn")],
    )
    q = LineField(label="姓名", max_length=20, required=False)

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value}
