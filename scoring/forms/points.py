"""积分: which year, which congress, whose name; and the words of a reversal."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField, set_choices
from congress.shared.models import Assembly
from deputies.wordings import Wording


class YearForm(forms.Form):
    """The address of a points page; a slip shows this year and the first congress."""

    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    assembly = forms.TypedChoiceField(label="人大", coerce=int, empty_value=None, required=False)
    q = LineField(label="姓名", max_length=20, required=False)

    def __init__(
        self, *args: Any, years: Iterable[int], assemblies: Iterable[Assembly], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {assembly.pk: assembly for assembly in assemblies}
        set_choices(self.fields["year"], [(year, f"{year} 年") for year in years])
        names = [(pk, assembly.name) for pk, assembly in self.known.items()]
        set_choices(self.fields["assembly"], names)

    def choice(self, today: date) -> tuple[Assembly | None, int, str]:
        """The congress, the year and the name looked for."""
        self.is_valid()
        first = next(iter(self.known.values()), None)
        return (
            self.known.get(self.cleaned_data.get("assembly") or 0, first),
            self.cleaned_data.get("year") or today.year,
            self.cleaned_data.get("q") or "",
        )


class ReverseForm(forms.Form):
    """冲销: the deputy reads exactly this reason."""

    reason = forms.CharField(
        label="冲销原因",
        max_length=120,
        help_text="代表会看到这句话。例如：与 5 月 10 日那笔是同一次。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "冲销必须写明原因，代表会看到这句话。",
            "max_length": "最多 120 字，现在是 %(show_value)s 字。",
        },
    )


class AdoptForm(forms.Form):
    """启用默认积分表: for which congress, from which day."""

    assembly = forms.ModelChoiceField(
        Assembly.objects.all(),
        label="人民代表大会",
        empty_label=None,
        error_messages={"required": "请选择人大。", "invalid_choice": "没有这个人大。"},
    )
    wording = forms.ChoiceField(
        label="按哪一种分类封顶",
        choices=Wording,
        initial=Wording.POLICY,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种分类。", "invalid_choice": "没有这种分类。"},
    )
    from_on = forms.DateField(
        label="起用日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="一般是 1 月 1 日。这一天起的履职按这张表记分。",
        error_messages={"required": "请选择起用日期。", "invalid": "日期写法不对。"},
    )
