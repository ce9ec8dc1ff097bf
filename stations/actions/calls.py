"""通知活动: deputies are called, told of every change, and the roll is called at the end."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, move, move_all, record, refuse_if
from deputies.actions.photos import Photo
from deputies.models import Deputy
from stations.actions.events import Mark, enter_roll, hold_topic, refuse_marks
from stations.models import (
    Activity,
    ActivityPhoto,
    ActivityTag,
    CheckIn,
    Invitee,
    Presence,
)
from stations.permissions.calls import (
    Circle,
    Meeting,
    why_not_call_activity,
    why_not_call_off_activity,
    why_not_hold_activity,
    why_not_invite_more,
    why_not_move_activity,
    why_not_report_activity,
)
from stations.rules import ANSWER_DAYS
from stations.states import ActivityState, InviteeState
from stations.wording import day_words, hours_words

ASKED_AGAIN = "stations.call_again:"
LEAVE_ASKED = "stations.leave_asked:"
CALLED = "stations.call:"
MOST_PHOTOS = 9


@transaction.atomic
def call_activity(circle: Circle, *, meeting: Meeting, by: Actor, today: date) -> Activity:
    """通知活动: everybody of the circle who serves on that day is told and may answer."""
    whom = circle.squad or circle.group or circle.specialists or circle.assembly
    if whom is None or by.user is None or by.post is None:
        raise Refused("请选面向谁，活动由人来通知。")
    hold_topic(meeting.topic)
    lock(whom)  # a second click waits here, and then finds the first one's activity
    circle = replace(circle, group=lock(circle.group) if circle.group else None)
    refuse_if(why_not_call_activity(by, circle, meeting, today=today))
    _refuse_twin(Activity(item=meeting.item, title=meeting.title, **vars(circle)), meeting.held_on)
    people = list(circle.people(meeting.held_on).select_related("user"))
    if not people:
        raise Refused("名单是空的，这一天没有可通知的代表。")
    activity = Activity.objects.create(
        **vars(circle),
        **_facts(meeting, today),
        organiser=by.post.organisation,
        called_by=by.user,
        called_at=clock.now(),
    )
    ActivityTag.objects.bulk_create(
        ActivityTag(activity=activity, tag=each) for each in meeting.tags
    )
    Invitee.objects.bulk_create(Invitee(activity=activity, deputy=each) for each in people)
    record(activity, ActivityState.CALLED, by=by, note=f"通知 {len(people)} 人")
    _tell(activity, f"{CALLED}{activity.pk}", f"请您参加：{_words(activity)}{_until(activity)}")
    return activity


def _facts(meeting: Meeting, today: date) -> dict[str, object]:
    return {
        "item": meeting.item,
        "title": meeting.title,
        "held_on": meeting.held_on,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "answer_by": _answer_by(meeting.held_on, today),
        "place": meeting.place,
        "brief": meeting.brief,
        "topic": meeting.topic,
    }


def _answer_by(day: date, today: date) -> date:
    """报名截止: the rule's days before, never before today."""
    return max(today, day - timedelta(days=ANSWER_DAYS.on(today)))


def _refuse_twin(activity: Activity, day: date) -> None:
    found = Activity.objects.same_as(
        activity.item, activity.title, day, activity.group, activity.assembly
    ).filter(squad=activity.squad, specialists=activity.specialists)
    if found.exclude(pk=activity.pk).exists():
        raise Refused(f"“{activity.title}”（{day_words(day)}）已经有了，不用再通知。")


def _words(activity: Activity) -> str:
    return f"“{activity.title}”，{hours_words(activity)}，{activity.place}。"


def _until(activity: Activity) -> str:
    return f"请在 {day_words(activity.answer_by)}前报名或请假。" if activity.answer_by else ""


def _tell(activity: Activity, key: str, text: str, only: Collection[int] = ()) -> None:
    """Everybody who was called reads it, whatever they answered; or `only` those."""
    people = Deputy.objects.filter(calls__activity=activity).select_related("user")
    people = people.filter(pk__in=only) if only else people
    link = f"{reverse('stations:my_activities')}#activity-{activity.pk}"
    notices.write([each.user for each in people], key=key, text=text, link=link)


@transaction.atomic
def invite_more(
    activity: Activity, *, deputies: Collection[Deputy], by: Actor, today: date
) -> Activity:
    """补请: these are called, too, before the roll; each is told and may answer."""
    activity = lock(activity)
    refuse_if(why_not_invite_more(by, activity, deputies, today=today))
    people = list(Deputy.objects.filter(pk__in=[each.pk for each in deputies]).in_name_order())
    Invitee.objects.bulk_create(Invitee(activity=activity, deputy=each) for each in people)
    names = "、".join(each.name for each in people)
    record(activity, "invited_more", by=by, note=f"{len(people)} 人：{names}"[:200])
    late = activity.answer_by is not None and activity.answer_by < today
    text = f"请您参加：{_words(activity)}{'来不了请请假。' if late else _until(activity)}"
    _tell(activity, f"{CALLED}{activity.pk}", text, [each.pk for each in people])
    return activity


