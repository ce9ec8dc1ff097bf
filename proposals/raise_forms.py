"""What a deputy fills in to raise a proposal, and to take one back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from congress.shared.forms import PicturesField, set_choices, set_rows
from congress.shared.models import Organisation
from deputies.actions import photos
from proposals.actions.drafting import Typed
from proposals.forms import WordsForm, text_field
from proposals.models import Proposal
from proposals.models.proposal import ProposalQuerySet
from proposals.permissions.drafting import MOST_PICTURES
from proposals.states import Kind

LONGEST_NAME = 80


class Pictures(PicturesField):
    """Photos, each with the name it was sent under."""

    def _read(self, number: int, sent: Any) -> Any:
        sent.seek(0)  # the page reads it again to keep it when another field was wrong
        return (sent.name[:LONGEST_NAME], super()._read(number, sent))


class AddressedForm(WordsForm):
    """建议正文, and who may answer it, whether it may be shown, and the photos that go with it."""

    suggested_unit = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="建议谁来办",
        required=False,
        empty_label="还没想好，由代工委定",
        help_text="最后由代工委会同县政府交办。",
        error_messages={"invalid_choice": "请从名单里选单位。"},
    )
    confidentiality_asked = text_field(
        "请求不公开的理由",
        most=120,
        help_text="一般空着，办理过程和答复都会公开。涉及个人隐私等不宜公开的，写一句理由。",
    )


class RaiseForm(AddressedForm):
    """提建议; the token makes a second click find the same proposal, and the draft its place."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="类别",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "这一类现在不能提，请重新选。"},
    )
    continues = forms.ModelChoiceField(
        Proposal.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "要接着的那一件找不到了，请重新选。"},
    )
    pictures = Pictures(
        label="照片",
        read=photos.read,
        most=MOST_PICTURES,
        required=False,
        help_text="可以不加。只收照片，会重新压缩、去掉拍摄地点等信息。",
    )
    field_order = ("token", "continues", "title", "facts", "pictures", "request", "kind")

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[Kind],
        known: ProposalQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self.fields["kind"], [(each.value, each.label) for each in kinds])
        set_rows(self.fields["suggested_unit"], Organisation.objects.units())
        set_rows(self.fields["continues"], known)

    def clean_kind(self) -> Kind:
        chosen = self.cleaned_data["kind"]
        return Kind(chosen) if chosen else next(iter(self.offered))

    @property
    def offered(self) -> list[Kind]:
        field = self.fields["kind"]
        return [Kind(value) for value, _ in field.choices]  # type: ignore[attr-defined]  # a ChoiceField

    def typed(self) -> Typed:
        """What its draft keeps."""
        return Typed(**{name: self.cleaned_data[name] for name in Typed.__dataclass_fields__})

    def facts_to_raise(self) -> dict[str, Any]:
        """What 提出 and 征集附议 take."""
        said: Mapping[str, Any] = self.cleaned_data
        return {name: value for name, value in said.items() if name != "pictures"}


class DraftForm(RaiseForm):
    """草稿: as typed; nothing is missing yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing_missing(self)


class DraftWordsForm(WordsForm):
    """修改稿: the words alone, as typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing_missing(self)


def nothing_missing(form: WordsForm) -> None:
    for name in ("title", "facts", "request"):
        form.fields[name].required = False


class WithdrawForm(forms.Form):
    reason = text_field(
        "为什么撤回",
        most=200,
        lines=3,
        missing="请写明撤回的理由。",
        help_text="附议代表会看到这句话。撤回后不能恢复，可以另提一件。",
    )
