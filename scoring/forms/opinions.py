"""代录: what a deputy wrote on paper, with the paper's photo or a reason."""

from decimal import Decimal
from typing import Any

from django import forms

from congress.shared.forms import LineField, PicturesField
from deputies.actions import photos
from scoring.actions.opinions import Opinion


class PaperReviewForm(forms.Form):
    """代录自评."""

    score = forms.DecimalField(
        label="评分",
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": "请填写纸面上的评分。",
            "invalid": "请填 0 到 100 之间的数，最多一位小数。",
            "min_value": "请填 0 到 100 之间的数。",
            "max_value": "请填 0 到 100 之间的数。",
            "max_decimal_places": "最多一位小数。",
        },
    )
    words = forms.CharField(
        label="纸面上写的话",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="照纸面上写的录入，不改意思。",
        error_messages={"max_length": "最多 300 字，现在是 %(show_value)s 字。"},
    )
    photos = PicturesField(
        label="纸质自评的照片",
        read=photos.read,
        most=1,
        required=False,
        help_text="照片和下面的原因，至少要有一样。拍一张就行。",
    )
    reason = LineField(
        label="没有照片的原因",
        max_length=120,
        required=False,
        help_text="没有照片才写。例如：电话里口述，由召集人记录。",
        error_messages={"max_length": "最多 120 字，现在是 %(show_value)s 字。"},
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors and not found["photos"] and not found["reason"]:
            self.add_error("reason", "请附纸质自评的照片，或者写明没有照片的原因。")
        return found

    @property
    def opinion(self) -> Opinion:
        return self.cleaned_data["score"], self.cleaned_data["words"].strip()

    def beside(self) -> dict[str, Any]:
        """What proves it, as the verb takes it."""
        pictures = self.cleaned_data["photos"]
        return {
            "reason": self.cleaned_data["reason"],
            "photo": pictures[0] if pictures else None,
        }
