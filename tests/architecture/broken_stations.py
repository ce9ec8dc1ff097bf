"""Rows that break a constraint of homes and stations: a good one, what to change in it."""

from operator import attrgetter

from congress.shared import clock
from stations.actions import events, issues
from stations.actions.events import Mark
from stations.models import (
    CheckMark,
    Posting,
    Presence,
    ReceptionDay,
    RotaFeed,
    RotaLeave,
    RotaSlot,
    Standard,
    Station,
    StationCheck,
    StationKind,
    Swap,
    WallDocument,
    WallVersion,
)
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


def standard():
    return Standard.objects.create(name="一台电脑", from_on=make.TODAY)


def mark():
    done = {"checked_on": make.TODAY, "checked_by": make.user(), "checked_at": clock.now()}
    check = StationCheck.objects.create(station=home(), **done)
    return CheckMark.objects.create(check_of=check, standard=standard(), met=True)


def wall_version():
    done = {"published_on": make.TODAY, "published_by": make.user(), "published_at": clock.now()}
    document = WallDocument.objects.create(title="请假制度")
    words = {"text": "一、请假。", "basis": "主任会议"}
    return WallVersion.objects.create(document=document, number=1, **words, **done)


def reception_day():
    day = make.TODAY
    return ReceptionDay.objects.create(station=home(), planned_on=day, held_on=day, seats=2)


def slot():
    return RotaSlot.objects.create(day=reception_day(), deputy=make.deputy())


def swap():
    asked = {"asked_by": make.user(), "asked_at": clock.now()}
    return Swap.objects.create(slot=slot(), asked=make.deputy(), **asked)


def leave():
    first, taken = make.TODAY, {"taken_by": make.user(), "taken_at": clock.now()}
    return RotaLeave.objects.create(
        deputy=make.deputy(), from_on=first, to_on=first, reason="外出", **taken
    )


def feed():
    return RotaFeed.objects.create(deputy=make.deputy(), token="a", made_at=clock.now())


STATIONS = {
    "station_closed_has_day_and_reason": (home, {"name": "旧家", "state": "closed"}),
    "station_place_has_both_figures": (home, {"name": "旧家", "latitude": 32}),
    "standard_ends_after_it_begins": (standard, {"name": "电话", "to_on": make.TODAY}),
    "check_mark_once_per_standard": (mark, UNCHANGED),
    "check_mark_missing_says_what": (mark, {"met": False}),
    "wall_version_numbered_once": (wall_version, UNCHANGED),
    "wall_version_says_something_on_some_ground": (wall_version, {"number": 2, "text": ""}),
    "reception_day_planned_once": (reception_day, {"held_on": make.ELECTED_ON, "reason": "停电"}),
    "reception_day_one_on_a_date": (
        reception_day,
        {"planned_on": make.ELECTED_ON, "reason": "停电"},
    ),
    "reception_day_moved_has_reason": (reception_day, {"reason": "停电"}),
    "reception_day_has_a_seat": (reception_day, {"seats": 0}),
    "rota_slot_once_per_day_and_deputy": (slot, UNCHANGED),
    "rota_slot_marked_has_who_and_when": (slot, {"state": "attended"}),
    "rota_slot_given_up_has_reason": (slot, {"state": "given_up"}),
    "swap_one_open_per_turn": (swap, UNCHANGED),
    "swap_settled_has_when": (swap, {"state": "agreed"}),
    "swap_is_for_another_turn": (swap, {"theirs": attrgetter("slot")}),
    "rota_leave_ends_after_it_begins": (leave, {"to_on": make.ELECTED_ON}),
    "rota_leave_ended_has_who_and_when": (leave, {"ended_at": clock.now}),
    "rota_feed_one_open_per_deputy": (feed, {"token": "b"}),
    "issue_settled_has_result_who_and_when": (issue, {"message": voters.sent, "result": ""}),
    "activity_is_for_a_group_or_an_assembly": (activity, {"assembly": make.assembly}),
    "activity_registered_once": (activity, UNCHANGED),
    "attendance_once_per_deputy": (attendance, UNCHANGED),
    "attendance_leave_has_approver": (attendance, {"presence": Presence.LEAVE}),
    "station_one_home_per_area": (home, {"name": "柳河镇第二代表之家"}),
    "posting_one_station_at_a_time": (posting, UNCHANGED),
}
