"""登记到场: one form for everybody who was called; a wrong line keeps every mark made."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from congress.shared.actors import Actor
from congress.shared.forms import LineField, set_rows
from congress.shared.models import Assembly
from deputies.models import DeputyGroup, DutyItem
from deputies.permissions.duties import why_not_on
from stations.actions.events import Mark
from stations.models import Activity, Presence, Topic
from stations.permissions import why_not_roll_call
from stations.queries import events as queries


class WhomForm(forms.Form):
    """Whose attendance: a group that is the actor's to register, or a whole assembly."""

    group = forms.ModelChoiceField(DeputyGroup.objects.none(), required=False)
    assembly = forms.ModelChoiceField(Assembly.objects.none(), required=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = (
            DeputyGroup.objects.visible_to(by).filter(dissolved_on=None).select_related("area")
        )
        self.assemblies = Assembly.objects.all() if by.is_staff else Assembly.objects.none()
        set_rows(self.fields["group"], self.groups)
        set_rows(self.fields["assembly"], self.assemblies)


class Line(NamedTuple):
    """One deputy's line as typed; `problem` is what is wrong with it."""

    pk: int
    name: str
    presence: str
    approver: str
    problem: str
    job: str
    said: str = ""


def some(names: list[str], most: int = 12) -> str:
    """The first of them, and how many there are when that is not all."""
    more = f"等 {len(names)} 人" if len(names) > most else ""
    return f"{'、'.join(names[:most])}{more}"


class ItemField(forms.ModelChoiceField[DutyItem]):
    def label_from_instance(self, item: DutyItem) -> str:
        return item.name


class TopicField(forms.ModelChoiceField[Topic]):
    def label_from_instance(self, topic: Topic) -> str:
        return f"{topic.get_kind_display()}：{topic.title}（{topic.campaign.title}）"


class RollForm(forms.Form):
    """A mark for each deputy: fields `presence-<pk>` and `approver-<pk>`."""

    people: list[queries.Person]
    names: Counter[str]
    foreseen: Mapping[int, Mark] = {}
    """What is known already; everybody else came, unless somebody says otherwise."""
    rest = ""
    """What those are shown as of whom nothing was chosen."""

    def call(self, people: list[queries.Person]) -> None:
        """These are marked."""
        self.people = people
        self.names = Counter(person.name for person in people)

    def _line(self, person: queries.Person) -> Line:
        job = self._job(person)
        if not self.is_bound:
            mark = self.foreseen.get(person.pk, Mark())
            name, said = person.name, person.said
            return Line(person.pk, name, mark.presence, mark.approver, "", job, said)
        presence = str(self.data.get(f"presence-{person.pk}", ""))
        approver = str(self.data.get(f"approver-{person.pk}", "")).replace("\0", "").strip()
        if self.rest and not presence:
            known = self.foreseen.get(person.pk, Mark(""))
            presence, approver = known.presence or self.rest, known.approver
        problem = ""
        if presence not in Presence:
            presence, problem = "", "还没选到没到"
        elif presence == Presence.LEAVE and not approver:
            problem = "请写准假的人"
        elif len(approver) > 40:
            problem = "准假的人最多 40 字"
        return Line(person.pk, person.name, presence, approver, problem, job, person.said)

    def _job(self, person: queries.Person) -> str:
        """What tells two of one name apart; empty where the name does."""
        return person.job if self.names[person.name] > 1 else ""

    def sections(self) -> list[tuple[str, list[Line]]]:
        """The roll as it stands, under its headings, in order."""
        by_section = groupby(self.people, key=lambda person: person.section)
        return [(name, [self._line(one) for one in people]) for name, people in by_section]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        lines = [line for _, section in self.sections() for line in section]
        if wrong := [line.name for line in lines if line.problem]:
            self.add_error(None, f"有 {len(wrong)} 人的到场没填好：{some(wrong)}。")
        if not lines:
            self.add_error(None, "这一天的名单是空的，请看看日期对不对。")
        facts["marks"] = {
            line.pk: Mark(line.presence, line.approver if line.presence == Presence.LEAVE else "")
            for line in lines
        }
        return facts


class RollCallForm(RollForm):
    """The activity, and a mark for each deputy."""

    item = ItemField(
        DutyItem.objects.for_organisers(),
        label="属于哪一项",
        empty_label="请选择",
        error_messages={"required": "请选属于哪一项。", "invalid_choice": "没有这一项，请重选。"},
    )
    title = LineField(
        label="活动名称",
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "例如：5 月小组活动，察看桃园村水渠"}),
        error_messages={
            "required": "请写活动名称。",
            "max_length": "最多 60 字，现在是 %(show_value)s 字。",
        },
    )
    held_on = forms.DateField(
        label="哪一天",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请选日期。", "invalid": "日期不对，请按 2026-05-12 这样填。"},
    )
    place = LineField(
        label="在哪里",
        max_length=60,
        error_messages={
            "required": "请写在哪里。",
            "max_length": "最多 60 字，现在是 %(show_value)s 字。",
        },
    )

    topic = TopicField(
        Topic.objects.none(),
        label="主题活动的选题",
        required=False,
        empty_label="不属于主题活动",
        error_messages={"invalid_choice": "这个选题已经撤了，或者不是给这个小组的，请重选。"},
    )

    def __init__(
        self,
        *args: Any,
        group: DeputyGroup | None,
        assembly: Assembly | None,
        today: date,
        by: Actor,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.assembly, self.today, self.by = group, assembly, today, by
        self.initial.setdefault("held_on", today)
        if group:
            set_rows(self.fields["item"], DutyItem.objects.for_groups())
        may = Topic.objects.standing().open_to(group)
        set_rows(self.fields["topic"], may.select_related("campaign"))
        self.call(queries.called(group, assembly, self._day()))
        self.twin: Activity | None = None

    def _day(self) -> date:
        """The day whose roll is shown: the one typed, when it is a day."""
        try:
            return self.fields["held_on"].clean(self.data.get("held_on")) or self.today
        except forms.ValidationError:
            return self.today

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        self._ask(facts)
        return facts

    def _ask(self, facts: dict[str, Any]) -> None:
        """The same questions the verb will ask, so that no mark is lost to a refusal."""
        item, held_on, title = facts.get("item"), facts.get("held_on"), facts.get("title")
        if held_on and (reason := why_not_on(held_on, self.today)):
            self.add_error("held_on", reason)
        if item and (
            reason := why_not_roll_call(
                self.by, item=item, group=self.group, assembly=self.assembly
            )
        ):
            self.add_error("item", reason)
        if item and held_on and title:
            twins = Activity.objects.same_as(item, title, held_on, self.group, self.assembly)
            self.twin = twins.first()
        if self.twin:
            link = reverse("stations:activity", args=[self.twin.pk])
            words = "这次活动已经登记过，不用再登。<a href='{}'>看已登记的那一次</a>"
            self.add_error(None, format_html(words, link))
