"""通知、报名、名单 as screens show them: what each said, and what the roll begins with."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Model, OuterRef, Q
from django.utils import timezone

from congress.shared.actors import Actor
from deputies.models import Deputy, DeputyGroup, Mandate
from deputies.models.people import DeputyQuerySet
from stations.models import (
    Activity,
    Attendance,
    Campaign,
    CheckIn,
    Invitee,
    Presence,
    Station,
    Topic,
)
from stations.models.events import ActivityQuerySet
from stations.queries.events import Person, whom
from stations.states import ActivityState, InviteeState, StationState
from stations.wording import hours_words

ORDER = (
    *(InviteeState.LEAVE_ASKED, InviteeState.ASKED, InviteeState.LEAVE_REFUSED),
    *(InviteeState.LEAVE_GRANTED, InviteeState.COMING),
)
"""What somebody has to do something about stands first."""
PAST = 20


class Answers(NamedTuple):
    """Everybody of one answer."""

    label: str
    state: str
    rows: list[tuple[Invitee, str]]
    """With the job, where it tells two of one name apart."""


def answers(activity: Activity) -> list[Answers]:
    """Who said what, in one query."""
    rows = list(
        activity.invitees.in_name_order().select_related("deputy__user", "decided_by", "activity")
    )
    names = Counter(row.deputy.name for row in rows)
    told: dict[str, list[tuple[Invitee, str]]] = {}
    for row in rows:
        row.activity = activity
        job = row.deputy.job if names[row.deputy.name] > 1 else ""
        told.setdefault(row.state, []).append((row, job))
    found = [(state, told.get(state, [])) for state in ORDER]
    return [Answers(state.label, state, those) for state, those in found if those]


def roll(activity: Activity) -> tuple[list[Person], dict[int, tuple[str, str]]]:
    """Who was called and still serves, and the mark each begins with.

    Who signed in came, and leave that was granted names who did. Of everybody else nothing is
    known: somebody must say.
    """
    serving = Deputy.objects.serving(activity.held_on)
    rows = list(
        activity.invitees.filter(deputy__in=serving)
        .in_name_order()
        .select_related("deputy", "decided_by")
    )
    sections = _delegations(activity, [row.deputy_id for row in rows])
    came = set(CheckIn.objects.present_at(activity).values_list("deputy", flat=True))
    people = [
        Person(
            row.deputy_id,
            row.deputy.name,
            sections.get(row.deputy_id, ""),
            row.deputy.job,
            "已签到" if row.deputy_id in came else row.get_state_display(),
        )
        for row in rows
    ]
    if sections:
        order = list(dict.fromkeys(sections.values()))
        people.sort(key=lambda one: order.index(one.section) if one.section in order else 99)
    return people, {row.deputy_id: _mark(row, came) for row in rows}


def may_be_guests(activity: Activity) -> DeputyQuerySet:
    """Who may have come without being called: everybody else who serves on that day."""
    called = activity.invitees.values("deputy")
    return Deputy.objects.serving(activity.held_on).exclude(pk__in=called)


def _mark(row: Invitee, came: set[int]) -> tuple[str, str]:
    if row.deputy_id in came:
        return Presence.PRESENT, ""
    if row.state == InviteeState.LEAVE_GRANTED and row.decided_by:
        return Presence.LEAVE, row.decided_by.name[:40]
    return "", ""


def _delegations(activity: Activity, people: list[int]) -> dict[int, str]:
    """代表团 of each, in their order; none for a group's activity."""
    if activity.assembly is None:
        return {}
    seats = Mandate.objects.running(activity.held_on).of_assembly(activity.assembly)
    rows = seats.filter(deputy__in=people).by_delegation()
    found = rows.values_list("deputy", "delegation__name")
    return {deputy: name or "未编代表团" for deputy, name in found}


class Mine(NamedTuple):
    """One activity of a deputy."""

    invitee: Invitee
    when: str
    left: str
    no_sign_up: str | None
    no_leave: str | None


def to_come(deputy: Deputy, today: date) -> list[Invitee]:
    """What the deputy is called to, the next one first; `signed_in` where they are there."""
    rows = Invitee.objects.to_come().filter(deputy=deputy, activity__held_on__gte=today)
    there = CheckIn.objects.filter(activity=OuterRef("activity"), deputy=deputy)
    return list(
        rows.annotate(signed_in=Exists(there)).select_related(
            *("deputy__user", "decided_by", "activity__group", "activity__organiser"),
            *("activity__called_by", "activity__topic"),
        )
    )


def called_off(deputy: Deputy, today: date) -> list[Activity]:
    """Those of the days ahead that were called off."""
    rows = Activity.objects.filter(
        state=ActivityState.CALLED_OFF, held_on__gte=today, invitees__deputy=deputy
    )
    return list(rows.order_by("starts_at", "pk"))


def of_calendar(deputy: Deputy, today: date) -> list[Activity]:
    """What stands in the deputy's calendar: not those they are on leave from; cancelled ones do."""
    away = Invitee.objects.filter(deputy=deputy, state=InviteeState.LEAVE_GRANTED)
    rows = Activity.objects.filter(invitees__deputy=deputy, held_on__gte=today)
    rows = rows.exclude(pk__in=away.values("activity")).exclude(starts_at=None)
    return list(rows.order_by("starts_at", "pk"))


def past(deputy: Deputy) -> list[Attendance]:
    """The last ones that were held, with what stands on the roll."""
    rows = Attendance.objects.filter(deputy=deputy).select_related("activity")
    return list(rows.order_by("-activity__held_on", "-pk")[:PAST])


