"""积分超市: what a deputy, a keeper and the office fill in."""

import re
import unicodedata
import uuid
from datetime import date
from typing import Any

from django import forms

from congress.shared.forms import LineField, PicturesField, set_choices
from deputies.actions import photos
from scoring.actions.gifts import MOST, Offer
from scoring.models import Purse
from scoring.queries.counter import people_named

CODE = re.compile(r"(?:.*[?&]code=)?([0-9]{3})\s*([0-9]{3})\D*", re.DOTALL)
"""Six figures as typed, with or without the gap, or the address that a scanner reads."""
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def figures(text: str) -> str:
    """The six figures in what was typed or scanned; empty when there are none."""
    found = CODE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return "".join(found.groups()) if found else ""


class CodeForm(forms.Form):
    """取货码: typed, or as the tablet's scanner reads it."""

    code = LineField(
        label="取货码",
        max_length=300,
        error_messages={"required": "请输入代表手机上的六位取货码。"},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "六位数"}
        ),
    )

    def clean_code(self) -> str:
        found = figures(self.cleaned_data["code"])
        if not found:
            raise forms.ValidationError("取货码是六位数，在代表手机的“积分超市”页上。")
        return found


class ReserveForm(forms.Form):
    """预留 for oneself: one form is one hold, however often it is sent."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["token"] = uuid.uuid4()
        super().__init__(*args, **kwargs)


class ReserveForForm(ReserveForm):
    """代为预留: for whom, of those whose name has these characters."""

    purse = forms.TypedChoiceField(
        label="哪位代表",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一位代表。", "invalid_choice": "请选名单里的代表。"},
    )

    def __init__(self, *args: Any, name: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {row.pk: row for row in people_named(name, today)} if name else {}
        set_choices(self.fields["purse"], [(pk, _said(row)) for pk, row in self.people.items()])

    @property
    def chosen(self) -> Purse:
        return self.people[self.cleaned_data["purse"]]


def _said(row: Purse) -> str:
    spells = getattr(row.deputy, "spells", [])
    group = f"，{spells[0].group.name}" if spells else ""
    return f"{row.deputy.name}{group}，可用 {row.available} 兑换分"


class OfferForm(forms.Form):
    """上架奖品."""

    name = LineField(label="奖品", max_length=30, help_text="例如：保温杯、洗衣液两瓶装。")
    price = forms.IntegerField(label="一件要多少兑换分", min_value=1, max_value=9999)
    count = forms.IntegerField(label="带来几件", min_value=0, max_value=MOST, initial=0)
    limit = forms.IntegerField(label="每人每年最多几件", min_value=1, max_value=99, initial=1)
    offered_from = forms.DateField(label="从哪天起兑换", required=False, widget=DAY)
    offered_until = forms.DateField(label="兑换到哪天", required=False, widget=DAY)
    picture = PicturesField(
        label="照片", read=photos.read, most=1, required=False, help_text="一张，代表看了好选。"
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        first, last = facts.get("offered_from"), facts.get("offered_until")
        if first and last and last < first:
            self.add_error("offered_until", "截止日期不能早于开始日期。")
        return facts

    @property
    def offer(self) -> Offer:
        said = self.cleaned_data
        return Offer(
            name=said["name"],
            price=said["price"],
            limit=said["limit"],
            offered_from=said["offered_from"],
            offered_until=said["offered_until"],
            picture=next(iter(said["picture"]), None),
        )


class StockForm(forms.Form):
    """进货."""

    count = forms.IntegerField(label="来了几件", min_value=1, max_value=MOST)
    note = LineField(
        label="从哪里来", max_length=100, required=False, help_text="例如：县人大配发、镇里采购。"
    )


class CountForm(forms.Form):
    """盘点."""

    counted = forms.IntegerField(label="架上实有几件", min_value=0, max_value=MOST)
    reason = LineField(
        label="差在哪里",
        max_length=90,
        required=False,
        help_text="和账上一样多的不用写。例如：发放时漏登一件。",
    )


class WriteOffForm(forms.Form):
    """提出报损."""

    count = forms.IntegerField(label="报损几件", min_value=1, max_value=MOST)
    reason = LineField(label="为什么报损", max_length=100, help_text="例如：受潮、摔坏、过保质期。")


class ReversalForm(forms.Form):
    """提出冲回."""

    came_back = forms.TypedChoiceField(
        label="奖品",
        coerce=lambda value: value == "yes",
        choices=[("yes", "退回来了，放回库存"), ("no", "没有退回来，同时报损")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选奖品退没退回来。"},
    )
    reason = LineField(label="为什么冲回", max_length=100, help_text="例如：发错了人。")


class CancelForm(forms.Form):
    """取消 for somebody else: the deputy reads why."""

    why = LineField(label="为什么取消", max_length=100, help_text="代表会看到。")


class NothingForm(forms.Form):
    """A verb that asks for nothing but a second look."""
