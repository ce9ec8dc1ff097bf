"""家站: what staff fill in."""

from typing import Any

from django import forms

from congress.shared.forms import LineField
from congress.shared.models import User
from stations.models import Station
from stations.queries.places import may_keep


class UserField(forms.ModelChoiceField[User]):
    def label_from_instance(self, user: User) -> str:
        return f"{user.name}（{user.username}）"


class KeeperForm(forms.Form):
    """One of the township's people."""

    user = UserField(
        User.objects.none(),
        label="站长",
        empty_label="请选择",
        help_text="列出本乡镇有账号的人，和刚开好账号、还没有任职的人。",
        error_messages={
            "required": "请选择站长。",
            "invalid_choice": "此人不在名单里，请重选。",
        },
    )

    def __init__(self, *args: Any, station: Station, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = may_keep(station)  # type: ignore[attr-defined]


class StationForm(forms.Form):
    """What voters read of a station."""

    address = LineField(
        label="地址",
        max_length=80,
        error_messages={
            "required": "请写地址。",
            "max_length": "最多 80 字，现在是 %(show_value)s 字。",
        },
    )
    opening = LineField(
        label="开放时间",
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "例如：周一至周五 8:30—17:30"}),
        error_messages={
            "required": "请写开放时间。",
            "max_length": "最多 60 字，现在是 %(show_value)s 字。",
        },
    )
