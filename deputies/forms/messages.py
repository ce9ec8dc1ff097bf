"""一码二亮: what voters, deputies and staff fill in."""

from typing import Any

from django import forms

from congress.shared.forms import LineField
from deputies.actions.messages import Letter, Promise
from deputies.states import Measure


class LetterForm(forms.Form):
    """给代表留言. `site` is a field people never see: only programs fill it."""

    words = forms.CharField(
        label="想反映什么事",
        min_length=5,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "说清地点、人数、多久了"}),
        error_messages={
            "required": "请写明想反映什么事。",
            "min_length": "太短了，请说清地点和什么事。",
            "max_length": "最多 600 字，请写要紧的。",
        },
    )
    place = LineField(
        label="在哪个村（社区）",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "例如：桃园村四组"}),
        error_messages={"max_length": "最多 40 字。"},
    )
    caller = LineField(
        label="怎么称呼您",
        max_length=20,
        required=False,
        error_messages={"max_length": "最多 20 字。"},
    )
    contact = LineField(
        label="联系方式",
        max_length=40,
        required=False,
        error_messages={"max_length": "最多 40 字。"},
    )
    site = LineField(required=False, max_length=200)

    def clean_site(self) -> str:
        if self.cleaned_data["site"]:
            raise forms.ValidationError("没有送出，请重新填写。")
        return ""

    @property
    def letter(self) -> Letter:
        said = dict(self.cleaned_data)
        said.pop("site")
        return Letter(**said)

    @property
    def shown(self) -> list[forms.BoundField]:
        """What a person sees."""
        return [self[name] for name in ("words", "place", "caller", "contact")]


class ReceiptForm(forms.Form):
    """查询号."""

    number = LineField(label="查询号", max_length=20, required=False)


def _words(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": f"请填写：{label}。", "max_length": "最多 600 字。"},
        **more,
    )


class AnswerMessageForm(forms.Form):
    """What the voter reads."""

    answer = _words("写给群众的话", help_text="群众凭查询号看到，请说清办了什么、办到哪一步")


class CloseMessageForm(forms.Form):
    """Why not, and where to turn instead."""

    reason = _words("不受理的原因", help_text="群众会看到。个人案件请告诉走信访或者诉讼渠道")


class RenewCodeForm(forms.Form):
    """Why the printed code is worth nothing any more."""

    reason = LineField(
        label="换码原因",
        max_length=80,
        help_text="例如：卡片遗失、码被人覆盖",
        error_messages={"required": "请填写换码原因。", "max_length": "最多 80 字。"},
    )


class PledgeForm(forms.Form):
    """One pledge; an empty line is left out."""

    text = LineField(
        label="承诺",
        max_length=40,
        required=False,
        error_messages={"max_length": "一条最多 40 字，短的更好记。"},
    )
    measure = forms.ChoiceField(
        label="拿什么说明",
        choices=Measure.choices,
        required=False,
        error_messages={"invalid_choice": "请重新选择。"},
    )
    target = forms.IntegerField(
        label="一年做到几次",
        min_value=1,
        max_value=366,
        required=False,
        error_messages={
            "invalid": "请写数字。",
            "min_value": "至少写 1。",
            "max_value": "一年最多 366。",
        },
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("text") and (said.get("measure") or said.get("target")):
            self.add_error("text", "请写上承诺，不要这一条就全部清空。")
        return said


class Pledges(forms.BaseFormSet[PledgeForm]):
    """At most three, empty ones left out."""

    @property
    def promises(self) -> list[Promise]:
        said = [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]
        return [Promise(each["text"], Measure(each["measure"]), each["target"]) for each in said]


def pledges(data: Any, known: list[Promise]) -> Pledges:
    """Three lines, with what stands."""
    made: type[Pledges] = forms.formset_factory(  # type: ignore[assignment]  # a subclass of `formset`
        PledgeForm, formset=Pledges, extra=3 - len(known), max_num=3, absolute_max=3
    )
    return made(data, prefix="pledges", initial=[vars(each) for each in known])
