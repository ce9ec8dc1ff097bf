"""通知活动、报名、请假、登记、小结: who may, and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.names import says_something
from congress.shared.roles import ORGANISERS
from congress.shared.workflow import why_not_move
from deputies.models import Deputy, DeputyGroup, DutyItem, SpecialistGroup, SpecialistMembership
from deputies.models.people import DeputyQuerySet
from deputies.permissions.duties import why_not_on
from stations.models import Activity, Invitee, Squad, SquadMember, Tag, Topic
from stations.permissions.campaigns import organises
from stations.permissions.events import why_not_roll_call, why_not_under
from stations.permissions.swaps import is_own
from stations.rules import CALL_DAYS
from stations.states import ActivityState, InviteeState

A_YEAR = 366


@dataclass(frozen=True)
class Circle:
    """面向谁: a group, one of its squads, the specialists of a field, or all of an assembly."""

    group: DeputyGroup | None = None
    squad: Squad | None = None
    assembly: Assembly | None = None
    specialists: SpecialistGroup | None = None

    def people(self, day: date) -> DeputyQuerySet:
        """Who is called: those of the circle who serve on that day."""
        if self.squad:
            members = SquadMember.objects.filter(squad=self.squad)
            return Deputy.objects.serving(day).filter(pk__in=members.values("deputy"))
        if self.specialists:
            members_of = SpecialistMembership.objects.running(day).filter(group=self.specialists)
            return Deputy.objects.serving(day).filter(pk__in=members_of.values("deputy"))
        return Deputy.objects.called(self.group, self.assembly, day)


@dataclass(frozen=True)
class Meeting:
    """What deputies are called to."""

    item: DutyItem
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    brief: str = ""
    topic: Topic | None = None
    tags: Collection[Tag] = ()

    @property
    def held_on(self) -> date:
        return timezone.localdate(self.starts_at)


def why_not_hours(starts_at: datetime, ends_at: datetime, *, today: date) -> str | None:
    """From when to when: on one day, after the days of notice, within a year."""
    if ends_at <= starts_at:
        return "结束时间要晚于开始时间。"
    day = timezone.localdate(starts_at)
    if timezone.localdate(ends_at) != day:
        return "一次活动在同一天里，连着几天的分开通知。"
    days = CALL_DAYS.on(today)
    if (day - today).days < days:
        return f"活动最迟提前 {days} 天通知，请往后改日期。已经举行的用“登记到场”。"
    return None if (day - today).days <= A_YEAR else "只能通知一年以内的活动。"


def why_not_call_activity(
    by: Actor, circle: Circle | None = None, meeting: Meeting | None = None, *, today: date
) -> str | None:
    """通知活动: a group by those who call it, all deputies and specialists by the office."""
    if by.role not in ORGANISERS:
        return "活动由召集人、家站站长、乡镇人大或代工委通知。"
    if circle is None:
        return None
    if circle.specialists and not by.is_staff:
        return "专业代表小组的活动由代工委通知。"
    named = meeting.item if meeting else None
    refusal = why_not_roll_call(by, item=named, group=circle.group, assembly=circle.assembly)
    if refusal:
        return refusal.replace("登记", "通知")
    squad = circle.squad
    if squad and (squad.group_id != getattr(circle.group, "pk", None) or squad.dissolved_on):
        return "这个小分队不在这个小组，或者已经解散。"
    return _why_not_meeting(circle, meeting, today=today) if meeting else None


def _why_not_meeting(circle: Circle, meeting: Meeting, *, today: date) -> str | None:
    if not says_something(meeting.title) or not says_something(meeting.place):
        return "请写活动名称和地点。"
    if reason := why_not_hours(meeting.starts_at, meeting.ends_at, today=today):
        return reason
    return why_not_under(meeting.topic, circle.group)


def runs(by: Actor, activity: Activity) -> bool:
    """Whether the activity is this post's to run: a group's by those who call it together."""
    return organises(by, activity.group)


def _why_not_run(by: Actor, activity: Activity) -> str | None:
    return None if runs(by, activity) else "由组织这次活动的一方来办。"


def why_not_move_activity(
    by: Actor,
    activity: Activity,
    *,
    hours: tuple[datetime, datetime] | None = None,
    today: date,
) -> str | None:
    """改期、换地点: who runs it, before it is held; a new time keeps the days of notice."""
    if reason := _why_not_run(by, activity):
        return reason
    if activity.state != ActivityState.CALLED:
        return f"活动{activity.get_state_display()}，不能再改。"
    if hours is None or hours == (activity.starts_at, activity.ends_at):
        return None
    if activity.check_ins.exists():
        return "已经有代表签到，不能改期；没有举行的，取消以后重新通知。"
    return why_not_hours(*hours, today=today)


def why_not_invite_more(
    by: Actor, activity: Activity, deputies: Collection[Deputy] | None = None, *, today: date
) -> str | None:
    """补请: who runs the activity, until its roll is called; deputies who serve on that day."""
    if reason := _why_not_run(by, activity):
        return reason
    if activity.state != ActivityState.CALLED:
        return f"活动{activity.get_state_display()}，不能再请人。"
    if activity.held_on < today:
        return "活动日期已过。没有通知、来了的，在登记到场时写上。"
    if deputies is None:
        return None
    if not deputies:
        return "请选要请的代表。"
    numbers = {each.pk for each in deputies}
    if activity.invitees.filter(deputy__in=numbers).exists():
        return "有的代表已经通知过，请重选。"
    there = may_be_invited(by, activity, today).filter(pk__in=numbers)
    return None if there.count() == len(numbers) else "有的代表那天不在任，或者不归您请，请重选。"


def may_be_invited(by: Actor, activity: Activity, today: date) -> DeputyQuerySet:
    """Whom this post may call, who serves on that day and is not called yet."""
    called = activity.invitees.values("deputy")
    serving = Deputy.objects.serving(activity.held_on).visible_to(by, today)
    return serving.exclude(pk__in=called)


def why_not_call_off_activity(by: Actor, activity: Activity, *, why: str = "写明了") -> str | None:
    """取消活动: who runs it, with the reason that everybody reads."""
    if reason := _why_not_run(by, activity):
        return reason
    if reason := why_not_move(activity, ActivityState.CALLED_OFF):
        return reason
    return None if says_something(why) else "请写明取消原因。"


def _why_not_answer(by: Actor, invitee: Invitee, today: date) -> str | None:
    """The deputy, or for them who runs the activity; until the day it is held."""
    activity = invitee.activity
    if not is_own(by, invitee.deputy) and not runs(by, activity):
        return "由代表本人答复，或者由组织方代为登记。"
    if activity.state != ActivityState.CALLED:
        return f"活动{activity.get_state_display()}，不用再答复。"
    return "活动日期已过，不用再答复。" if activity.held_on < today else None


def why_not_sign_up(by: Actor, invitee: Invitee, *, today: date) -> str | None:
    """报名: until the last day for it; afterwards by a word to who runs the activity."""
    if reason := _why_not_answer(by, invitee, today):
        return reason
    if reason := why_not_move(invitee, InviteeState.COMING):
        return "已经报名。" if invitee.state == InviteeState.COMING else reason
    last = invitee.activity.answer_by
    if last and today > last and not runs(by, invitee.activity):
        return f"报名到 {last.month} 月 {last.day} 日截止，能来请直接告诉组织方。"
    return None


def why_not_ask_activity_leave(
    by: Actor, invitee: Invitee, *, reason: str = "写明了", today: date
) -> str | None:
    """活动请假: with its reason, until the day itself; an illness keeps to no last day."""
    if refusal := _why_not_answer(by, invitee, today):
        return refusal
    if refusal := why_not_move(invitee, InviteeState.LEAVE_ASKED):
        return refusal
    return None if says_something(reason) else "请写明请假原因。"


def why_not_grant_activity_leave(by: Actor, invitee: Invitee) -> str | None:
    """准假: who runs the activity, never of one's own."""
    if by.same_person(invitee.deputy.user_id):
        return "自己的假由别人批，请找乡镇人大或代工委。"
    if not runs(by, invitee.activity):
        return "请假由组织这次活动的一方批。"
    if invitee.activity.state != ActivityState.CALLED:
        return f"活动{invitee.activity.get_state_display()}，在名单上登记就行。"
    return why_not_move(invitee, InviteeState.LEAVE_GRANTED)


