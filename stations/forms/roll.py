"""登记到场 of what was called, and who else is called before it."""

import re
from datetime import date
from typing import Any

from django import forms

from congress.shared.actors import Actor
from congress.shared.forms import set_rows
from congress.shared.texts import one_line
from deputies.models import Deputy
from deputies.models.people import DeputyQuerySet
from stations.actions.events import Mark
from stations.forms.events import RollForm, some
from stations.models import Activity, Presence
from stations.permissions.calls import Circle, may_be_invited
from stations.queries import calls as queries

BETWEEN = re.compile(r"[\n、，,；;]+(?!(?:[^（）\n]|（[^（）\n]*）)*）)")
"""What stands between two names; within the brackets of a job it does not."""


class GuestsField(forms.CharField):
    """Names, one on each line: the deputies who are meant."""

    may: DeputyQuerySet = Deputy.objects.none()

    def clean(self, value: Any) -> list[Deputy]:
        said = (super().clean(value) or "").replace("(", "（").replace(")", "）")
        names = map(one_line, BETWEEN.split(said))
        return list(dict.fromkeys(self._one(name) for name in names if name))

    def _one(self, said: str) -> Deputy:
        name, _, job = said.partition("（")
        job = job.removesuffix("）").strip()
        found = list(self.may.filter(name=name.strip(), **({"job": job} if job else {})))
        if not found:
            raise forms.ValidationError(f"“{said}”：没有这位代表，或者已经在名单里。")
        if len(found) > 1:
            jobs = "、".join(f"{one.name}（{one.job}）" for one in found)
            raise forms.ValidationError(f"“{said}”有 {len(found)} 位，请写明是哪一位：{jobs}。")
        return found[0]


class DeputiesField(forms.ModelMultipleChoiceField[Deputy]):
    def label_from_instance(self, deputy: Deputy) -> str:
        return f"{deputy.name}（{deputy.job}）" if deputy.job else deputy.name


class HoldForm(RollForm):
    """Everybody who was called, marked as far as one knows; and who came without being called.

    `told` is how many had signed in when whoever fills it in last heard of them: drawing the form
    again tells nobody of more, only the first page and a refusal that names them do.
    """

    guests = GuestsField(
        label="没有通知、来了的代表",
        required=False,
        max_length=1000,
        help_text="一行一个姓名；同名的写“姓名（职务）”。记为到场（未应邀）",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "最多 1000 字。"},
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, foreseen = queries.roll(activity)
        self.call(people)
        self.foreseen = {pk: Mark(*mark) for pk, mark in foreseen.items()}
        self.signed_in = activity.check_ins.count()
        self.told = self.signed_in if self.seen is None else self.seen
        guests = self.fields["guests"]
        if isinstance(guests, GuestsField):
            guests.may = queries.may_be_guests(activity)
        rest = str(self.data.get("rest", ""))
        self.rest = rest if rest in Presence and rest != Presence.LEAVE else ""

    @property
    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"marks": said["marks"], "guests": said["guests"], "seen": self.seen}

    @property
    def asks(self) -> bool:
        """Whether only the rest was to be marked: nothing is registered yet."""
        return bool(self.rest)

    @property
    def left(self) -> list[str]:
        """Of whom nothing is chosen yet."""
        lines = [line for _, section in self.sections() for line in section]
        return [line.name for line in lines if not line.presence]

    @property
    def marked(self) -> str:
        """Who was just marked as the rest."""
        known = {pk for pk, mark in self.foreseen.items() if mark.presence}
        asked = [one for one in self.people if not self.data.get(f"presence-{one.pk}")]
        names = [one.name for one in asked if one.pk not in known]
        return f"{len(names)} 人记为{Presence(self.rest).label}：{some(names)}" if names else ""

    @property
    def seen(self) -> int | None:
        """How many had signed in when the page was opened."""
        said = str(self.data.get("signed_in", ""))
        return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else None


class InviteForm(forms.Form):
    """Who else is called: of the circle, who is not yet; and anybody by name."""

    of_circle = DeputiesField(
        Deputy.objects.none(),
        label="还没有通知的",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "有的代表已经通知过，请重选。"},
    )
    others = GuestsField(
        label="其他代表",
        required=False,
        max_length=1000,
        help_text="一行一个姓名；同名的写“姓名（职务）”",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "最多 1000 字。"},
    )

    def __init__(
        self, *args: Any, activity: Activity, by: Actor, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        may = may_be_invited(by, activity, today)
        kinds = ("group", "squad", "assembly", "specialists")
        circle = Circle(**{kind: getattr(activity, kind) for kind in kinds})
        own = circle.people(activity.held_on).filter(pk__in=may)
        set_rows(self.fields["of_circle"], own.in_name_order())
        if not own.exists():
            del self.fields["of_circle"]
        others = self.fields["others"]
        if isinstance(others, GuestsField):
            others.may = may

    @property
    def deputies(self) -> list[Deputy]:
        said = self.cleaned_data
        return list(dict.fromkeys([*said.get("of_circle", ()), *said["others"]]))
