"""公告、换届、名额: what the desk fills in."""

from typing import Any

from django import forms

from congress.shared.forms import set_rows
from congress.shared.models import Assembly
from deputies.forms.seats import a_day, a_number, words


class AnnounceForm(forms.Form):
    """The day and the signature of the paper."""

    announced_on = a_day("公告日期")
    body = words("署名", 60, help_text="例如：竹山县人民代表大会常务委员会")


class OpenTermForm(forms.Form):
    """换届: which congress, which number, from which day, how many seats."""

    assembly = forms.ModelChoiceField(
        Assembly.objects.none(),
        label="人民代表大会",
        empty_label=None,
        error_messages={"required": "请选择人大。", "invalid_choice": "没有这个人大。"},
    )
    number = a_number("第几届")
    from_on = a_day("第一次会议的日期", help_text="这一天零点起，上一届代表的资格到期")
    seats = a_number("代表名额", help_text="选举法第十二条确定的总数")

    def __init__(self, *args: Any, assemblies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(self.fields["assembly"], assemblies)


class SetSeatsForm(forms.Form):
    """确定名额."""

    seats = a_number("代表名额", help_text="选举法第十二条确定的总数，补选和公告都按它算缺额")
