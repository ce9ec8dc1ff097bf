"""年度代表工作计划: the plan with its rows of work, and what passing it needs."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField
from congress.shared.models import Assembly
from deputies.actions.plans import Item

SPARE_ROWS = 5
MOST_ROWS = 60
MONTHS = [(month, f"{month} 月") for month in range(1, 13)]


class PlanForm(forms.Form):
    """The plan's own words."""

    title = LineField(
        label="标题",
        max_length=60,
        error_messages={"required": "请填写标题。", "max_length": "标题最多 60 字。"},
    )
    foreword = forms.CharField(
        label="总体要求",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "总体要求最多 1000 字，现在是 %(show_value)s 字。"},
    )


class DraftPlanForm(PlanForm):
    """A new plan: for which congress and year."""

    assembly = forms.ModelChoiceField(
        Assembly.objects.all(),
        label="人民代表大会",
        empty_label=None,
        error_messages={"required": "请选择人大。", "invalid_choice": "没有这个人大。"},
    )
    year = forms.IntegerField(
        label="年度",
        min_value=2000,
        max_value=2100,
        error_messages={
            "required": "请填写年度。",
            "invalid": "年度请写成四位数字。",
            "min_value": "年度请写成四位数字。",
            "max_value": "年度请写成四位数字。",
        },
    )
    field_order = ("assembly", "year", "title", "foreword")


class ItemForm(forms.Form):
    """One row of work; an empty row is left out."""

    month_from = forms.TypedChoiceField(
        label="从", coerce=int, empty_value=None, required=False, choices=[("", "—"), *MONTHS]
    )
    month_to = forms.TypedChoiceField(
        label="到", coerce=int, empty_value=None, required=False, choices=[("", "—"), *MONTHS]
    )
    title = LineField(
        label="工作",
        max_length=100,
        required=False,
        error_messages={"max_length": "最多 100 字。"},
    )
    organiser = LineField(
        label="组织单位",
        max_length=40,
        required=False,
        error_messages={"max_length": "最多 40 字。"},
    )
    audience = LineField(
        label="参加人员",
        max_length=60,
        required=False,
        error_messages={"max_length": "最多 60 字。"},
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not any(said.values()):
            return said
        if not said.get("title") and "title" not in self.errors:
            self.add_error("title", "请写明做什么，不要这一行就全部清空。")
        if not said.get("organiser") and "organiser" not in self.errors:
            self.add_error("organiser", "请写明由谁组织。")
        first, last = said.get("month_from"), said.get("month_to") or said.get("month_from")
        if first is None:
            self.add_error("month_from", "请选择月份。")
        elif last is not None and last < first:
            self.add_error("month_to", "结束月份早于开始月份。")
        return said

    @property
    def item(self) -> Item | None:
        """The row as a line of the plan; None for an empty one."""
        said = self.cleaned_data
        if not any(said.values()):
            return None
        last = said["month_to"] or said["month_from"]
        return Item(said["month_from"], last, said["title"], said["organiser"], said["audience"])


class Rows(forms.BaseFormSet[ItemForm]):
    """The rows of work, empty ones left out."""

    @property
    def plan_items(self) -> list[Item]:
        return [form.item for form in self.forms if form.item]


def rows(data: Any, known: list[Item]) -> Rows:
    """The plan's rows with some spare ones; what was sent comes first."""
    made: type[Rows] = forms.formset_factory(  # type: ignore[assignment]  # a subclass of `formset`
        ItemForm, formset=Rows, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    return made(data, prefix="rows", initial=[vars(item) for item in known])


class PassPlanForm(forms.Form):
    """Which meeting passed it, and when."""

    meeting = LineField(
        label="通过的会议",
        max_length=60,
        help_text="例如：县十九届人大常委会第 45 次主任会议",
        error_messages={"required": "请填写会议名称。", "max_length": "最多 60 字。"},
    )
    passed_on = forms.DateField(
        label="通过日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写通过日期。", "invalid": "日期请写成 2027-01-15 这样。"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_passed_on(self) -> date:
        day: date = self.cleaned_data["passed_on"]
        if day > self.today:
            raise forms.ValidationError("会议还没有开，请在通过以后登记。")
        return day


class ReopenPlanForm(forms.Form):
    """Why it goes back to the drawing board."""

    reason = LineField(
        label="退回原因",
        max_length=120,
        error_messages={"required": "请写明为什么退回。", "max_length": "最多 120 字。"},
    )
