"""活动签到: who called deputies together, and who came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Assembly, Post, Term, User
from congress.shared.roles import STAFF
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions import duties
from deputies.actions.duties import Fact
from deputies.codes import CONGRESS_MEETING
from deputies.models import Deputy, DeputyGroup, DutyItem
from deputies.models.people import DeputyQuerySet
from deputies.permissions.duties import why_not_on
from stations.models import Activity, Attendance, Presence, Topic
from stations.permissions import why_not_roll_call
from stations.rules import FATAL_ABSENCES
from stations.states import ActivityState


@dataclass(frozen=True)
class Mark:
    """One deputy's line of the roll: present, on leave approved by somebody, or absent."""

    presence: str = Presence.PRESENT
    approver: str = ""


@transaction.atomic
def roll_call(
    *,
    item: DutyItem,
    title: str,
    held_on: date,
    place: str,
    marks: Mapping[int, Mark],
    by: Actor,
    group: DeputyGroup | None = None,
    assembly: Assembly | None = None,
    topic: Topic | None = None,
) -> Activity:
    """登记到场: one activity with everybody's mark; those present have a duty to be checked."""
    whom = _whom(group, assembly)
    if by.user is None or by.post is None:
        raise Refused("到场须由人来登记。")
    hold_topic(topic)
    lock(whom)  # a second click waits here, and then finds the first one's activity
    refuse_if(why_not_roll_call(by, item=item, group=group, assembly=assembly, topic=topic))
    refuse_if(why_not_on(held_on, clock.today()))
    if Activity.objects.same_as(item, title, held_on, group, assembly).exists():
        raise Refused(f"“{title}”（{held_on.month} 月 {held_on.day} 日）已经登记过，不用再登。")
    refuse_marks(marks, Deputy.objects.called(group, assembly, held_on))
    activity = Activity.objects.create(
        item=item,
        title=title,
        held_on=held_on,
        place=place,
        group=group,
        assembly=assembly,
        topic=topic,
        organiser=by.post.organisation,
        state=ActivityState.HELD,
        registered_by=by.user,
        registered_at=clock.now(),
    )
    enter_roll(activity, marks, by=by)
    return activity


def enter_roll(activity: Activity, marks: Mapping[int, Mark], *, by: Actor) -> None:
    """Everybody's mark stands; those present have a duty to be checked. Part of a verb."""
    roll = Attendance.objects.bulk_create(
        Attendance(activity=activity, deputy_id=pk, presence=mark.presence, approver=mark.approver)
        for pk, mark in marks.items()
    )
    record(activity, "registered", by=by, note=f"到场 {_came(roll)}，应到 {len(roll)}")
    duties.report_facts(facts_of(activity, roll), by=by)
    warn_of_absence(activity, [row.deputy_id for row in roll if row.presence == Presence.ABSENT])


def hold_topic(topic: Topic | None) -> None:
    """Its campaign is not closed, nor the topic dropped, from here to the commit. Part of a verb.

    Before the group is locked: setting a topic locks the campaign and then the group.
    """
    if topic:
        lock(topic.campaign)
        lock(topic)


def _whom(group: DeputyGroup | None, assembly: Assembly | None) -> DeputyGroup | Assembly:
    """Who is called: one of the two, never both."""
    whom = group or assembly
    if whom is None or (group and assembly):
        raise Refused("请选择一个小组，或者全体代表。")
    return whom


def refuse_marks(marks: Mapping[int, Mark], called: DeputyQuerySet) -> None:
    """Only who was to come is marked, and leave names who granted it."""
    if not marks:
        raise Refused("名单是空的，没有可登记的代表。")
    names = dict(called.values_list("pk", "name"))
    if strangers := set(marks) - set(names):
        raise Refused(f"名单里有 {len(strangers)} 人这一天不在应到范围内，请刷新名单再登记。")
    for pk, mark in marks.items():
        if mark.presence == Presence.LEAVE and not mark.approver.strip():
            raise Refused(f"{names[pk]}请假，请写明批准人。")


def _came(roll: Iterable[Attendance]) -> int:
    return sum(row.presence == Presence.PRESENT for row in roll)


def facts_of(activity: Activity, roll: Iterable[Attendance]) -> list[Fact]:
    """What the activity says of those who came; the attendance row is the source."""
    return [
        Fact(
            row.deputy_id,
            activity.item.code,
            activity.held_on,
            row.duty_source,
            place=activity.place,
            note=activity.title,
        )
        for row in roll
        if row.presence == Presence.PRESENT
    ]


def office() -> list[User]:
    """Everybody who has a post in the office today."""
    posts = Post.objects.filter(role__in=STAFF).in_force(clock.today())
    return list(User.objects.filter(posts__in=posts).distinct())


def warn_of_absence(activity: Activity, absent: list[int], *, again: str = "") -> None:
    """未经批准缺席人代会: the first is an alarm already, the second ends the seat by law.

    `again` tells a warning from the one that a correction had ended.
    """
    if activity.item.code != CONGRESS_MEETING or activity.assembly is None or not absent:
        return
    term = Term.objects.current(activity.assembly, activity.held_on)
    times = Attendance.objects.absences_since(term.from_on, activity.assembly, absent)
    staff = office()
    link = reverse("stations:activity", args=[activity.pk])
    for deputy in Deputy.objects.filter(pk__in=absent).select_related("user"):
        notices.write(
            [*staff, deputy.user],
            key=f"stations.absent:{activity.pk}:{deputy.pk}{again}",
            text=_absence_words(deputy.name, activity, times[deputy.pk]),
            link=link,
        )


def _absence_words(name: str, activity: Activity, times: int) -> str:
    day = f"{activity.held_on.month} 月 {activity.held_on.day} 日"
    said = f"{name}未经批准缺席“{activity.title}”（{day}），本届第 {times} 次。"
    if times < FATAL_ABSENCES:
        return said + "满两次代表资格依法终止（代表法第六十二条），请先问清原因。"
    return said + "已满两次，请代表资格审查委员会依法处理（代表法第六十二条）。"
