"""承诺、回头看、转类、又被提出 as forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from congress.shared.actors import Actor
from congress.shared.forms import LineField, PicturesField, set_choices, set_rows
from deputies.actions import photos
from proposals.clock_forms import day_field
from proposals.follow_states import LookBackState
from proposals.forms import text_field
from proposals.models import Ask, OutcomeClass, Proposal
from proposals.models.drafts import LONGEST_NAME
from proposals.models.reference import Meaning
from proposals.rating_states import Satisfaction


class OnePicture(PicturesField):
    """一张照片, with the name it was sent under."""

    def __init__(self) -> None:
        super().__init__(
            label="照片",
            read=photos.read,
            most=1,
            required=False,
            help_text="最多一张。代表和人大看得到，不上公开页。",
        )

    def _read(self, number: int, sent: object) -> object:
        name = str(getattr(sent, "name", ""))[:LONGEST_NAME]
        return (name, super()._read(number, sent))  # type: ignore[arg-type]  # an UploadedFile


class ReportStepForm(forms.Form):
    """报告兑现."""

    words = text_field(
        "怎么兑现的",
        most=300,
        lines=3,
        missing="请写明怎么兑现的。",
        help_text="写清办到了什么、凭什么（验收单、公告、文号）。核实以后上公开页。",
    )
    picture = OnePicture()

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        sent = self.cleaned_data["picture"]
        return {"words": self.cleaned_data["words"], "picture": sent[0] if sent else None}


class ConfirmForm(forms.Form):
    """核实: nothing to fill in."""


class SendBackStepForm(forms.Form):
    """退回报告."""

    words = text_field(
        "哪里没有办到", most=200, lines=2, missing="请写明哪里没有办到，单位会看到。"
    )


class OpenLookBackForm(forms.Form):
    """提出回头看."""

    reason = text_field("为什么回头看", most=200, lines=2, missing="请写明理由，单位会看到。")


class ReportLookBackForm(forms.Form):
    """报告落实情况."""

    report = text_field(
        "现在办到哪一步",
        most=500,
        lines=4,
        missing="请写明现在办到哪一步、什么时候办成。",
        help_text="写清卡在哪里、还要多久。代表和人大会看到。",
    )


class SettleLookBackForm(forms.Form):
    """了结回头看."""

    ending = forms.ChoiceField(
        label="怎么了结",
        choices=(
            (LookBackState.KEPT.value, "继续落实，定新的日期"),
            (LookBackState.HANDED.value, "转重新办理"),
        ),
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选怎么了结。", "invalid_choice": "请选怎么了结。"},
    )
    next_on = day_field(
        "新的日期", "继续落实的要填：这一步改到哪天，或者哪天再看。", required=False
    )
    words = text_field("理由", most=300, lines=3, missing="请写明理由，单位和代表会看到。")


class AskUpgradeForm(forms.Form):
    """申请转类."""

    ask = forms.ModelChoiceField(
        label="哪一条",
        queryset=Ask.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选哪一条。", "invalid_choice": "请选哪一条。"},
    )
    becomes = forms.ModelChoiceField(
        label="转为哪一类",
        queryset=OutcomeClass.objects.filter(meaning=Meaning.SOLVED),
        empty_label=None,
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选转为哪一类。", "invalid_choice": "请选转为哪一类。"},
    )
    evidence = text_field(
        "依据",
        most=300,
        lines=3,
        missing="请写明凭什么说办成了。",
        help_text="例如：验收单、批复的名称和文号，谁到现场看过。",
    )

    def __init__(self, data: object = None, *, asks: Sequence[int | None], office: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.fields["evidence"].help_text += f"{office}核实以后才转。"
        numbers = [each for each in asks if each]
        if numbers:
            set_rows(self.fields["ask"], Ask.objects.filter(pk__in=numbers))
        else:
            del self.fields["ask"]

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        return {"ask": None, **self.cleaned_data}


class ConfirmUpgradeForm(forms.Form):
    """核实转类."""

    words = text_field("核实意见", most=200, help_text="可以不写。例如：与领衔代表到现场看过。")


class RefuseUpgradeForm(forms.Form):
    """不同意转类."""

    words = text_field("为什么不同意", most=200, lines=2, missing="请写明为什么，单位会看到。")


class RateFulfilmentForm(forms.Form):
    """评兑现: nothing preselected."""

    grade = forms.ChoiceField(
        label="承诺兑现得怎么样",
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选一项。", "invalid_choice": "请选一项。"},
    )
    words = text_field("想说的话", most=300, lines=3, help_text="可以不写。承办单位看不到。")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        set_choices(self.fields["grade"], Satisfaction.choices)

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        grade = Satisfaction(self.cleaned_data["grade"])
        return {"grade": grade, "words": self.cleaned_data["words"]}


class OpenChallengeForm(forms.Form):
    """提请对照: the earlier one by its number."""

    number = LineField(
        label="以前那一件的编号",
        max_length=20,
        help_text="例如 1805021。要是已经答复“已解决”的。",
        error_messages={"required": "请写以前那一件的编号。", "max_length": "编号最多 20 个字。"},
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, by: Actor) -> None:
        self.by = by
        super().__init__(data)

    def clean_number(self) -> Proposal:
        """The proposal itself, of those that this reader may see."""
        number = self.cleaned_data["number"]
        found = Proposal.objects.visible_to(self.by).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(f"没有找到编号 {number} 的建议。")
        return found


class DismissForm(forms.Form):
    """不是同一件."""

    words = text_field("两件哪里不一样", most=300, lines=2, missing="请写明两件哪里不一样。")


class ExplainForm(forms.Form):
    """作说明."""

    explanation = text_field(
        "客观说明",
        most=800,
        lines=6,
        missing="请客观写明当时办到哪一步、为什么又被提出。",
        help_text="当时办了什么、现在什么样、和这次提的哪里相同哪里不同。"
        "人大和原来的领衔代表会看到；写不写在公开页上，了结时由人大定。",
    )


class SettleChallengeForm(forms.Form):
    """了结又被提出."""

    stands = forms.TypedChoiceField(
        label="原来的已解决",
        choices=(("yes", "仍然成立"), ("no", "撤销")),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选一项。", "invalid_choice": "请选一项。"},
    )
    words = text_field(
        "凭什么这样认定", most=300, lines=3, missing="请写明凭什么，会写在公开页上。"
    )

    def __init__(self, data: object = None, *, explained: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        if explained:
            self.fields["explanation_shown"] = forms.TypedChoiceField(
                label="单位的说明",
                choices=(("yes", "写在公开页上"), ("no", "不公开")),
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect(attrs={"class": "neutral"}),
                help_text="公开以前请看里面有没有不宜公开的姓名、电话和事情。",
                error_messages={"required": "请选一项。", "invalid_choice": "请选一项。"},
            )
