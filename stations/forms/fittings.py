"""六有自查、上墙制度、进驻: what keepers and the office fill in."""

from collections.abc import Iterable
from typing import Any

from django import forms

from congress.shared.forms import LineField, set_rows
from deputies.models import Deputy
from stations.models import Standard

THERE, MISSING = "1", "0"


class CheckForm(forms.Form):
    """For each thing a place must have: is it there, and what is missing of it."""

    def __init__(self, *args: Any, standards: Iterable[Standard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = {}
        for each in standards:
            self.numbers[each.pk] = each.name
            self.fields[f"has{each.pk}"] = forms.ChoiceField(
                label=each.name,
                choices=[(THERE, "有"), (MISSING, "不全")],
                widget=forms.RadioSelect,
                help_text=each.words,
                error_messages={"required": f"请选{each.name}有没有。"},
            )
            self.fields[f"lacks{each.pk}"] = LineField(
                label=f"{each.name}缺什么",
                max_length=80,
                required=False,
                error_messages={"max_length": "最多 80 字。"},
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for pk, name in self.numbers.items():
            has, lacks = found.get(f"has{pk}"), found.get(f"lacks{pk}")
            if has == MISSING and not lacks and f"lacks{pk}" not in self.errors:
                self.add_error(f"lacks{pk}", f"请写明{name}缺什么。")
            if has == THERE and lacks:
                self.add_error(f"has{pk}", f"写了缺什么，请选{name}“不全”。")
        return found

    @property
    def lacks(self) -> dict[int, str]:
        """What is missing of each; no words where it is there."""
        return {pk: self.cleaned_data[f"lacks{pk}"] for pk in self.numbers}


class WallForm(forms.Form):
    """The words of the next version, and on what ground."""

    text = forms.CharField(
        label="正文",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="一行一条；打印时站名和落款自动带上",
        error_messages={
            "required": "请写正文。",
            "max_length": "最多 3000 字，现在是 %(show_value)s 字。",
        },
    )
    basis = LineField(
        label="依据",
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": "例如：2026 年第三次主任会议通过"}),
        error_messages={"required": "请写依据。", "max_length": "最多 80 字。"},
    )


class DeputyField(forms.ModelChoiceField[Deputy]):
    def label_from_instance(self, deputy: Deputy) -> str:
        return f"{deputy.name}（{deputy.job}）" if deputy.job else deputy.name


class PostDeputyForm(forms.Form):
    """Who serves here from today on: the township's own first to be found by typing a name."""

    deputy = DeputyField(
        Deputy.objects.none(),
        label="代表",
        empty_label="请选择",
        help_text="列出本乡镇小组的代表，和还没有进驻的代表；原来进驻别处的从今天起改驻这里",
        error_messages={"required": "请选代表。", "invalid_choice": "此人不在名单里，请重选。"},
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["deputy"], rows)


class UnpostForm(forms.Form):
    reason = LineField(
        label="为什么离开",
        max_length=60,
        error_messages={"required": "请写明为什么离开。", "max_length": "最多 60 字。"},
    )


SHOWS = (
    ("", "全部"),
    ("lacks", "六有不全"),
    ("unchecked", "今年没自查"),
    ("nokeeper", "没有站长"),
    ("noplace", "没有位置"),
    ("nobody", "没有代表的联络站"),
    ("closed", "已撤并"),
)


class RegisterFilterForm(forms.Form):
    """家站台账 narrowed down."""

    q = LineField(max_length=64, required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    show = forms.ChoiceField(choices=SHOWS, required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False)


class PaperForm(forms.Form):
    """A3 or A4."""

    paper = forms.ChoiceField(choices=[("a4", "A4"), ("a3", "A3")], required=False)
