"""民情: what deputies, keepers and offices fill in."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField, refuse_field, set_choices, set_rows, without_numbers
from congress.shared.models import Organisation
from deputies.models import Message
from stations.forms.rota import date_field, reason_field
from stations.models import Consent, Issue, Outcome, Route, Station, Told
from stations.models.issues import TAKEN_UP
from stations.permissions.issues import why_not_told_then
from stations.queries.issue_lights import LIGHTS
from stations.queries.issues import near
from stations.states import IssueState

NO_NUMBERS = [
    without_numbers("来访人的电话写在来访登记的“联系电话”里，单位的座机可以写。", offices=True)
]
CHOOSE = {"required": "请选择。", "invalid_choice": "请重新选择。"}


def _words(label: str, missing: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=600,
        validators=NO_NUMBERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=help_text,
        error_messages={"required": missing, "max_length": "最多 600 字。"},
    )


class RaiseIssueForm(forms.Form):
    """Which station, and what it is about in one line."""

    station = forms.ModelChoiceField(
        Station.objects.none(),
        label="转给哪个家站",
        empty_label="请选择",
        help_text="您进驻的家站排在最前",
        error_messages={"required": "请选择家站。", "invalid_choice": "没有这个家站，请重选。"},
    )
    title = LineField(
        label="什么事",
        max_length=60,
        validators=NO_NUMBERS,
        help_text="一句话，例如：桃园村四组路灯不亮",
        error_messages={"required": "请用一句话写明什么事。", "max_length": "最多 60 字。"},
    )

    def __init__(self, *args: Any, message: Message, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["station"], near(message.deputy, today))


class OutcomeForm(forms.Form):
    """How it ended."""

    outcome = forms.TypedChoiceField(
        label="结果",
        choices=[("", "请选择"), *(each for each in Outcome.choices if each[0] not in TAKEN_UP)],
        coerce=Outcome,
        error_messages={"required": "请选结果。", "invalid_choice": "请重选结果。"},
    )


class SettleIssueForm(OutcomeForm):
    """What the voter will read or be told."""

    taken_up = LineField(
        label="由哪位上级代表反映",
        max_length=60,
        validators=NO_NUMBERS,
        required=False,
        help_text="结果是“已由上级代表反映”的才填，例如：市人大代表王某，已向市水利局反映",
        error_messages={"max_length": "最多 60 字。"},
    )
    result = _words("办理结果", "请填写办理结果。", "这段话会告知群众，请说清怎么办的、办到哪一步")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [each for each in Outcome.choices if each[0] != Outcome.PROPOSED]
        set_choices(self.fields["outcome"], [("", "请选择"), *ways])

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("outcome") == Outcome.PASSED_ON and not facts.get("taken_up"):
            self.add_error("taken_up", "请写明由哪位上级代表反映。")
        elif facts.get("outcome") and facts["outcome"] != Outcome.PASSED_ON:
            facts["taken_up"] = ""
        return facts


class AnswerForm(OutcomeForm):
    """What the voter was told there and then."""

    answer = _words("怎样答复的", "请填写怎样答复的。", "写当场对群众说的话")


class RouteForm(forms.Form):
    """One of the four ways on."""

    route = forms.TypedChoiceField(
        label="走哪条途径",
        choices=[each for each in Route.choices if each[0] != Route.SPOT],
        coerce=Route,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    unit = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="县级承办单位",
        required=False,
        empty_label="不指定，或者由代表提建议",
        error_messages={"invalid_choice": "没有这个单位，请重选。"},
    )
    handler = LineField(
        label="具体由谁办",
        max_length=40,
        required=False,
        help_text="例如：桃园村委会、镇水利站、市人大代表王某",
        error_messages={"max_length": "最多 40 字。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.filter(kind="unit").order_by("name")
        set_rows(self.fields["unit"], units)


class HandOnForm(RouteForm):
    reason = reason_field("改转原因", 80)


class TellForm(forms.Form):
    """When and how the voter was told."""

    how = forms.TypedChoiceField(
        label="怎样告知的", coerce=Told, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    told_on = date_field("哪一天告知的")
    words = LineField(
        label="说明",
        max_length=200,
        validators=NO_NUMBERS,
        required=False,
        help_text="群众怎么说；联系不上的写明找过几次、怎么找的",
        error_messages={"max_length": "最多 200 字。"},
    )

    def __init__(self, *args: Any, issue: Issue, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issue, self.today = issue, today
        asked_not = issue.visit is not None and issue.visit.consent == Consent.NO
        ways = (
            [Told.NOT_WANTED, Told.FACE]
            if asked_not
            else [each for each in Told if each not in (Told.NOT_WANTED, Told.RECEIPT)]
        )
        set_choices(self.fields["how"], [(each.value, each.label) for each in ways])

    def clean_told_on(self) -> date:
        told_on: date = self.cleaned_data["told_on"]
        refuse_field(why_not_told_then(self.issue, told_on, self.today))
        return told_on


SOURCES = (("visit", "来访"), ("message", "群众留言"))


class IssueFilterForm(forms.Form):
    """What of the list one looks at."""

    state = forms.ChoiceField(choices=[("", "全部"), *IssueState.choices], required=False)
    route = forms.ChoiceField(choices=[("", "全部"), *Route.choices], required=False)
    light = forms.ChoiceField(choices=[("", "全部"), *LIGHTS], required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    q = LineField(max_length=64, required=False)
    station = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    source = forms.ChoiceField(choices=[("", ""), *SOURCES], required=False)
    mine = forms.BooleanField(required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)
