"""公示异议、等次更正: the words of each, and what the director chooses."""

from typing import Any

from django import forms

from congress.shared.forms import LineField, set_rows, without_numbers
from scoring.actions.grade_objections import SAY_ANSWER, SAY_WHY
from scoring.models import Grade, Grading
from scoring.queries.results import choices_for

TOO_LONG = "最多 %(limit_value)d 字，现在是 %(show_value)d 字。"


def _words(label: str, wrong: str, *, most: int, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": wrong, "max_length": TOO_LONG},
    )


class GradedField(forms.ModelChoiceField[Grading]):
    """代表 of whom there is a result: two of one name are told apart by delegation and work."""

    def label_from_instance(self, row: Grading) -> str:
        place = getattr(row, "place", None) or "没有编团"
        return f"{row.deputy.name}（{place}，{row.deputy.job}）"


class ObjectToGradeForm(forms.Form):
    """提出异议."""

    words = _words(
        "哪里不对", SAY_WHY, most=600, hint="例如：9 月 20 日的接待没有算进去，有家站的登记。"
    )


class RegisterLetterForm(forms.Form):
    """登记来信: whom it is about, who wrote, and what it says."""

    grading = GradedField(
        Grading.objects.none(),
        label="说的是哪位代表",
        error_messages={"required": "请选择是哪位代表的评定。", "invalid_choice": "请从名单里选。"},
    )
    sender = LineField(
        label="来信人",
        max_length=60,
        help_text="姓名和怎样回复。只有登记的人和代工委主任看得到；没有署名的写“匿名”。",
        error_messages={"required": "请填写来信人。匿名来信写“匿名”。", "max_length": TOO_LONG},
    )
    words = _words("信里说什么", SAY_WHY, most=600, hint="照原意写，不写来信人的姓名和电话。")

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["grading"], rows, empty="请选择")
        self.fields["words"].validators.append(without_numbers("来信人怎样联系，写在“来信人”里。"))


class AnswerForm(forms.Form):
    """不成立: who objected reads exactly these words."""

    answer = _words(
        "答复", SAY_ANSWER, most=300, hint="提出异议的代表会看到这句话；来信的，由登记的人转告。"
    )


class AmendForm(forms.Form):
    """更正: another grade, why, and by which minute."""

    grade = forms.ModelChoiceField(
        Grade.objects.none(),
        label="更正为",
        error_messages={"required": "请选择更正为什么等次。", "invalid_choice": "请从名单里选。"},
    )
    minute = LineField(
        label="会议纪要号",
        max_length=60,
        help_text="决定更正的常委会会议，例如：竹人常纪〔2026〕14号。",
        error_messages={"required": "请填写决定更正的会议纪要号。", "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, grading: Grading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["grade"], choices_for(grading), empty="请选择")


class AmendGradeForm(AmendForm):
    """更正等次, once results are told."""

    reason = _words(
        "理由", "请写明为什么更正，代表会看到这句话。", most=300, hint="代表会看到这句话。"
    )


class UpholdForm(AmendForm, AnswerForm):
    """成立: the answer is the amendment's reason."""


class DropForm(forms.Form):
    """退回更正."""

    reason = LineField(
        label="为什么不确认",
        max_length=120,
        error_messages={"required": "请写明为什么不确认。", "max_length": TOO_LONG},
    )
