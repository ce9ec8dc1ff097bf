"""名次: among whom, by which points, and as it was on which day."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import set_choices
from deputies.models import DeputyGroup, DutyCategory
from scoring.forms.points import YearForm
from scoring.queries.board import Within
from scoring.queries.roll import COHORTS
from scoring.states import BookState
from scoring.tables import BONUS

EARLIEST = date(2000, 1, 1)
NO_DAY = "日期认不出，下面是今天的样子。请写成“2026-06-30”这样，或者点选一天。"


class DayForm(forms.Form):
    """回看: a past day in the address; today and slips show the present, slips with a sentence."""

    on = forms.DateField(label="看哪一天", required=False, error_messages={"invalid": NO_DAY})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day and day > self.today:
            raise forms.ValidationError("那天还没有到，下面是今天的样子。")
        if day and day < EARLIEST:
            raise forms.ValidationError("那时还没有积分账，下面是今天的样子。")
        return day

    def past(self) -> date | None:
        """The day asked for, when it is over."""
        self.is_valid()
        day: date | None = self.cleaned_data.get("on")
        return day if day != self.today else None

    @property
    def slip(self) -> str:
        """Why the present is shown instead; empty when that is what was asked for."""
        return "".join(str(each) for each in self.errors.get("on", []))


class BoardForm(YearForm):
    """排名的范围: township, group, cohort and category; a slip of one shows all of it.

    A page leaves out the filters that mean nothing to it.
    """

    area = forms.TypedChoiceField(label="乡镇", coerce=int, empty_value=None, required=False)
    group = forms.TypedChoiceField(label="小组", coerce=int, empty_value=None, required=False)
    cohort = forms.ChoiceField(label="同类", required=False)
    category = forms.ChoiceField(label="按什么排", required=False)

    def __init__(
        self,
        *args: Any,
        groups: Mapping[int, DeputyGroup],
        without: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        areas = {group.area_id: group.area.name for group in groups.values()}
        used = DutyCategory.objects.filter(ceiling__book__state=BookState.ADOPTED).distinct()
        categories = used.values_list("code", "name")
        set_choices(self.fields["area"], [("", "全部乡镇"), *areas.items()])
        names = [(pk, group.name) for pk, group in groups.items()]
        set_choices(self.fields["group"], [("", "全部小组"), *names])
        set_choices(self.fields["cohort"], [("", "全部代表"), *COHORTS.items()])
        set_choices(self.fields["category"], [("", "总分"), *categories, (BONUS, "附加分")])
        for name in without:
            del self.fields[name]

    def within(self) -> Within:
        """What the filters choose."""
        self.is_valid()
        found = self.cleaned_data
        return Within(
            area=found.get("area"),
            group=found.get("group"),
            cohort=found.get("cohort") or "",
            category=found.get("category") or "",
        )

    def part(self) -> str:
        """The name of the points that are ranked by, when it is not the total."""
        self.is_valid()
        code = self.cleaned_data.get("category") or ""
        named: dict[str, str] = dict(self.fields["category"].choices)  # type: ignore[attr-defined]  # a field of choices
        return named[code] if code else ""
