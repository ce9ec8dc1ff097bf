"""提醒约谈: what is filled in at each of its steps."""

from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField
from scoring.actions.talks import Appointment, Spoken
from scoring.forms.cases import PersonField, a_day, a_line, a_text, an_hour, at_moment
from scoring.permissions.involved import may_handle, may_lead

PROMISES = 3


class MeetingForm(forms.Form):
    """改约: when and where, who talks and who handles it."""

    meets_on = a_day("约谈日期")
    meets_at = an_hour("约谈时间")
    place = a_line("约谈地点", 60, hint="例如：县人大常委会办公楼三楼谈话室")
    talker = PersonField("谈话人", hint="常委会领导或者代工委主任")
    handler = PersonField("经办人", hint="除您和谈话人以外，只有经办人看得到这件事")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("talker", may_lead(today)), ("handler", may_handle(today))):
            field = self.fields[name]
            assert isinstance(field, PersonField)  # noqa: S101  # told to mypy
            field.offer(people)

    def meeting(self) -> Appointment:
        """What a valid form says."""
        said = self.cleaned_data
        at = at_moment(said, "meets_on", "meets_at")
        return Appointment(at, said["place"], said["talker"], said["handler"])


class DecideTalkForm(MeetingForm):
    """决定约谈: on whose decision, and why; the deputy reads the reason."""

    minute = a_line("研究决定的文号", 60, hint="例如：竹山人常代工〔2027〕3号")
    reason = a_text("约谈理由", 300, hint="代表会在通知书上看到，请写事实。", rows=3)
    field_order = ("reason", "minute")


class ReasonForm(forms.Form):
    """不约谈、撤销、撤回: the reason, kept."""

    reason = a_text("理由", 300, rows=3)


class RecordTalkForm(forms.Form):
    """记谈话: what both said, and up to three things the deputy means to do."""

    held_on = a_day("谈话日期")
    held_at = an_hour("谈话时间")
    present = a_line("在场人员", 120, hint="谈话人、记录人和其他在场的人")
    words = a_text("谈话内容", 2000, rows=6)
    deputy_words = a_text("本人陈述", 2000, hint="照本人说的写，本人会看到并签认。", rows=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PROMISES + 1):
            told = "没有就空着" if number > 1 else "本人说了打算怎么做，就写在这里，到期由经办人看"
            words = a_line(f"打算 {number}", 200, hint=told, required=False)
            self.fields[f"promise_{number}"] = words
            due_on = a_day(f"打算 {number} 的完成日期", required=False)
            self.fields[f"due_{number}"] = due_on

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for number in range(1, PROMISES + 1):
            words, due_on = facts.get(f"promise_{number}"), facts.get(f"due_{number}")
            if words and not due_on and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", "请填写完成日期。")
            if due_on and not words:
                self.add_error(f"promise_{number}", "请写打算怎么做。")
        return facts

    def said(self) -> Spoken:
        """What a valid form says."""
        said = self.cleaned_data
        promises = [
            (said[f"promise_{number}"], said[f"due_{number}"])
            for number in range(1, PROMISES + 1)
            if said.get(f"promise_{number}")
        ]
        at = at_moment(said, "held_on", "held_at")
        return Spoken(at, said["present"], said["words"], said["deputy_words"], promises)


class SignForm(forms.Form):
    """签认: the deputy may add something."""

    reply = a_text(
        "补充意见",
        1000,
        hint="记录和您说的不一样，或者还有话要说，写在这里，和记录放在一起，谁也不能改。",
        required=False,
    )


class UnsignedForm(forms.Form):
    """记未签认."""

    words = a_text("没有签认的情况", 300, hint="例如：1 月 22 日当面请本人签认，本人不签。", rows=3)
    witness = a_line("见证人一", 29, hint="写姓名和单位")
    other_witness = a_line("见证人二", 29, hint="写姓名和单位")

    def noted(self) -> dict[str, Any]:
        """As the verb takes it."""
        said = self.cleaned_data
        return {
            "words": said["words"],
            "witnesses": (said["witness"], said["other_witness"]),
        }


class SettleForm(forms.Form):
    """记落实情况."""

    kept = forms.ChoiceField(
        label="做到了吗",
        choices=[("yes", "做到了"), ("no", "没有做到")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选做到了还是没有做到。"},
    )
    outcome = LineField(
        label="落实情况",
        max_length=200,
        error_messages={"required": "请写明落实的情况。", "max_length": "最多 200 字。"},
    )
