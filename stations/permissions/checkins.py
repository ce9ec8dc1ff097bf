"""现场签到: who signs in by the screen's code, and who notes that somebody came."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localtime

from congress.shared.actors import Actor
from congress.shared.names import says_something
from congress.shared.roles import ORGANISERS
from deputies.models import Deputy
from stations.models import Activity, CheckInWay, WrongCode
from stations.rules import CODE_MINUTES, REPLAY_DAYS
from stations.states import ActivityState

TRIES = 10
AN_HOUR = timedelta(hours=1)


class Hours(NamedTuple):
    """From when until when the screen shows a code."""

    opens: datetime
    closes: datetime


def hours_of(activity: Activity) -> Hours | None:
    """None for an activity that was only registered afterwards."""
    if activity.starts_at is None or activity.ends_at is None:
        return None
    beside = timedelta(minutes=CODE_MINUTES.on(activity.held_on))
    return Hours(activity.starts_at - beside, activity.ends_at + beside)


def runs_activity(by: Actor, activity: Activity) -> bool:
    """谁组织谁负责: an organiser who sees it."""
    seen = Activity.objects.visible_to(by).filter(pk=activity.pk)
    return by.role in ORGANISERS and seen.exists()


def why_not_show_code(by: Actor, activity: Activity, *, now: datetime) -> str | None:
    """会场码: for those who run it, while one may sign in."""
    if not runs_activity(by, activity):
        return "会场签到码由这次活动的组织方打开。"
    if activity.state == ActivityState.CALLED_OFF:
        return "这次活动已经取消。"
    hours = hours_of(activity)
    if hours is None:
        return "这次活动没有写起止时间，不用扫码签到。"
    if activity.state == ActivityState.HELD:
        return "到场名单已经登记，不再签到。"
    if now < hours.opens:
        return f"{localtime(hours.opens):%-m 月 %-d 日 %H:%M} 起可以打开会场签到码。"
    return "签到时间已经过去。" if now > hours.closes else None


def why_not_arrive(by: Actor, deputy: Deputy, *, now: datetime) -> str | None:
    """签到: oneself, with one's own account, and not by guessing."""
    if not by.same_person(deputy.user_id):
        return "请用代表本人的账号签到。"
    tries = WrongCode.objects.filter(user=by.user, asked_at__gt=now - AN_HOUR).count()
    return "签到码输错次数太多，请找组织方按名单登记。" if tries >= TRIES else None


def why_not_come_in(
    activity: Activity, deputy: Deputy, at: datetime, *, now: datetime
) -> str | None:
    """What keeps a deputy off the list of one activity, however they sign in.

    `at` is what the device tells; how long one may wait with it goes by our own clock.
    """
    if activity.state == ActivityState.CALLED_OFF:
        return "这次活动已经取消，不用签到。"
    if not activity.invitees.filter(deputy=deputy).exists():
        return f"{deputy.name}不在“{activity}”的应到名单里，请找组织方。"
    if activity.registered_at and at > activity.registered_at:
        return "到场名单已经登记，要补上请找登记的人。"
    hours, days = hours_of(activity), REPLAY_DAYS.on(activity.held_on)
    if hours and now > hours.closes + timedelta(days=days):
        return f"过了 {days} 天，签到不能再补传，请找组织方核对名单。"
    return None


def why_not_note_arrival(
    by: Actor,
    activity: Activity,
    way: CheckInWay | None = None,
    reason: str = "",
    *,
    now: datetime,
) -> str | None:
    """登记签到: by whoever runs it, from an hour before until some days after."""
    if not runs_activity(by, activity):
        return "签到由这次活动的组织方登记。"
    hours = hours_of(activity)
    if hours is None:
        return "这次活动没有写起止时间，请直接登记到场。"
    if now < hours.opens:
        return "还没到签到的时间。"
    if now > hours.closes + timedelta(days=REPLAY_DAYS.on(activity.held_on)):
        return "签到时间已经过去，请直接登记到场名单。"
    if way == CheckInWay.HAND and not says_something(reason):
        return "按名单代签请写明原因，例如：手机没电。"
    return None
