"""现场签到: kept once for each deputy, however often a device sends it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import Deputy
from stations.models import Activity, CheckIn, CheckInWay, WrongCode
from stations.permissions.checkins import (
    AN_HOUR,
    why_not_arrive,
    why_not_come_in,
    why_not_note_arrival,
)
from stations.queries.checkins import code_shown


@dataclass(frozen=True)
class Sent:
    """What a device says of a check-in: its number, its own key, how many seconds ago it was."""

    token: UUID
    device: str = ""
    age: int = 0

    @property
    def at(self) -> datetime:
        """The device tells how long ago, never what time it is: its clock may be wrong."""
        return clock.now() - timedelta(seconds=max(0, self.age))


@transaction.atomic
def arrive(
    deputy: Deputy, *, code: str, sent: Sent, by: Actor, activity: Activity | None = None
) -> CheckIn | None:
    """签到: by the code on the screen. None when no screen showed it; that is counted.

    A second sending, or a second way, finds the first row.
    """
    deputy = lock(deputy)
    refuse_if(why_not_arrive(by, deputy, now=clock.now()))
    at = sent.at
    found = code_shown(code, deputy, at, activity)
    if found is None:
        WrongCode.objects.filter(asked_at__lt=clock.now() - AN_HOUR).delete()
        assert deputy.user, "why_not_arrive compared the account with it"  # noqa: S101  # a slip of ours
        WrongCode.objects.create(user=deputy.user, asked_at=clock.now())
        return None
    return _kept(found.activity, deputy, CheckInWay.CODE, sent, at, by=by, code_at=found.at)


@transaction.atomic
def note_arrival(
    deputy: Deputy, *, activity: Activity, way: CheckInWay, sent: Sent, by: Actor, reason: str = ""
) -> CheckIn:
    """登记签到: the deputy showed their own code, or is known by sight and it is said why."""
    deputy = lock(deputy)
    at = sent.at
    refuse_if(why_not_note_arrival(by, activity, way, reason, now=at))
    return _kept(activity, deputy, way, sent, at, by=by, reason=reason.strip())


def _kept(
    activity: Activity,
    deputy: Deputy,
    way: CheckInWay,
    sent: Sent,
    at: datetime,
    *,
    by: Actor,
    code_at: datetime | None = None,
    reason: str = "",
) -> CheckIn:
    """The deputy's row is locked: nobody else writes theirs meanwhile."""
    _hold(activity)
    known = CheckIn.objects.filter(activity=activity, deputy=deputy).first()
    if known:
        return known
    refuse_if(why_not_come_in(activity, deputy, at, now=clock.now()))
    if by.user is None:
        raise Refused("签到须由人来登记。")
    try:
        with transaction.atomic():
            row = CheckIn.objects.create(
                activity=activity,
                deputy=deputy,
                way=way,
                at=at,
                received_at=clock.now(),
                code_at=code_at,
                reason=reason,
                device=_digest(sent.device),
                token=sent.token,
                entered_by=by.user,
            )
    except IntegrityError:
        raise Refused("这次签到已经收到，是另一位代表的，请重新签到。") from None
    record(row, "signed_in", by=by, note=way.label)
    if way == CheckInWay.HAND:
        _tell(row)
    if activity.registered_at:
        _tell_after(row)
    return row


def _hold(activity: Activity) -> None:
    """No roll of it is called from here to the commit, and one just under way is waited for.

    Shared, so that three hundred do not wait for one another; the ORM has no word for FOR SHARE.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM stations_activity WHERE id = %s FOR SHARE", [activity.pk])
    activity.refresh_from_db(fields=("state", "registered_at", "registered_by"))


def _digest(device: str) -> str:
    """The browser's own key is not kept, only what tells two of them apart."""
    return salted_hmac("stations.device", device, algorithm="sha256").hexdigest() if device else ""


def _tell(row: CheckIn) -> None:
    """Whoever is signed in by somebody else hears of it."""
    day = row.activity.held_on
    notices.write(
        [row.deputy.user],
        key=f"stations.check_in:{row.pk}",
        text=f"“{row.activity}”（{day.month} 月 {day.day} 日）{row.entered_by.name}为您代签："
        f"{row.reason}。您没有到场的话，请告诉组织方。",
        link=reverse("stations:arrive"),
    )


def _tell_after(row: CheckIn) -> None:
    """What a phone had kept comes after the list was written: whoever wrote it has to judge."""
    notices.write(
        [row.activity.registered_by],
        key=f"stations.check_in_after:{row.pk}",
        text=f"“{row.activity}”的到场名单登记以后，才收到{row.deputy.name}的签到"
        f"（{localtime(row.at):%H:%M} 签的，当时没有网络）。请核对名单。",
        link=reverse("stations:check_ins", args=[row.activity.pk]),
    )