def own(by: Actor) -> ActivityQuerySet:
    """What this post has to run: the office its own, everybody else what they see."""
    rows = Activity.objects.visible_to(by)
    return rows.of_the_office() if by.at_the_desk else rows


def listed(by: Actor, said: dict[str, Any], today: date) -> ActivityQuerySet:
    """The year's activities of whoever asks, narrowed down; what is to come stands first.

    What waits for somebody is shown whatever its year.
    """
    rows = own(by) if said.get("own") else Activity.objects.visible_to(by)
    if waits := said.get("waits"):
        rows = rows.leave_waits(today) if waits == "leave" else rows.roll_owed(today)
    else:
        rows = rows.filter(held_on__year=said["year"])
    wanted = {
        "group__area": said.get("area"),
        "group": said.get("group"),
        "topic__campaign": said.get("campaign"),
        "topic": said.get("topic"),
        "state": said.get("state"),
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if person := said.get("deputy"):
        called = Attendance.objects.filter(deputy=person)
        asked = Invitee.objects.filter(deputy=person).values("activity")
        if said.get("came"):
            rows = rows.filter(pk__in=called.filter(presence=Presence.PRESENT).values("activity"))
        else:
            rows = rows.filter(Q(pk__in=called.values("activity")) | Q(pk__in=asked))
    if said.get("of_places"):
        stood = Q(state=StationState.OPEN) | Q(closed_on__year__gte=said["year"])
        places = Station.objects.filter(stood, group__isnull=False)
        rows = rows.filter(group__in=places.values("group"))
    return rows.newest_first()


def named(said: dict[str, Any]) -> str:
    """What the list is narrowed down to by a link, in words."""
    if waits := said.get("waits"):
        whose = "本单位的" if said.get("own") else ""
        return f"{whose}有请假待批的" if waits == "leave" else f"{whose}待登记到场的"
    found = [
        *([f"选题“{topic}”"] if (topic := _one(Topic, said.get("topic"))) else []),
        *([str(theme)] if (theme := _one(Campaign, said.get("campaign"))) else []),
        *([str(group)] if (group := _one(DeputyGroup, said.get("group"))) else []),
    ]
    if person := _one(Deputy, said.get("deputy")):
        found.append(f"{person}参加了的" if said.get("came") else f"请过{person}的")
    if said.get("of_places"):
        found.append("有家站的小组的")
    return "，".join(found)


def _one(model: type[Model], pk: int | None) -> Model | None:
    return model._default_manager.filter(pk=pk).first() if pk else None


@dataclass(frozen=True)
class Row:
    """One activity of the list."""

    activity: Activity
    when: str
    whom: str
    figures: str


def rows(activities: list[Activity]) -> list[Row]:
    """The lines of the list with their figures, in two queries for all."""
    called = [each.pk for each in activities if each.state != ActivityState.HELD]
    held = [each.pk for each in activities if each.state == ActivityState.HELD]
    answered = Invitee.objects.filter(activity__in=called).order_by().values_list("activity")
    kinds = {
        "coming": Count("pk", filter=Q(state=InviteeState.COMING)),
        "away": Count("pk", filter=Q(state=InviteeState.LEAVE_GRANTED)),
    }
    said = {pk: figures for pk, *figures in answered.annotate(Count("pk"), **kinds)}
    came = Count("pk", filter=Q(presence=Presence.PRESENT))
    seen = Attendance.objects.filter(activity__in=held).order_by().values_list("activity")
    there = {pk: figures for pk, *figures in seen.annotate(came=came, all=Count("pk"))}
    return [
        Row(each, hours_words(each), whom(each), _figures(each, said, there)) for each in activities
    ]


def _figures(each: Activity, said: dict[int, list[int]], there: dict[int, list[int]]) -> str:
    if each.state == ActivityState.HELD:
        came, of = there.get(each.pk, [0, 0])
        return f"到场 {came} / {of}"
    asked, coming, away = said.get(each.pk, [0, 0, 0])
    return f"通知 {asked} 人，报名 {coming}，准假 {away}"


HEAD = (
    *("日期", "开始", "结束", "活动", "状态", "属于", "面向", "地点", "组织方", "主题活动", "选题"),
    *("通知", "报名", "到场", "请假", "缺席"),
)


def sheet(found: ActivityQuerySet) -> Iterator[list[object]]:
    """The same activities as a table, with every figure in a column."""
    related = ("item", "group", "squad", "assembly", "specialists", "organiser", "topic__campaign")
    asked = Invitee.objects.filter(activity__in=found.order_by()).order_by().values_list("activity")
    coming = Count("pk", filter=Q(state=InviteeState.COMING))
    said = {pk: figures for pk, *figures in asked.annotate(Count("pk"), coming=coming)}
    seen = Attendance.objects.filter(activity__in=found.order_by()).order_by()
    marks = {
        str(kind): Count("pk", filter=Q(presence=kind))
        for kind in (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT)
    }
    there = {pk: figures for pk, *figures in seen.values_list("activity").annotate(**marks)}
    for each in found.select_related(*related):
        topic = each.topic
        yield [
            *(each.held_on, _clock(each.starts_at), _clock(each.ends_at), each.title),
            *(each.get_state_display(), each.item.name, whom(each), each.place),
            *(each.organiser.name, topic.campaign.title if topic else "", str(topic or "")),
            *said.get(each.pk, (0, 0)),
            *there.get(each.pk, (0, 0, 0)),
        ]


def _clock(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else ""
