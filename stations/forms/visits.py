"""来访登记: the sheet as it is filled in at the desk, on a tablet or a phone."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, When

from congress.shared.actors import Actor
from congress.shared.forms import LineField, set_choices, set_rows, without_numbers
from congress.shared.roles import Role
from deputies.models import Deputy
from stations.forms.rota import DeputyField, date_field, reason_field
from stations.models import Consent, Posting, ReceptionDay, RotaSlot, Station, Visit, Way
from stations.permissions.visits import ENTER_DAYS, Heard
from stations.queries.visits import shown
from stations.wording import day_words

NO_NUMBERS = [without_numbers("来访人的电话请写到“联系电话”，身份证号不用登记。")]
DAY = "day"
VOTER = ("caller", "contact")
NONE = "无"
"""Typed where a name or a number was taken down that is to go."""


def _line(label: str, longest: int, *, required: bool = False, **more: Any) -> LineField:
    said = {"required": f"请填写：{label}。", "max_length": f"最多 {longest} 字。"}
    return LineField(
        label=label, max_length=longest, required=required, error_messages=said, **more
    )


class VisitForm(forms.Form):
    """One visitor, one matter: on which occasion, who received, what was said."""

    occasion = forms.ChoiceField(
        label="怎么来的",
        error_messages={"required": "请选怎么来的。", "invalid_choice": "没有这个接待日，请重选。"},
    )
    came_on = date_field("哪一天")
    deputy = DeputyField(
        Deputy.objects.none(),
        label="接待代表",
        empty_label="请选择",
        error_messages={"required": "请选接待代表。", "invalid_choice": "请重选接待代表。"},
    )
    title = _line(
        "什么事",
        60,
        required=True,
        validators=NO_NUMBERS,
        help_text="一句话，例如：桃园村四组路灯不亮。不写来访人姓名",
    )
    words = forms.CharField(
        label="反映的情况和要求",
        max_length=1000,
        validators=NO_NUMBERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请写明反映的情况。", "max_length": "最多 1000 字。"},
    )
    place = _line("村（社区）", 40, validators=NO_NUMBERS)
    caller = _line("来访人", 20, help_text="姓名只有要告知结果的人能看到")
    contact = _line("联系电话", 40)
    people = forms.IntegerField(
        label="来了几个人",
        min_value=1,
        max_value=500,
        initial=1,
        error_messages={
            "required": "请填来了几个人。",
            "invalid": "请写数字。",
            "min_value": "至少 1 人。",
            "max_value": "最多填 500 人。",
        },
    )
    consent = forms.ChoiceField(
        label="办完愿意接到告知吗",
        choices=Consent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请问一问来访人：办完要不要告知。"},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = (
        *("occasion", "came_on", "deputy", "place", "title", "words"),
        *("caller", "contact", "people", "consent", "token"),
    )

    def __init__(
        self,
        *args: Any,
        station: Station,
        by: Actor,
        today: date,
        known: Visit | None = None,
        **kwargs: Any,
    ) -> None:
        """`known` is the sheet that is corrected: who came is not shown, and stays when untyped."""
        super().__init__(*args, **kwargs)
        self.known = known
        if known:
            voter = shown(known)
            for name, said in (("caller", voter.caller), ("contact", voter.contact)):
                now = (
                    f"现在登记的是 {said}，不改的空着，要删掉的写“{NONE}”"
                    if said
                    else "现在没有登记"
                )
                self.fields[name].help_text = now
        self.days = {
            f"{DAY}:{day.pk}": day
            for day in ReceptionDay.objects.held()
            .filter(
                Q(held_on__range=(today - ENTER_DAYS, today))
                | Q(pk=known.day_id if known else None),
                station=station,
            )
            .order_by("-held_on")
        }
        held = [(key, f"{day_words(day.held_on)}接待日") for key, day in self.days.items()]
        others = [(way.value, way.label) for way in Way if way != Way.DAY]
        set_choices(self.fields["occasion"], [("", "请选择"), *held, *others])
        self.fields["came_on"].required = False
        self.fields["came_on"].help_text = "接待日来访的不用填"
        set_rows(self.fields["deputy"], receivers(station, by, today))

    def only_receiver(self) -> None:
        """The one deputy there is to choose stands chosen."""
        rows = list(self.fields["deputy"].queryset[:2])  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(rows) == 1:
            self.initial["deputy"] = rows[0].pk

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in VOTER if self.known else ():
            typed = found.get(name)
            found[name] = "" if typed == NONE else typed or getattr(self.known, name)
        occasion = found.get("occasion")
        dated = found.get("came_on") or "came_on" in self.errors
        if occasion and occasion not in self.days and not dated:
            self.add_error("came_on", "请选哪一天。")
        if found.get("consent") == Consent.YES and not (
            found.get("contact") or found.get("place") or found.get("caller")
        ):
            self.add_error("contact", "愿意接到告知的，请留下称呼、电话或者村（社区）。")
        return found

    @property
    def heard(self) -> Heard:
        said = dict(self.cleaned_data)
        said.pop("token")
        day = self.days.get(said.pop("occasion"))
        way = Way.DAY if day else Way(self.cleaned_data["occasion"])
        came_on = day.held_on if day else said["came_on"]
        consent = Consent(said.pop("consent"))
        return Heard(**{**said, "day": day, "way": way, "came_on": came_on, "consent": consent})


def receivers(station: Station, by: Actor, today: date) -> QuerySet[Deputy]:
    """Deputies of the township's stations, those who had a turn here first; a deputy oneself."""
    if by.is_a(Role.DEPUTY, Role.CONVENOR):
        return Deputy.objects.filter(user=by.user)
    here = Posting.objects.running(today).filter(station__area=station.area_id)
    turns = RotaSlot.objects.live().filter(
        day__station=station, day__held_on__range=(today - timedelta(days=61), today)
    )
    on_duty, posted = Q(pk__in=turns.values("deputy")), Q(pk__in=here.values("deputy"))
    first = Case(When(on_duty, then=0), default=1, output_field=IntegerField())
    return Deputy.objects.filter(on_duty | posted).order_by(first, "stroke_key", "pk")


def as_taken(visit: Visit) -> dict[str, Any]:
    """What the sheet says now, but who came: to read that is an act of its own, and noted."""
    said: dict[str, Any] = {"came_on": visit.came_on, "place": visit.place}
    more = {"words": visit.words, "people": visit.people, "consent": visit.consent}
    occasion = f"{DAY}:{visit.day_id}" if visit.day_id else visit.way
    more |= {"title": visit.issue.title, "occasion": occasion, "deputy": visit.deputy_id}
    return {**said, **more}


class WithdrawForm(forms.Form):
    """Why it was a mistake."""

    reason = reason_field("撤回原因", 100)