@transaction.atomic
def move_activity(
    activity: Activity,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    why: str,
    by: Actor,
    today: date,
) -> Activity:
    """改期、换地点: everybody is told; a new time asks everybody anew, a new place does not."""
    activity = lock(activity)
    hours = (starts_at, ends_at)
    refuse_if(why_not_move_activity(by, activity, hours=hours, today=today))
    before = (activity.starts_at, activity.ends_at, activity.place)
    if before == (*hours, place):
        raise Refused("时间和地点都没有变。")
    was, activity.place = _words(activity), place
    if before[:2] != hours:
        meeting = Meeting(activity.item, activity.title, *hours, place)
        _refuse_twin(activity, meeting.held_on)
        activity.held_on, activity.starts_at, activity.ends_at = meeting.held_on, *hours
        activity.answer_by = _answer_by(meeting.held_on, today)
        _ask_anew(activity, by)
    activity.save(update_fields=["held_on", "starts_at", "ends_at", "answer_by", "place"])
    step = record(activity, "activity_moved", by=by, note=f"{why}（原来：{was}）"[:200])
    again = f"请重新答复。{_until(activity)}" if before[:2] != hours else ""
    text = f"活动有变动：{_words(activity)}{again}原因：{why}"
    key = ASKED_AGAIN if again else "stations.call_moved:"
    _tell(activity, f"{key}{activity.pk}:{step.pk}", text)
    return activity


def _ask_anew(activity: Activity, by: Actor) -> None:
    """What was said was said of another day; a leave that was asked for waits no more."""
    for pk in activity.invitees.filter(state=InviteeState.LEAVE_ASKED).values_list("pk", flat=True):
        notices.settle_under(f"{LEAVE_ASKED}{pk}:", at=clock.now())
    rows = activity.invitees.exclude(state=InviteeState.ASKED).order_by("pk")
    none = {"answered_at": None, "reason": "", "words": "", "decided_by": None, "decided_at": None}
    move_all(rows.select_for_update(of=("self",)), InviteeState.ASKED, by=by, **none)


@transaction.atomic
def call_off_activity(activity: Activity, *, why: str, by: Actor) -> Activity:
    """取消活动: everybody is told why, and nobody is asked any more."""
    activity = lock(activity)
    refuse_if(why_not_call_off_activity(by, activity, why=why))
    activity = move(activity, ActivityState.CALLED_OFF, by=by, note=why, why=why)
    _settle(activity)
    text = f"活动取消了：{_words(activity)}原因：{why}"
    _tell(activity, f"stations.call_off:{activity.pk}", text)
    return activity


def _settle(activity: Activity) -> None:
    """Nobody is asked any more: not to come, not to say so again, not to grant a leave."""
    now = clock.now()
    notices.settle_for_all(key=f"{CALLED}{activity.pk}", at=now)
    notices.settle_under(f"{ASKED_AGAIN}{activity.pk}:", at=now)
    asked_for = activity.invitees.filter(state=InviteeState.LEAVE_ASKED)
    for pk in asked_for.values_list("pk", flat=True):
        notices.settle_under(f"{LEAVE_ASKED}{pk}:", at=now)


@transaction.atomic
def hold_activity(
    activity: Activity,
    *,
    marks: Mapping[int, Mark],
    guests: Collection[Deputy] = (),
    seen: int | None = None,
    by: Actor,
    today: date,
) -> Activity:
    """登记到场: everybody who was called and still serves has a mark; who came has a duty.

    `guests` came without being called; `seen` is how many had signed in when the page was opened.
    """
    activity = lock(activity)  # who signs in holds it too: nobody does from here to the commit
    refuse_if(why_not_hold_activity(by, activity, today=today, now=clock.now()))
    serving = Deputy.objects.serving(activity.held_on)
    called = serving.filter(calls__activity=activity)
    refuse_marks(marks, called)
    _refuse_unseen(activity, marks, seen)
    if missing := list(called.exclude(pk__in=marks).in_name_order().values_list("name", flat=True)):
        names = "、".join(missing[:12])
        raise Refused(f"还有 {len(missing)} 人没有登记到没到：{names}。请选好再登记。")
    also = serving.exclude(calls__activity=activity).filter(pk__in=[one.pk for one in guests])
    marks = {**marks, **{pk: Mark() for pk in also.values_list("pk", flat=True)}}
    now = clock.now()
    activity = move(activity, ActivityState.HELD, by=by, registered_by=by.user, registered_at=now)
    enter_roll(activity, marks, by=by)
    _settle(activity)
    return activity


def _refuse_unseen(activity: Activity, marks: Mapping[int, Mark], seen: int | None) -> None:
    """Who signed in after the page was opened is not written down as absent unseen."""
    came = CheckIn.objects.present_at(activity)
    rows = list(came.filter(deputy__in=marks).values_list("deputy", "deputy__name"))
    if seen is None or seen == activity.check_ins.count():
        return
    names = [name for pk, name in rows if marks[pk].presence != Presence.PRESENT]
    if names:
        more = f"等 {len(names)} 人" if len(names) > 6 else ""
        said = f"签了到、名单上不是到场的：{'、'.join(names[:6])}{more}"
        raise Refused(f"打开名单以后又有人签到。{said}。请对一遍再登记。")


@transaction.atomic
def report_activity(
    activity: Activity, *, report: str, photos: Sequence[Photo] = (), by: Actor
) -> Activity:
    """写小结: what was seen and done, with photos; written again it replaces what was."""
    activity = lock(activity)
    refuse_if(why_not_report_activity(by, activity, report=report))
    has = set(activity.photos.values_list("digest", flat=True))
    new = {each.sha256: each for each in photos if each.sha256 not in has}
    if len(has) + len(new) > MOST_PHOTOS:
        raise Refused(f"照片最多 {MOST_PHOTOS} 张，已经有 {len(has)} 张。")
    activity.report, activity.reported_by = report, by.user
    activity.reported_at = clock.now()
    activity.save(update_fields=["report", "reported_by", "reported_at"])
    for photo in new.values():
        kept = ActivityPhoto(activity=activity, digest=photo.sha256)
        kept.file.save(f"{secrets.token_urlsafe(24)}.jpg", ContentFile(photo.content), save=False)
        kept.save(force_insert=True)
    record(activity, "activity_reported", by=by, note=f"照片 {len(has) + len(new)} 张")
    return activity