def why_not_refuse_activity_leave(
    by: Actor, invitee: Invitee, *, words: str = "写明了"
) -> str | None:
    """不准假: who runs the activity, with a reason that the deputy reads."""
    if reason := why_not_grant_activity_leave(by, invitee):
        return reason
    return None if says_something(words) else "请写明不准假的原因。"


def why_not_hold_activity(
    by: Actor, activity: Activity, *, today: date, now: datetime
) -> str | None:
    """登记到场 of what was called: once it has begun, for it ends the signing in."""
    if by.role not in ORGANISERS or not runs(by, activity):
        return "到场由召集人、家站站长、乡镇人大或代工委登记。"
    if reason := why_not_move(activity, ActivityState.HELD):
        return "已经登记过到场。" if activity.state == ActivityState.HELD else reason
    if reason := why_not_on(activity.held_on, today):
        return reason
    early = activity.starts_at and now < activity.starts_at
    return "活动还没有开始，登记到场以后就不能再签到，请散会以后登记。" if early else None


def why_not_report_activity(by: Actor, activity: Activity, *, report: str = "写明了") -> str | None:
    """写小结、传照片: who runs it, once it was held; again to put it right."""
    if reason := _why_not_run(by, activity):
        return reason
    if activity.state != ActivityState.HELD:
        return "举行并登记到场以后再写小结。"
    return None if says_something(report) else "请写活动小结。"
