"""审: what the office fills in to decide about a proposal."""

from collections.abc import Mapping
from typing import Any

from django import forms

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.forms import set_rows
from deputies.models import Delegation
from proposals.forms import text_field
from proposals.models import Proposal, RefusalGround
from proposals.models.proposal_rows import ProposalQuerySet
from proposals.models.reference import in_force
from proposals.permissions.review import asks_from, why_not_asks, why_not_decide_wish
from proposals.queries.likeness import most_alike_first
from proposals.queries.reviewing import SORTS, ReviewFilter, delegations
from proposals.states import BEFORE_HANDOVER, Kind

SEEN = "代表会原样看到这句话。"


class AsksForm(forms.Form):
    """逐条请求: one a line; left empty, the deputy's own lines stand."""

    asks = text_field(
        "逐条请求",
        most=7000,
        lines=5,
        help_text="一行一条，承办单位逐条答复。已按代表写的分行填好，可以改。",
    )

    def clean_asks(self) -> list[str]:
        asks = asks_from(self.cleaned_data["asks"])
        if asks and (reason := why_not_asks(asks)):
            raise forms.ValidationError(reason)
        return asks


class SplitForm(AsksForm):
    """拆分请求: of the asks that were seen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class AcceptForm(AsksForm):
    """受理: begun with the deputy's own lines and wish."""

    withheld_reason = text_field(
        "不公开的理由",
        most=120,
        help_text="一般不填：正文和办理经过受理后马上公开，答复另行公开。代表请求不公开的已经填好。",
    )

    wish_words = text_field(
        "不同意不公开的理由",
        most=120,
        help_text="不同意代表的请求，就清空上面一栏，在这里写明为什么公开。代表会原样看到。",
    )
    into = forms.ModelChoiceField(
        Proposal.objects.none(),
        label="同时并入",
        required=False,
        error_messages={"invalid_choice": "只能并入还没有交办的。"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, proposal: Proposal) -> None:
        self.own = asks_from(proposal.request)
        wish = proposal.confidentiality_asked
        self.proposal = proposal
        super().__init__(data, initial={"asks": "\n".join(self.own), "withheld_reason": wish})
        if not wish:
            del self.fields["wish_words"]
        rows = mergeable(proposal)
        if rows.exists():
            set_rows(self.fields["into"], rows, empty="不并案")
            name_by_number(self.fields["into"])
        else:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        withheld, words = (said.get(name, "") for name in ("withheld_reason", "wish_words"))
        if reason := why_not_decide_wish(self.proposal, withheld, words):
            self.add_error("wish_words", reason)
        return said

    def clean_asks(self) -> list[str]:
        asks = super().clean_asks() or self.own
        if reason := why_not_asks(asks):
            raise forms.ValidationError(reason)
        return asks


class WithholdForm(forms.Form):
    """定为不公开: the reply alone, unless it is the whole; merged, it has no reply of its own."""

    whole = forms.TypedChoiceField(
        label="不公开什么",
        coerce=lambda value: value == "whole",
        choices=[("reply", "只有答复"), ("whole", "整件")],
        help_text="只有答复的，公开页照旧，写明“答复不公开”和理由；整件的，公开页上不再有这件建议。",
        widget=forms.RadioSelect,
        error_messages={"required": "请选不公开什么。", "invalid_choice": "请从两项里选一项。"},
    )
    reason = text_field(
        "不公开的理由",
        most=120,
        missing="请写明为什么不公开。",
        help_text="代表会看到；只有答复不公开时，公开页上也写这句话，请不要写进秘密本身。",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, proposal: Proposal) -> None:
        super().__init__(data, initial={"whole": "whole" if proposal.merged_into else "reply"})


class KeepBackForm(forms.Form):
    """暂缓公开: of what is published the version that came after, and nothing else."""

    reason = text_field(
        "为什么暂缓公开",
        most=120,
        missing="请写明为什么暂缓公开。",
        help_text="代表和承办单位会原样看到，公开页上不写。",
    )


class LiftWithholdingForm(forms.Form):
    """改为公开."""

    reason = text_field(
        "为什么改为公开", most=120, missing="请写明为什么改为公开。", help_text=SEEN
    )


class SendBackForm(forms.Form):
    reason = text_field(
        "请代表改什么",
        most=200,
        lines=3,
        missing="请写明改什么，代表会看到这句话。",
        help_text=SEEN,
    )


class RefuseForm(forms.Form):
    ground = forms.ModelChoiceField(
        RefusalGround.objects.none(),
        label="属于哪一种情形",
        empty_label="请选情形",
        error_messages={"required": "请选一种情形。", "invalid_choice": "请从名单里选情形。"},
    )
    words = text_field(
        "向代表说明", most=200, lines=3, missing="请写明理由，代表会看到这句话。", help_text=SEEN
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        set_rows(self.fields["ground"], RefusalGround.objects.filter(in_force(clock.today())))


class LetterForm(forms.Form):
    words = text_field(
        "转给谁办理",
        most=200,
        lines=2,
        missing="请写明转给谁办理，代表会看到这句话。",
        help_text=SEEN,
    )


class MergeForm(forms.Form):
    """并案: into one that is numbered and not handed over, of the same session."""

    into = forms.ModelChoiceField(
        Proposal.objects.none(),
        label="并入哪一件",
        empty_label="请选建议",
        error_messages={"required": "请选并入哪一件。", "invalid_choice": "只能并入还没有交办的。"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, proposal: Proposal) -> None:
        super().__init__(data)
        set_rows(self.fields["into"], mergeable(proposal))
        name_by_number(self.fields["into"])


def mergeable(proposal: Proposal) -> ProposalQuerySet:
    """Numbered, not handed over, of the same session; what looks like it in front."""
    rows = Proposal.objects.filter(state__in=BEFORE_HANDOVER, session=proposal.session_id)
    return most_alike_first(rows.exclude(pk=proposal.pk), proposal)


def name_by_number(field: forms.Field) -> None:
    field.label_from_instance = lambda row: f"{row.number} {row.title}"  # type: ignore[attr-defined]  # of rows


class WaitingForm(forms.Form):
    """待审查的名单: what of it, and in which order."""

    kind = forms.ChoiceField(choices=[("", "各类"), *Kind.choices], required=False)
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(), required=False, empty_label="各代表团"
    )
    like = forms.BooleanField(required=False)
    sort = forms.ChoiceField(
        choices=[(key, words) for key, (words, _) in SORTS.items()], required=False
    )

    def __init__(self, data: Mapping[str, Any], *, by: Actor) -> None:
        super().__init__(data)
        set_rows(self.fields["delegation"], delegations(by), empty="各代表团")

    @property
    def narrows(self) -> bool:
        """Whether some of what waits may be left out."""
        said = self.cleaned_data
        return bool(said["kind"] or said["delegation"] or said["like"])

    def wanted(self) -> ReviewFilter:
        return ReviewFilter(**self.cleaned_data)
