"""换分类口径: which wording, from which day."""

from typing import Any

from django import forms

from congress.shared.forms import set_choices
from deputies.forms.seats import a_day
from deputies.queries.catalogue import names_of
from deputies.wordings import Wording


class WordingForm(forms.Form):
    """One of the shipped wordings, each told by its five categories."""

    wording = forms.ChoiceField(
        label="换成哪一种",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种分类。", "invalid_choice": "没有这种分类。"},
    )
    from_on = a_day("起用日期", help_text="一般是 1 月 1 日，和规则书的起用日期一致。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.value, f"{each.label}：{names_of(each)}") for each in Wording]
        set_choices(self.fields["wording"], choices)
