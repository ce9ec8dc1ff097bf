"""家站: what staff fill in."""

from typing import Any

from django import forms

from congress.shared.forms import LineField, set_rows
from congress.shared.models import Area, User
from stations.forms.calls import time_field
from stations.models import Station, StationKind
from stations.queries.places import may_go_on, may_keep

DEGREES = {
    "invalid": "请写成小数，例如 110.22845。",
    "max_digits": "位数太多，小数点后最多 5 位。",
    "max_decimal_places": "小数点后最多 5 位。",
    "max_whole_digits": "小数点前的位数太多。",
}


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
    receives_from = time_field("接待日几点开始", required=False)
    receives_until = time_field(
        "接待日几点结束",
        required=False,
        help_text="起止都不填，就按全县的接待时间（本地规则）",
    )
    contact_name = LineField(
        label="公布的联络员",
        max_length=20,
        required=False,
        help_text="群众在公开页面上看得到；不公布就空着",
        error_messages={"max_length": "最多 20 字。"},
    )
    contact_phone = LineField(
        label="公布的办公电话",
        max_length=20,
        required=False,
        help_text="写单位的座机，不写手机号",
        error_messages={"max_length": "最多 20 字。"},
    )
    longitude = forms.DecimalField(
        label="经度",
        required=False,
        max_digits=8,
        decimal_places=5,
        help_text="东经，例如 110.22845；在站门口用手机看定位就能读到",
        error_messages=DEGREES,
    )
    latitude = forms.DecimalField(
        label="纬度",
        required=False,
        max_digits=7,
        decimal_places=5,
        help_text="北纬，例如 32.22517；经度和纬度要一起填",
        error_messages=DEGREES,
    )


class OpenStationForm(forms.Form):
    """What a new place is, and where."""

    kind = forms.ChoiceField(
        label="类别",
        choices=StationKind,
        initial=StationKind.STATION,
        widget=forms.RadioSelect,
        error_messages={"required": "请选类别。"},
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label="乡镇",
        empty_label="请选择",
        error_messages={"required": "请选乡镇。", "invalid_choice": "没有这个乡镇，请重选。"},
    )
    name = LineField(
        label="名称",
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "例如：柳河镇第三代表联络站"}),
        error_messages={"required": "请写名称。", "max_length": "最多 40 字。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_rows(
            self.fields["area"], Area.objects.filter(parent__in=Area.objects.filter(parent=None))
        )


class CloseStationForm(forms.Form):
    """Which one goes on for it, and what voters read of why."""

    successor = forms.ModelChoiceField(
        Station.objects.none(),
        label="并入哪个家站",
        required=False,
        empty_label="没有人进驻，不并入",
        error_messages={
            "required": "还有代表进驻，请选并入哪个家站。",
            "invalid_choice": "这个家站不能并入，请重选。",
        },
    )
    reason = LineField(
        label="撤并原因",
        max_length=60,
        help_text="群众在公开页面上会看到",
        error_messages={"required": "请写明撤并原因。", "max_length": "最多 60 字。"},
    )

    def __init__(self, *args: Any, station: Station, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        served = station.postings.open().exists()
        self.fields["successor"].required = served
        set_rows(self.fields["successor"], may_go_on(station), empty="请选择" if served else "")
