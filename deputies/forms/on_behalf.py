"""代为登记、不是这样、认定重复: what the office tells for a deputy, and what they say of it."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.actors import Actor
from congress.shared.forms import LineField, set_choices
from deputies.forms.duties import ReportForm
from deputies.models import DutyRecord
from deputies.models.duties import DutyRecordQuerySet
from deputies.models.duty_constraints import ENTERED
from deputies.permissions.duties import is_late, why_not_late, why_not_paper_on

TOO_LONG = "最多 120 字，现在是 %(show_value)s 字。"


class EnterForm(ReportForm):
    """代为登记: like a report; a late one says why it comes so late."""

    span = "今年、上年"
    late_reason = LineField(
        label="逾期补登的原因",
        max_length=120,
        required=False,
        help_text="只有上年漏报的要写，代表会看到。例如：住院三个月，当时没有登记。",
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.fields["again"].label = "是另一次，照样登记"

    def sources(self, facts: dict[str, Any]) -> list[str]:
        return [f"{ENTERED}{self.deputy.pk}:{facts.get('token')}"]

    def twins(self, facts: dict[str, Any]) -> DutyRecordQuerySet:
        return DutyRecord.objects.same_occasion(self.deputy, self.item, facts["done_on"])

    def why_not_day(self, facts: dict[str, Any]) -> str | None:
        day, reason = facts["done_on"], facts.get("late_reason", "")
        refusal = why_not_late(self.by, day, reason, self.today)
        if refusal and is_late(day, self.today) and self.by.is_staff:
            self.add_error("late_reason", refusal)
            return None
        return refusal


class PaperForm(forms.Form):
    """纸面确认: when the deputy's paper came, and what it is."""

    paper_on = forms.DateField(
        label="哪一天收到的",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "请填收到纸面确认的那一天。",
            "invalid": "日期不对，请按 2026-05-12 这样填。",
        },
    )
    paper_note = forms.CharField(
        label="是什么纸面，放在哪里",
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="以后可以查。例如：本人签字的履职登记表，存镇人大办公室第 12 号。",
        error_messages={
            "required": "请写是什么纸面，放在哪里，以后可以查。",
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, record: DutyRecord, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record, self.today = record, today
        self.initial.setdefault("paper_on", today)

    def clean_paper_on(self) -> date:
        day: date = self.cleaned_data["paper_on"]
        if reason := why_not_paper_on(self.record, day, self.today):
            raise forms.ValidationError(reason)
        return day


class DenyForm(forms.Form):
    """不是这样: whoever entered it reads exactly this."""

    words = forms.CharField(
        label="哪里不对",
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="登记的人会看到这句话。例如：那天我在县里开会，没有去。",
        error_messages={"required": "请写一句哪里不对，登记的人会看到。", "max_length": TOO_LONG},
    )


class DuplicateForm(forms.Form):
    """认定重复: which of the two stays."""

    stays = forms.TypedChoiceField(
        label="留下哪一条",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选留下哪一条。", "invalid_choice": "请选留下哪一条。"},
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self.fields["stays"], choices)
