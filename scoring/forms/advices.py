"""劝辞程序: what is filled in at each of its steps."""

from datetime import date
from typing import Any

from django import forms

from scoring.actions.advice import Considered, Hearing
from scoring.forms.cases import PersonField, a_day, a_line, a_number, a_text, an_hour, at_moment
from scoring.permissions.involved import may_handle, may_lead


class OpenAdviceForm(forms.Form):
    """启动劝辞程序: the facts, and who may know."""

    facts = a_text(
        "事实摘要", 2000, hint="两年各写明：等次、积分、约谈的原因、约谈以后做了什么。", rows=6
    )
    leader = PersonField("负责领导", hint="常委会领导或者代工委主任")
    handler = PersonField("经办人", hint="除您和负责领导以外，只有经办人看得到")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("leader", may_lead(today)), ("handler", may_handle(today))):
            field = self.fields[name]
            assert isinstance(field, PersonField)  # noqa: S101  # told to mypy
            field.offer(people)


class ReplyForm(forms.Form):
    """陈述申辩: the deputy's own words."""

    words = a_text("陈述申辩", 3000, hint="您写的话原样放进材料，谁也不能改。", rows=8)
    wants_hearing = forms.BooleanField(label="我要求当面听取我的意见", required=False)


class InviteHearingForm(forms.Form):
    """约定听取意见."""

    meets_on = a_day("日期")
    meets_at = an_hour("时间")
    place = a_line("地点", 60)

    def invitation(self) -> dict[str, Any]:
        """What a valid form says."""
        said = self.cleaned_data
        return {"meets_at": at_moment(said, "meets_on", "meets_at"), "place": said["place"]}


class HearingForm(forms.Form):
    """记听取意见."""

    held_on = a_day("日期")
    held_at = an_hour("时间")
    place = a_line("地点", 60)
    present = a_line("在场人员", 120)
    came = forms.ChoiceField(
        label="本人到场了吗",
        choices=[("yes", "到场"), ("no", "没有到场")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选本人到场没有。"},
    )
    words = a_text("听取意见的情况", 3000, hint="照本人说的写，本人看得到。", rows=6)

    def heard(self) -> Hearing:
        """What a valid form says."""
        said = self.cleaned_data
        at = at_moment(said, "held_on", "held_at")
        return Hearing(at, said["place"], said["present"], said["came"] == "yes", said["words"])


class ConcludeForm(forms.Form):
    """录入研究情况."""

    advised = forms.ChoiceField(
        label="研究的结果",
        choices=[("no", "不劝辞"), ("yes", "劝其辞去代表职务")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选研究的结果。"},
    )
    reason = a_text("研究意见", 1000, hint="写明为什么，回应本人的陈述申辩；本人看得到。", rows=5)
    minute = a_line("会议纪要号", 60)
    decided_on = a_day("研究日期")
    in_favour = a_number("赞成劝辞（人）")
    against = a_number("反对（人）")
    abstained = a_number("弃权（人）")

    def considered(self) -> Considered:
        """What a valid form says."""
        said = dict(self.cleaned_data)
        return Considered(**{**said, "advised": said["advised"] == "yes"})
