"""What a deputy fills in to raise a proposal, and to take one back."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from time import monotonic
from typing import IO, Any
from uuid import UUID, uuid4

from django import forms

from congress.shared import clean_pdf, clock
from congress.shared.errors import REFUSED
from congress.shared.forms import PICTURES, ManyFiles, PicturesField, set_choices, set_rows
from congress.shared.models import Assembly, Organisation
from congress.shared.models.places import TOWNSHIP
from congress.shared.names import INVISIBLE
from deputies.actions import photos
from deputies.models import Deputy
from proposals.actions.drafting import File, Typed
from proposals.forms import WordsForm, text_field
from proposals.models import Proposal
from proposals.models.drafts import LONGEST_NAME
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.permissions.drafting import MOST_FILES
from proposals.permissions.invitations import may_sign
from proposals.rules import PDF_MEGABYTES, PDF_PAGES
from proposals.states import Kind

RENEWED = "这份表单没有完整送到，已经换好一份，请再提交一次。"
SECONDS_FOR_ALL = 12
"""After it no other file is begun: whoever waits gets an answer, and the process lives on."""
TOO_LONG = "前面的文件处理得太久，请过一会儿单独传这一个。"
NEITHER = "这不是照片，也不是 PDF，或者格式打不开。请用手机拍一张，或选 JPG、PNG 图片、PDF。"


def read_file(sent: IO[bytes], size: int, our_turn: Callable[[], bool] = lambda: True) -> File:
    """A paper or a picture, by what is in it; papers of one form at a time."""
    if not clean_pdf.is_pdf(sent):
        try:
            return photos.read(sent, size)
        except photos.NoPhoto as fault:
            called_pdf = str(getattr(sent, "name", "")).lower().endswith(".pdf")
            raise ValueError(clean_pdf.BROKEN if called_pdf else NEITHER) from fault
    if not our_turn():
        raise clean_pdf.Busy(clean_pdf.BUSY)
    today = clock.today()
    most = {"most_pages": PDF_PAGES.on(today), "most_megabytes": PDF_MEGABYTES.on(today)}
    return clean_pdf.read(sent, size, **most)


def _plain(name: str) -> str:
    """As it was sent, without what turns the line round or shows nothing."""
    kept = "".join(char for char in name if unicodedata.category(char) not in INVISIBLE)
    return kept[:LONGEST_NAME] or "附件"


class FilesField(PicturesField):
    """Each photo and paper with the name it was sent under, or the sentence why it is not kept."""

    widget = ManyFiles(f"{PICTURES},application/pdf")
    kind, unit = "照片和 PDF 一共", "个"

    def __init__(self) -> None:
        super().__init__(
            label="照片和 PDF",
            read=read_file,
            most=MOST_FILES,
            required=False,
            help_text="可以不加。照片会重新压缩、去掉拍摄地点，PDF 会去掉作者、链接等，只留页面。",
        )

    def clean(self, data: Any, initial: object = None) -> list[Any]:
        with clean_pdf.turn() as our_turn:
            self.read = partial(read_file, our_turn=our_turn)
            self.until = monotonic() + SECONDS_FOR_ALL
            return super().clean(data, initial)

    def _read(self, number: int, sent: Any) -> tuple[str, File] | forms.ValidationError:
        if not hasattr(sent, "read_as"):  # the page reads the form again when something was wrong
            sent.read_as = self._kept(_plain(sent.name), sent)
        return sent.read_as  # type: ignore[no-any-return]  # what stands above

    def _kept(self, name: str, sent: Any) -> tuple[str, File] | forms.ValidationError:
        if monotonic() > self.until:
            return forms.ValidationError(f"“{name}”：{TOO_LONG}")
        try:
            return (name, self.read(sent, sent.size or 0))
        except ValueError as fault:
            code = REFUSED if isinstance(fault, clean_pdf.Busy) else None
            return forms.ValidationError(f"“{name}”：{fault}", code)


class WithFiles(forms.Form):
    """One bad file says what is wrong with it and costs none of the others."""

    attachments = FilesField()
    good: Sequence[tuple[str, File]] = ()

    def clean_attachments(self) -> Sequence[tuple[str, File]]:
        read = self.cleaned_data["attachments"]
        self.good = [each for each in read if not isinstance(each, forms.ValidationError)]
        if wrong := [each for each in read if isinstance(each, forms.ValidationError)]:
            raise forms.ValidationError(wrong)
        return self.good

    @property
    def only_files_are_wrong(self) -> bool:
        """The words can be kept, and those files that are good."""
        return not set(self.errors) - {"attachments"}

    @property
    def has_words(self) -> bool:
        """Something is written that would be missed."""
        return any(self.cleaned_data.get(name) for name in ("title", "facts", "request"))


class AddressedForm(WordsForm):
    """建议正文, and who may answer it, whether it may be shown, and the files that go with it."""

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
        help_text="一般空着：正文和办理经过受理后公开，答复另行公开。涉及个人隐私等不宜公开的，写一句理由。",
    )


class RaiseForm(WithFiles, AddressedForm):
    """提建议; the token makes a second click find the same proposal, and the draft its place."""

    token = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": RENEWED, "invalid": RENEWED},
    )
    assembly = forms.ModelChoiceField(
        Assembly.objects.none(),
        label="向哪一级人大提",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "您现在不能向这一级人大提，请重新选。"},
    )
    kind = forms.ChoiceField(
        label="类别",
        required=False,
        widget=forms.RadioSelect(attrs={"class": "two-up"}),
        error_messages={"invalid_choice": "这一类现在不能提，请重新选。"},
    )
    continues = forms.ModelChoiceField(
        Proposal.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "要接着的那一件找不到了，请重新选。"},
    )
    field_order = (
        "token",
        "continues",
        "assembly",
        "title",
        "facts",
        "attachments",
        "request",
        "kind",
    )

    def __init__(
        self,
        *args: Any,
        congresses: Mapping[Assembly, str],
        kinds: Sequence[Kind],
        known: ProposalQuerySet,
        **kwargs: Any,
    ) -> None:
        """`congresses` are those in which the deputy sits, each by its name."""
        super().__init__(*args, **kwargs)
        keys = {each.pk: name for each, name in congresses.items()}
        set_rows(self.fields["assembly"], Assembly.objects.filter(pk__in=keys))
        set_choices(self.fields["assembly"], keys.items())
        set_choices(self.fields["kind"], [(each.value, each.label) for each in kinds])
        set_rows(self.fields["suggested_unit"], Organisation.objects.units())
        self._say_who_hands_over(congresses)
        set_rows(self.fields["continues"], known)

    def _say_who_hands_over(self, congresses: Mapping[Assembly, str]) -> None:
        """A township's own office decides there: 代工委 is named where it alone may be meant."""
        if any(each.level.code == TOWNSHIP for each in congresses):
            who = next(iter(congresses.values())) if len(congresses) == 1 else "受理的那一级人大"
            field = self.fields["suggested_unit"]
            set_rows(field, Organisation.objects.units(), empty=f"还没想好，由{who}定")
            field.help_text = f"最后由{who}交办。"

    def renew_token(self) -> UUID:
        """The form's own, or a new one in its place when what was sent is none."""
        if "token" in self.errors:
            sent = {name: self.data[name] for name in self.data}
            self.data = sent | {"token": str(uuid4())}
        return UUID(str(self["token"].value()))

    def clean_kind(self) -> Kind:
        chosen = self.cleaned_data["kind"]
        return Kind(chosen) if chosen else next(iter(self.offered))

    def clean_continues(self) -> Proposal | None:
        """并案: of one merged the other goes on, which is handled and answered."""
        earlier: Proposal | None = self.cleaned_data["continues"]
        into = earlier.merged_into if earlier else None
        known = self.fields["continues"].queryset  # type: ignore[attr-defined]  # a ModelChoiceField
        return into if into and known.filter(pk=into.pk).exists() else earlier

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
        return {name: said[name] for name in said if name not in ("attachments", "assembly")}


class DraftForm(RaiseForm):
    """草稿: as typed; nothing is missing yet, and the kind may wait for the congress."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing_missing(self)
        set_choices(self.fields["kind"], Kind.choices)


def nothing_missing(form: WordsForm) -> None:
    for name in ("title", "facts", "request"):
        form.fields[name].required = False


class InviteForm(forms.Form):
    """邀请附议: deputies ticked off in a list of those found."""

    deputies = forms.ModelMultipleChoiceField(
        Deputy.objects.none(),
        label="代表",
        error_messages={
            "required": "请至少选一位代表。",
            "invalid_choice": "选的人里有一位现在不能附议，请重新选。",
            "invalid_pk_value": "选的人里有一位现在不能附议，请重新选。",
        },
    )

    def __init__(self, *args: Any, proposal: Proposal, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["deputies"], may_sign(proposal, today).in_name_order())


class WithdrawForm(forms.Form):
    reason = text_field(
        "为什么撤回",
        most=200,
        lines=3,
        missing="请写明撤回的理由。",
        help_text="附议代表会看到这句话。撤回后不能恢复，可以另提一件。",
    )
