"""改正到场: who may put one line of a roll right, and who may ask for it."""

from collections.abc import Collection

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent, Notice
from congress.shared.names import says_something
from deputies.models import Deputy
from stations.models import Activity, Attendance, Presence
from stations.permissions.campaigns import organises
from stations.states import ActivityState


def may_correct(by: Actor, activity: Activity) -> bool:
    """Whoever called the roll and still calls those people together, or the office."""
    called = by.same_person(activity.registered_by_id) and organises(by, activity.group)
    return by.is_staff or called


def why_not_correct_attendance(
    by: Actor,
    attendance: Attendance,
    *,
    presence: str | None = None,
    approver: str = "",
    why: str = "写明了",
) -> str | None:
    """改正到场: whoever called the roll or the office, with a reason, and not one's own."""
    if by.same_person(attendance.deputy.user_id):
        return "自己的到场由别人改，请找代工委。"
    if not may_correct(by, attendance.activity):
        return "到场由登记的人或者代工委改。"
    if presence is None:
        return None
    if (attendance.presence, attendance.approver) == (presence, approver):
        return "和现在登记的一样，不用改。"
    if presence == Presence.LEAVE and not says_something(approver):
        return "请假，请写明批准人。"
    return None if says_something(why) else "请写明为什么改，代表会看到这句话。"


def why_not_add_to_roll(
    by: Actor,
    activity: Activity,
    deputies: Collection[Deputy] | None = None,
    *,
    why: str = "写明了",
) -> str | None:
    """补登到场: who came and stands not on the roll; by whoever may correct it, never oneself."""
    if not may_correct(by, activity):
        return "到场由登记的人或者代工委补登。"
    if activity.state != ActivityState.HELD:
        return "还没有登记到场，登记的时候写上就行。"
    if deputies is None:
        return None
    if not deputies:
        return "请写是哪几位代表。"
    if any(by.same_person(each.user_id) for each in deputies):
        return "自己的到场由别人登记，请找代工委。"
    numbers = {each.pk for each in deputies}
    if activity.attendances.filter(deputy__in=numbers).exists():
        return "有的代表已经在名单上，不对的请改正。"
    if Deputy.objects.serving(activity.held_on).filter(pk__in=numbers).count() != len(numbers):
        return "有的代表那天不在任，请重写。"
    return None if says_something(why) else "请写明为什么补登。"


def asking_key(attendance: Attendance) -> str:
    """The key of the notice that asks to look at this mark again, once until it is corrected."""
    deeds = AuditEvent.objects.filter(subject=attendance._meta.label, subject_id=attendance.pk)
    times = deeds.filter(now="attendance_corrected").count()
    return f"stations.attendance_asked:{attendance.pk}:{attendance.presence}:{times}"


def why_not_contest_attendance(
    by: Actor, attendance: Attendance, *, words: str = "写明了"
) -> str | None:
    """请核对到场: the deputy whose mark it is, once for each mark."""
    if not by.same_person(attendance.deputy.user_id):
        return "由代表本人提出。"
    if Notice.objects.filter(key=asking_key(attendance)).exists():
        return "已经请组织方核对，改了会通知您。"
    return None if says_something(words) else "请写明实际情况。"
