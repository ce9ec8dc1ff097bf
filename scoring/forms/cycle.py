"""年度评价的进程: which year with which days, a stage's new days, who stands in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from congress.shared.forms import LineField, refuse_field, set_choices
from congress.shared.models import Assembly, User
from congress.shared.names import says_something
from scoring.models import ReviewCycle, ReviewStage
from scoring.permissions.cycle import why_not_again, why_not_new_days
from scoring.queries.board import congresses
from scoring.queries.stand_ins import Party, accounts, parties, why_not_speak_for
from scoring.queries.timetables import proposal, spans_of
from scoring.states import Stage
from scoring.timetable import Span, Timetable, why_not_timetable

LONGEST_REASON = 120


def day_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}。", "invalid": f"{label}不是一个日期。"},
    )


def reason_field(label: str, missing: str, help_text: str = "") -> LineField:
    return LineField(
        label=label,
        max_length=LONGEST_REASON,
        help_text=help_text,
        validators=[_says_why],
        error_messages={
            "required": missing,
            "max_length": f"最多 {LONGEST_REASON} 个字。",
        },
    )


def _says_why(words: str) -> None:
    if not says_something(words):
        raise forms.ValidationError("原因写得太短，请写清楚为什么。")


class OpenCycleForm(forms.Form):
    """启动年度评价: the proposed days may all be changed."""

    assembly = forms.ModelChoiceField(Assembly.objects.all(), label="哪一级人大", empty_label=None)
    year = forms.IntegerField(
        label="年度",
        min_value=2000,
        max_value=2999,
        error_messages={
            "required": "请填写年度。",
            "invalid": "年度是四位数字。",
            "min_value": "年度是四位数字。",
            "max_value": "年度是四位数字。",
        },
    )
    cut_off_on = day_field("履职截止日", "这一天及以前做的履职，算进这一年的评定")

    def __init__(self, *args: Any, year: int, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, table = today, proposal(year, today)
        # Whose points are kept is reviewed; other assemblies may be chosen.
        first = {"assembly": congresses().first(), "year": year, "cut_off_on": table.cut_off_on}
        self.initial.update(first)
        self.fields["year"].help_text = f"现在是 {today.year} 年；一年只启动一次。"
        for stage, span in table.spans.items():
            for name, value, label in (
                ("opens_on", span.opens_on, "开始日期"),
                ("closes_on", span.closes_on, "截止日期"),
            ):
                self.fields[f"{stage}_{name}"] = field = day_field(f"{stage.label}{label}")
                field.label = label  # the group of the two says of which stage
                self.initial[f"{stage}_{name}"] = value

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.errors:
            refuse_field(why_not_again(found["assembly"], found["year"]))
        if not self.errors and (wrong := why_not_timetable(found["year"], self.table, self.today)):
            raise forms.ValidationError(wrong)
        return found

    @property
    def table(self) -> Timetable:
        """The days as typed."""
        return Timetable(self.cleaned_data["cut_off_on"], self._spans())

    def _spans(self) -> dict[Stage, Span]:
        known = self.cleaned_data
        return {
            stage: Span(known[f"{stage}_opens_on"], known[f"{stage}_closes_on"]) for stage in Stage
        }

    def stages(self) -> list[tuple[str, BoundField, BoundField]]:
        """Each stage's name with its two fields, in order."""
        return [
            (stage.label, self[f"{stage}_opens_on"], self[f"{stage}_closes_on"]) for stage in Stage
        ]


class RescheduleForm(forms.Form):
    """改期."""

    opens_on = day_field("开始日期")
    closes_on = day_field("截止日期", "当天仍可提交")
    reason = reason_field("原因", "请写明为什么改期，各方会看到这句话。", "还没有提交的各方会收到")

    def __init__(self, *args: Any, stage: ReviewStage, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage, self.today = stage, today
        self.initial.update(opens_on=stage.opens_on, closes_on=stage.closes_on)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if self.errors:
            return found
        cycle, opens_on, closes_on = self.stage.cycle, found["opens_on"], found["closes_on"]
        spans = spans_of(cycle) | {self.stage.stage: Span(opens_on, closes_on)}
        wrong = why_not_new_days(self.stage, opens_on, closes_on, self.today)
        table = Timetable(cycle.cut_off_on, spans)
        if wrong := wrong or why_not_timetable(cycle.year, table, self.today):
            raise forms.ValidationError(wrong)
        return found


class StandInForm(forms.Form):
    """指定代评人."""

    place = forms.ChoiceField(
        label="代哪一方",
        error_messages={"required": "请选择代哪一方。", "invalid_choice": "没有这一方，请重选。"},
    )
    user = LineField(
        label="由谁代",
        max_length=60,
        help_text="填账号名，或者姓名",
        error_messages={"required": "请填写由谁代。", "max_length": "账号名没有这么长。"},
    )
    from_on = day_field("从哪天起")
    to_on = day_field("到哪天止", "当天仍可代为提交")
    reason = reason_field("原因", "请写明为什么要由别人代评。", "代评人会看到，也写在意见旁边")

    def __init__(self, *args: Any, cycle: ReviewCycle, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle, self.today = cycle, today
        self.parties: Mapping[str, Party] = parties(cycle)
        choices = [(key, _label(party)) for key, party in self.parties.items()]
        set_choices(self.fields["place"], [("", "请选择"), *choices])
        spans = spans_of(cycle)
        self.initial.setdefault("from_on", today)
        self.initial.setdefault("to_on", max(today, spans[Stage.TOWNSHIP].closes_on))

    def clean_place(self) -> Party:
        return self.parties[self.cleaned_data["place"]]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        from_on, to_on = found.get("from_on"), found.get("to_on")
        if from_on and to_on and to_on < from_on:
            self.add_error("to_on", "结束的日子不能早于开始的日子。")
        elif to_on and to_on < self.today:
            self.add_error("to_on", "结束的日子已经过了。")
        if found.get("place") and found.get("user"):
            why = why_not_speak_for(self.cycle, found["place"], found["user"], self.today)
            if why:
                self.add_error("user", why)
        return found

    def clean_user(self) -> User:
        typed = self.cleaned_data["user"]
        found = accounts(typed)
        refuse_field(None if found else f"没有“{typed}”这个账号，也没有叫这个姓名的账号。")
        if len(found) > 1:
            known = "、".join(user.username for user in found)
            refuse_field(f"叫“{typed}”的账号有 {len(found)} 个，请填账号名：{known}。")
        return found[0]


def _label(party: Party) -> str:
    area = getattr(party, "area", None)
    return f"{area} {party}" if area and str(area) not in str(party) else str(party)
