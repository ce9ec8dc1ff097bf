"""What a lead changes in a proposal that they have raised: the text, and what they wish besides."""

from typing import Any

from django import forms

from congress.shared.forms import set_rows
from congress.shared.models import Organisation, Session
from proposals.actions.drafting import Typed
from proposals.permissions.submission import Wishes
from proposals.raise_forms import AddressedForm, WithFiles, nothing_missing

MENDED = ("title", "facts", "request", "suggested_unit", "confidentiality_asked")
"""What a lead may change in a text that they have raised."""


class RewordForm(AddressedForm):
    """改正文: the words, and what is wished besides; `digest` is of the text it began with."""

    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        """`session` says whose office hands it over."""
        super().__init__(*args, **kwargs)
        field = self.fields["suggested_unit"]
        empty = f"还没想好，由{session.office}定"
        set_rows(field, Organisation.objects.units(), empty=empty)
        if session.of_township:
            field.help_text = f"最后由{session.office}交办。"

    def words(self) -> dict[str, Any]:
        """What 改正文 and 改好再提 take."""
        said = self.cleaned_data
        wishes = Wishes(said["suggested_unit"], said["confidentiality_asked"])
        return {name: said[name] for name in ("title", "facts", "request")} | {"wishes": wishes}


class MendForm(WithFiles, RewordForm):
    """改好再提: the same, and more files beside those that are there."""

    digest = None  # type: ignore[assignment]  # as Django leaves a field out
    field_order = ("title", "facts", "attachments", "request")

    def typed(self) -> Typed:
        """What its draft keeps."""
        return Typed(**{name: self.cleaned_data[name] for name in MENDED})


class DraftMendForm(MendForm):
    """修改稿: as typed; nothing is missing yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing_missing(self)
