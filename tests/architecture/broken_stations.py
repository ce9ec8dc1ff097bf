"""Rows that break a constraint of homes and stations: a good one, what to change in it."""

from congress.shared import clock
from stations.actions import events, issues
from stations.actions.events import Mark
from stations.models import Posting, Presence, Station, StationKind
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.deputies import voters
from tests.deputies import walk as duties


def activity():
    return events.roll_call(
        item=duties.item("A2"),
        title="5 月小组活动",
        held_on=clock.today(),
        place="桃园村",
        group=make.group(),
        marks={make.deputy().pk: Mark()},
        by=make.actor(),
    )


def attendance():
    return activity().attendances.get()


def issue():
    message = voters.sent()
    station = Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
    )
    by = make.as_deputy(message.deputy)
    row = issues.raise_issue(message, station=station, title="路灯不亮", by=by, today=make.TODAY)
    return issues.settle_issue(row, result="修好了。", by=make.actor())


def home():
    return Station.objects.create(
        kind=StationKind.HOME, area=make.township(), name="柳河镇代表之家"
    )


def posting():
    return Posting.objects.create(deputy=make.deputy(), station=home(), from_on=make.ELECTED_ON)


STATIONS = {
    "issue_settled_has_result_who_and_when": (issue, {"message": voters.sent, "result": ""}),
    "activity_is_for_a_group_or_an_assembly": (activity, {"assembly": make.assembly}),
    "activity_registered_once": (activity, UNCHANGED),
    "attendance_once_per_deputy": (attendance, UNCHANGED),
    "attendance_leave_has_approver": (attendance, {"presence": Presence.LEAVE}),
    "station_one_home_per_area": (home, {"name": "柳河镇第二代表之家"}),
    "posting_one_station_at_a_time": (posting, UNCHANGED),
}
