"""An activity that is on right now, its deputies called, and the code that its screen shows."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from congress.shared import clock
from congress.shared.roles import Role
from stations.actions import checkins
from stations.actions.checkins import Sent
from stations.models import Activity, CheckInWay, Invitee
from stations.rules import CODE_SECONDS
from stations.screen_codes import drawn, step_at
from tests import make
from tests.deputies import walk as duties


def held(people: int = 3, title: str = "察看水渠", deputies=(), begun: timedelta = timedelta(0)):
    """`activity` begun so long ago, its `deputies`, and the `clerk` who runs it."""
    begins, deputies = clock.now() - begun, list(deputies) or [make.deputy() for _ in range(people)]
    activity = Activity.objects.create(
        item=duties.item("A2"),
        title=title,
        held_on=begins.date(),
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        answer_by=begins.date(),
        place="桃园村村部",
        group=make.group(),
        organiser=make.organisation(),
        called_by=make.user(),
        called_at=begins,
    )
    Invitee.objects.bulk_create(Invitee(activity=activity, deputy=one) for one in deputies)
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    return SimpleNamespace(activity=activity, deputies=deputies, clerk=clerk)


def code(activity, ago: timedelta = timedelta(0)) -> str:
    """What the screen showed that long ago."""
    seconds = CODE_SECONDS.default
    return drawn(activity.pk, step_at(clock.now() - ago, seconds), seconds)


def arrived(found, deputy=None, *, said: str = "", age: int = 0, device: str = "", token=None):
    deputy = deputy or found.deputies[0]
    sent = Sent(token or uuid4(), device, age)
    said = said or code(found.activity, timedelta(seconds=age))
    return checkins.arrive(deputy, code=said, sent=sent, by=make.as_deputy(deputy))


def noted(found, deputy=None, *, by=None, way=CheckInWay.HAND, reason="手机没电", age: int = 0):
    deputy = deputy or found.deputies[0]
    return checkins.note_arrival(
        deputy,
        activity=found.activity,
        way=way,
        sent=Sent(uuid4(), "", age),
        by=by or found.clerk,
        reason=reason if way == CheckInWay.HAND else "",
    )
