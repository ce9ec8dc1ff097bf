"""What the two sides fill in while a proposal is handled."""

from collections.abc import Mapping, Sequence

from django import forms

from congress.shared.forms import set_choices, set_rows
from congress.shared.models import Organisation, User
from proposals.forms import text_field
from proposals.models import Assignment
from proposals.permissions.wholeness import MISNUMBERED, misnumbered
from proposals.queries.people import colleagues
from proposals.states import Stage


class DenyForm(forms.Form):
    """不是这样."""

    words = text_field(
        "实际情况是",
        most=200,
        lines=3,
        missing="请写明实际情况。",
        help_text="登记的一方会原样看到这句话，可以重新登记。",
    )


class WaiveForm(forms.Form):
    """免见面."""

    stage = forms.ChoiceField(
        label="免哪一次",
        widget=forms.RadioSelect(attrs={"class": "neutral"}),
        error_messages={"required": "请选免哪一次。", "invalid_choice": "请选免哪一次。"},
    )
    reason = text_field(
        "为什么不用见面",
        most=200,
        lines=3,
        missing="请写明为什么不用见面。",
        help_text="例如：已经在电话里说清楚。承办单位会看到。",
    )

    def __init__(self, data: object = None, *, stages: Sequence[Stage], stage: str = "") -> None:
        super().__init__(data, initial={"stage": stage})  # type: ignore[arg-type]  # a QueryDict or None
        set_choices(self.fields["stage"], [(each.value, each.label) for each in stages])


class ExcuseForm(WaiveForm):
    """免去代表不认可的见面."""

    reason = text_field(
        "为什么免去",
        most=200,
        lines=3,
        missing="请写明为什么免去。",
        help_text="例如：单位约了三次，代表都没有答复。单位和领衔代表会原样看到。",
    )


class ReturnDraftForm(forms.Form):
    """退改."""

    words = text_field(
        "要改什么",
        most=200,
        lines=3,
        missing="请写明要改什么。",
        help_text="经办人会原样看到这句话。",
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)


class HandOnForm(forms.Form):
    """转给同事."""

    to = forms.ModelChoiceField(
        label="由谁经办",
        queryset=User.objects.none(),
        error_messages={"required": "请选一位同事。", "invalid_choice": "请选本单位在任的同事。"},
    )

    def __init__(self, data: object = None, *, unit: Organisation, but: int) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        set_rows(self.fields["to"], colleagues(unit).exclude(pk=but), empty="请选同事")


class OpinionForm(forms.Form):
    """会办、协办意见."""

    text = text_field(
        "本单位的意见",
        most=4000,
        lines=6,
        missing="请写本单位的意见。",
    )
    file_number = text_field("文号", most=40, missing="请写意见的文号。")
    signer = text_field("签发人", most=40, missing="请写签发的负责人。")
    follows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, object] | None = None, *, part: Assignment) -> None:
        """`follows` says after which version of its unit it was written."""
        super().__init__(data, initial={"follows": part.opinions.count()})
        readers = f"只有主办单位和{part.proposal.session.offices}能看到。"
        self.fields["text"].help_text = f"写清本单位能办什么、何时办、谁负责。{readers}"

    def clean_file_number(self) -> str:
        """Without spaces, as a reply's."""
        number = "".join(str(self.cleaned_data["file_number"]).split())
        if misnumbered(number):
            raise forms.ValidationError(f"{MISNUMBERED}。")
        return number


class TemplateForm(forms.Form):
    """答复常用语."""

    name = text_field("名称", most=40, missing="请起个名称。")
    text = text_field("内容", most=4000, lines=4, missing="请写内容。")
