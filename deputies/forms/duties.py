"""记一次履职: one page on a phone, with as much filled in as the last record knows."""

import re
import secrets
from datetime import date, timedelta
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from congress.shared.forms import LineField, PicturesField, set_choices, set_rows
from deputies import codes
from deputies.actions import photos
from deputies.actions.facts import tidy
from deputies.models import Deputy, DutyItem, DutyRecord, Evidence
from deputies.models.duties import DutyRecordQuerySet
from deputies.models.duty_constraints import report_sources
from deputies.permissions.duties import (
    why_not_matter,
    why_not_on,
    why_not_seated,
    why_not_so_many,
)
from deputies.permissions.mending import why_not_mended_on
from deputies.queries.duties import day_words, known_matters, told_words
from deputies.rules import MOST_PHOTOS
from deputies.states import DutyState

OTHER = "other"
TOKEN = re.compile(r"[0-9a-f]{32}")


class DutyForm(forms.Form):
    """When, where, how much, and the proof of it."""

    span = "今年内"
    day = forms.ChoiceField(label="哪一天", widget=forms.RadioSelect)
    other_day = forms.DateField(
        label="是哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "日期不对，请按 2026-05-12 这样填。"},
    )
    spot = forms.ChoiceField(
        label="在哪里", required=False, widget=forms.RadioSelect(attrs={"class": "two-up"})
    )
    place = LineField(
        label="在哪里",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "例如：罗家坡村 3 组"}),
    )
    quantity = forms.IntegerField(
        min_value=1,
        max_value=99,
        error_messages={
            "required": "请填一个数。",
            "invalid": "请填一个整数。",
            "min_value": "至少是 1。",
            "max_value": "最多填 99。",
        },
    )
    photos = PicturesField(
        label="照片", read=photos.read, most=MOST_PHOTOS, missing="请附一张照片作佐证。"
    )
    matter = LineField(
        label="奖项或事由",
        max_length=60,
        required=False,
        help_text="同一事项得了几级表彰，每次都写一样的名称，只按最高一级记分。",
        widget=forms.TextInput(attrs={"placeholder": "例如：优秀人大代表", "list": "matters"}),
        error_messages={
            "required": "请写明奖项或事由：同一事项得了几级表彰，只按最高一级记分。",
            "max_length": "最多 60 字，现在是 %(show_value)s 字。",
        },
    )
    note = forms.CharField(
        label="做了什么、听到什么",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "最多 300 字，现在是 %(show_value)s 字。"},
    )

    def __init__(
        self,
        *args: Any,
        deputy: Deputy,
        item: DutyItem,
        today: date,
        places: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.deputy, self.item, self.today = deputy, item, today
        days: list[tuple[Any, Any]] = [
            (0, format_html("今天<small>{}</small>", day_words(today))),
            (1, format_html("昨天<small>{}</small>", day_words(today - timedelta(days=1)))),
            (OTHER, format_html("另选<small>{}</small>", self.span)),
        ]
        set_choices(self.fields["day"], days)
        spots = [*((place, place) for place in places), (OTHER, "别处，我来写")]
        set_choices(self.fields["spot"], spots)
        self.fields["quantity"].label = f"几{item.unit}"
        self.fields["matter"].required = self.of_a_matter
        self.initial.setdefault("day", 0)
        self.initial.setdefault("quantity", 1)
        self.initial.setdefault("spot", places[0] if places and self.has_a_place else OTHER)

    @property
    def counts(self) -> bool:
        """Whether to ask how many: a meeting or an award is one, households are several."""
        return self.item.unit != "次" and not self.of_a_matter

    @property
    def has_a_place(self) -> bool:
        """Whether the duty was done somewhere: an award was not."""
        return self.item.code not in codes.AWARDS

    @property
    def of_a_matter(self) -> bool:
        """Whether to ask what the award was for."""
        return self.item.code in codes.AWARDS_BY_LEVEL

    @property
    def matters(self) -> list[str]:
        """What this deputy's awards were for so far: one matter is to be written in one way."""
        return known_matters(self.deputy)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        facts["done_on"] = self._day(facts.pop("day", None), facts.pop("other_day", None))
        facts["place"] = self._place(facts.pop("spot", ""), facts.get("place", ""))
        if facts["done_on"] and not self.same_again(facts):
            self._ask(facts)
        return facts

    def same_again(self, facts: dict[str, Any]) -> bool:
        """Whether this very form has arrived before."""
        return False

    def _day(self, day: str | None, other: date | None) -> date | None:
        if day and day != OTHER:
            return self.today - timedelta(days=int(day))
        if day == OTHER and not other and "other_day" not in self.errors:
            self.add_error("other_day", "请选是哪一天。")
        return other

    def _place(self, spot: str, place: str) -> str:
        chosen = place if spot in ("", OTHER) else spot
        if not chosen and self.has_a_place and "place" not in self.errors:
            self.add_error("place", "请写在哪里。")
        return chosen

    def _ask(self, facts: dict[str, Any]) -> None:
        """The same questions the verb will ask, so that nothing typed is lost to a refusal."""
        done_on, quantity = facts["done_on"], facts.get("quantity", 1)
        where = "other_day" if self.data.get("day") == OTHER else "day"
        if reason := self.why_not_day(facts) or why_not_seated(self.deputy, done_on):
            self.add_error(where, reason)
        already = DutyRecord.objects.quantity_on(
            self.deputy, self.item, done_on, besides=self.record_pk()
        )
        if reason := why_not_so_many(self.item, quantity, already):
            self.add_error("quantity", reason)
        matter = facts.get("matter", "")
        if matter and (reason := why_not_matter(self.item, matter, quantity)):
            self.add_error("matter", reason)

    def why_not_day(self, facts: dict[str, Any]) -> str | None:
        """The reason why a duty of that day cannot be told any more, or not yet."""
        return why_not_on(facts["done_on"], self.today)

    def record_pk(self) -> int | None:
        """The record that is being mended, when there is one."""
        return None


class ReportForm(DutyForm):
    """上报: a new record; `token` makes the second sending of the same page harmless."""

    token = forms.CharField(widget=forms.HiddenInput)
    again = forms.BooleanField(label="是另一次，照样上报", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", secrets.token_hex(16))
        self.twin: DutyRecord | None = None

    def clean_token(self) -> str:
        token = str(self.cleaned_data["token"])
        if not TOKEN.fullmatch(token):
            raise forms.ValidationError("这一页放得太久了，请重新打开再报。")
        return token

    def same_again(self, facts: dict[str, Any]) -> bool:
        return DutyRecord.objects.of_sources(self.sources(facts)).of_deputy(self.deputy).exists()

    @property
    def made(self) -> DutyRecord | None:
        """The record that this very form has made before, whatever it says now."""
        if not self.is_bound:
            return None
        sources = self.sources({"token": self.data.get("token")})
        return DutyRecord.objects.of_sources(sources).of_deputy(self.deputy).first()

    def sources(self, facts: dict[str, Any]) -> list[str]:
        """What the record of this very form may say it comes from."""
        return report_sources(self.deputy.pk, str(facts.get("token")))

    def twins(self, facts: dict[str, Any]) -> DutyRecordQuerySet:
        """What may be the same occasion; households visited on one day come in several reports.

        Word for word the same is asked about: a browser that goes back fills the form in again,
        with a token of its own.
        """
        found = DutyRecord.objects.same_occasion(self.deputy, self.item, facts["done_on"])
        if not self.item.per_day:
            return found
        same = {name: facts.get(name) for name in ("quantity", "place", "note")}
        return found.told_by_others() | found.own_reports(self.deputy).filter(**same)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        again = facts.pop("again", False)
        if facts["done_on"] and not again and not self.same_again(facts):
            people = ("deputy", "item", "reported_by")
            found = self.twins(facts).same_matter(tidy(facts.get("matter", "")))
            self.twin = found.select_related(*people).first()
        if self.twin:
            link = reverse("deputies:record", args=[self.twin.pk])
            words = (
                "{}已有一条“{}”（{}），不用再报。"
                "<a href='{}'>看那一条</a>；确实是另一次，请在下面打勾。"
            )
            day, name = day_words(self.twin.done_on), self.twin.item.short_name
            self.add_error("again", format_html(words, day, name, told_words(self.twin), link))
        return facts


class ResubmitForm(DutyForm):
    """改好再报: the record that came back, with the photos it already has."""

    drop = forms.ModelMultipleChoiceField(Evidence.objects.none(), required=False)

    def __init__(self, *args: Any, record: DutyRecord, **kwargs: Any) -> None:
        self.record = record
        super().__init__(*args, deputy=record.deputy, item=record.item, **kwargs)
        self.fields["photos"].required = False
        set_rows(self.fields["drop"], record.evidence.all())

    def why_not_day(self, facts: dict[str, Any]) -> str | None:
        return why_not_mended_on(self.record, facts["done_on"], self.today)

    def record_pk(self) -> int | None:
        return self.record.pk

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        facts["drop"] = [one.pk for one in facts.get("drop", ())]
        count = self.record.evidence.count() - len(facts["drop"]) + len(facts.get("photos", ()))
        if count < 1:
            self.add_error("photos", "请至少留一张照片作佐证。")
        elif count > MOST_PHOTOS:
            self.add_error("photos", f"照片最多 {MOST_PHOTOS} 张，请去掉几张原来的。")
        return facts


class SendBackForm(forms.Form):
    """退回: the deputy reads exactly this."""

    reason = forms.CharField(
        label="退回原因",
        max_length=120,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="代表会收到这句话，请写清要补什么。例如：照片里看不到人，补一张就行。",
        error_messages={
            "required": "退回必须写明原因，代表会看到这句话。",
            "max_length": "最多 120 字，现在是 %(show_value)s 字。",
        },
    )


class RecordsFilter(forms.Form):
    """What of one's records to see; an address mistyped shows all."""

    state = forms.ChoiceField(choices=[("", "全部"), *DutyState.choices], required=False)
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self.fields["year"], [(year, f"{year} 年") for year in years])
