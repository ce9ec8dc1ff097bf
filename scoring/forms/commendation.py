"""评先表优: the minute, and why the list differs from the proposed one."""

from django import forms

from scoring.forms.cases import a_line, a_text


class ConfirmForm(forms.Form):
    """确定名单; whom it names is ticked in the table above."""

    minute = a_line("会议纪要号", 60, hint="例如：竹山人常纪〔2027〕2号")
    note = a_text(
        "与参考名单不同的说明", 300, hint="和参考名单一样就不用写。", rows=2, required=False
    )
