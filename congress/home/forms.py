"""What is asked where two apps meet."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from congress.shared.forms import set_rows, without_numbers
from proposals.models import Proposal


class ProposalField(forms.ModelChoiceField[Proposal]):
    def label_from_instance(self, proposal: Proposal) -> str:
        number = f"{proposal.number} " if proposal.number else ""
        return f"{number}{proposal.title}（{proposal.lead.name}代表）"


class ProposedForm(forms.Form):
    """Which proposal it is, and what the voter reads beside it."""

    proposal = ProposalField(
        Proposal.objects.none(),
        label="哪一件建议",
        help_text="根据这件民情写的排在最前，其次是接待代表的、本乡镇代表的；还没有提交的先提交",
        error_messages={
            "required": "请选是哪一件建议。",
            "invalid_choice": "这件建议不在名单里，请重选。",
        },
    )
    result = forms.CharField(
        label="说明",
        max_length=600,
        validators=[without_numbers("单位的座机可以写。", offices=True)],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="这段话会告知群众，例如：王代表已经提出建议，由县水利局办理",
        error_messages={"required": "请写明怎样答复群众。", "max_length": "最多 600 字。"},
    )

    def __init__(self, *args: Any, rows: QuerySet[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["proposal"], rows, empty="请选择")
