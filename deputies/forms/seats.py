"""资格变动: what the desk fills in for each verb; each says which meeting decided, and when."""

from typing import Any

from django import forms

from congress.shared.forms import LineField, set_rows
from congress.shared.models import Session
from deputies.actions.seats import Decision, in_words
from deputies.models import Mandate
from deputies.states import EndCause, SuspensionGround


def a_day(label: str, *, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "日期请写成 2026-05-12 这样。",
        },
    )


def words(label: str, most: int, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return LineField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        error_messages={"required": f"请填写{label}。", "max_length": f"最多 {most} 字。"},
    )


def a_number(label: str, *, least: int = 1, help_text: str = "") -> forms.IntegerField:
    most = 999_999
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        error_messages={
            "required": f"请填写{label}。",
            "invalid": f"{label}请写数字。",
            "min_value": f"{label}至少是 {least}。",
            "max_value": f"{label}太大了，请核对。",
        },
    )


class DecisionForm(forms.Form):
    """Where it was decided, when, and from which day it holds."""

    meeting = words("作出决定的会议", 60, help_text="例如：县十九届人大常委会第三十二次会议")
    decided_on = a_day("决定日期")
    effective_on = a_day("生效日期", help_text="从这一天起生效，一般就是决定的那一天")

    @property
    def decision(self) -> Decision:
        said = self.cleaned_data
        return Decision(said["meeting"], said["decided_on"], said["effective_on"])


DECISION = ("meeting", "decided_on", "effective_on")


class TerminateForm(DecisionForm):
    """终止资格: the facts that the cause asks for, in words and, for a recall, in votes."""

    def __init__(self, *args: Any, seat: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat
        self.order_fields([name for name in self.fields if name not in DECISION])

    @property
    def facts(self) -> dict[str, Any]:
        raise NotImplementedError


def _no_later(form: TerminateForm, name: str, reason: str) -> dict[str, Any]:
    """What ended the seat happened on the day it took effect, or before."""
    said = form.cleaned_data
    day, effective = said.get(name), said.get("effective_on")
    if day and effective and day > effective:
        form.add_error(name, reason)
    return said


class MovedForm(TerminateForm):
    place = words("迁往或者调往哪里", 60, help_text="会写进公告，例如：十堰市茅箭区")

    @property
    def facts(self) -> dict[str, Any]:
        return {"detail": f"迁往{self.cleaned_data['place']}"}


class AbsentForm(TerminateForm):
    """Two meetings of the congress, each named."""

    first = forms.ModelChoiceField(
        Session.objects.none(),
        label="没有出席的第一次会议",
        empty_label="请选择",
        error_messages={"required": "请选择会议。", "invalid_choice": "请选择会议。"},
    )
    second = forms.ModelChoiceField(
        Session.objects.none(),
        label="没有出席的第二次会议",
        empty_label="请选择",
        help_text="名单里没有的会议，先到“规则与设置”的“会次”里登记",
        error_messages={"required": "请选择会议。", "invalid_choice": "请选择会议。"},
    )

    def __init__(self, *args: Any, seat: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        held = Session.objects.filter(term=seat.term_id).order_by("number").select_related("term")
        for name in ("first", "second"):
            set_rows(self.fields[name], held)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("first") and said.get("first") == said.get("second"):
            self.add_error("second", "两次要是不同的会议。")
        return said

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"detail": f"未出席{said['first']}和{said['second']}"}


class RecalledForm(TerminateForm):
    """The votes of 选举法 art. 53."""

    voted_on = a_day("表决日期")
    of = a_number(
        "应计人数", help_text="直接选出的代表：原选区全体选民；间接选出的：原选举单位全体代表"
    )
    votes = a_number("赞成罢免", least=0, help_text="要超过半数")

    def clean(self) -> dict[str, Any]:
        return _no_later(self, "voted_on", "表决日期不能晚于生效日期。")

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        day = in_words(said["voted_on"])
        return {"detail": f"{day}表决", "votes": said["votes"], "of": said["of"]}


class PaperForm(TerminateForm):
    """What a court or an office has found."""

    paper = words("依据的文书", 80, help_text="例如：竹山县人民法院（2026）鄂0323刑初15号判决")

    @property
    def facts(self) -> dict[str, Any]:
        return {"detail": self.cleaned_data["paper"]}


class DiedForm(TerminateForm):
    died_on = a_day("去世日期")

    def clean(self) -> dict[str, Any]:
        return _no_later(self, "died_on", "去世日期不能晚于生效日期。")

    @property
    def facts(self) -> dict[str, Any]:
        return {"detail": f"{in_words(self.cleaned_data['died_on'])}去世"}


CAUSE_FORMS: dict[EndCause, type[TerminateForm]] = {
    EndCause.MOVED: MovedForm,
    EndCause.ABSENT: AbsentForm,
    EndCause.RECALLED: RecalledForm,
    EndCause.NATIONALITY: PaperForm,
    EndCause.RIGHTS: PaperForm,
    EndCause.CAPACITY: PaperForm,
    EndCause.DIED: DiedForm,
}
"""Of the eight causes of 代表法第六十二条 those that are no resignation, each with its facts."""


class AcceptResignationForm(DecisionForm):
    """The letter, and the votes of 选举法 art. 55."""

    letter_on = a_day("辞职书的日期")
    of = a_number("全体组成人员", help_text="人数，包括没有到会的；乡镇是全体代表")
    votes = a_number("赞成票", least=0, help_text="要超过全体的半数")
    field_order = ("letter_on", "of", "votes", *DECISION)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        decided, effective = said.get("decided_on"), said.get("effective_on")
        if decided and effective and effective < decided:
            self.add_error("effective_on", "生效日期不能早于决定日期。")
        return said


class SuspendForm(DecisionForm):
    ground = forms.ChoiceField(
        label="暂停的原因",
        choices=SuspensionGround.choices,
        widget=forms.RadioSelect(attrs={"class": "list"}),
        error_messages={"required": "请选择暂停的原因。", "invalid_choice": "请选择暂停的原因。"},
    )
    field_order = ("ground", "meeting", "decided_on", "effective_on")


class ReinstateForm(DecisionForm):
    reason = words("恢复的原因", 120, help_text="例如：检察机关决定不起诉")
    field_order = ("reason", "meeting", "decided_on", "effective_on")
