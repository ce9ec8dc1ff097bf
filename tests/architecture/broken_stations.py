"""Rows that break a constraint of homes and stations: a good one, what to change in it."""

from datetime import timedelta
from operator import attrgetter
from uuid import uuid4

from congress.shared import clock
from stations.actions import events, issues
from stations.actions.events import Mark
from stations.models import (
    CheckIn,
    CheckInWay,
    CheckMark,
    Consent,
    Council,
    CouncilDeputy,
    CouncilKind,
    CouncilPhoto,
    Finding,
    FindingPhoto,
    FindingPhotoOf,
    Issue,
    Matter,
    Outcome,
    Posting,
    Presence,
    ReceptionDay,
    RotaFeed,
    RotaLeave,
    RotaSlot,
    Route,
    ScreenToken,
    Standard,
    Station,
    StationCheck,
    StationImport,
    StationKind,
    Swap,
    Telling,
    Told,
    Visit,
    WallDocument,
    WallVersion,
    Way,
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
    done = {"outcome": Outcome.SOLVED, "result": "修好了。"}
    return issues.settle_issue(row, **done, by=make.actor(), today=make.TODAY)


def home():
    named = {"kind": StationKind.HOME, "area": make.township(), "name": "柳河镇代表之家"}
    return Station.objects.filter(**named).first() or Station.objects.create(**named)


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


def screen():
    made = {"made_by": make.user(), "made_at": clock.now()}
    return ScreenToken.objects.create(station=home(), digest="a", **made)


def visit():
    came = {"way": Way.CALL, "came_on": make.TODAY, "deputy": make.deputy(), "words": "路灯不亮"}
    taken = {"consent": Consent.YES, "entered_by": make.user(), "entered_at": clock.now()}
    return Visit.objects.create(station=home(), **came, **taken)


def heard_issue():
    one = visit()
    raised = {"raised_by": make.user(), "raised_at": clock.now(), "due_on": make.TODAY}
    return Issue.objects.create(station=one.station, visit=one, title="路灯不亮", **raised)


def telling():
    told = {"told_on": make.TODAY, "how": Told.CALL, "noted_at": clock.now()}
    return Telling.objects.create(issue=heard_issue(), **told)


def council():
    held = {"held_on": make.TODAY, "place": "四组院坝", "topic": "院坝里装路灯", "people": 12}
    noted = {"notes": "大家都说要装", "entered_by": make.user(), "entered_at": clock.now()}
    kind = CouncilKind.objects.first()
    return Council.objects.create(station=home(), kind=kind, **held, **noted)


def council_deputy():
    return CouncilDeputy.objects.create(council=council(), deputy=make.deputy())


def council_photo():
    return CouncilPhoto.objects.create(council=council(), file="a.jpg", digest="a")


def matter():
    return Matter.objects.create(council=council(), words="装三盏灯")


def station_import():
    return StationImport.objects.create(applied_by=make.user(), applied_at=clock.now())


def check_in():
    now = clock.now()
    by = {"entered_by": make.user(), "way": CheckInWay.CARD, "at": now, "received_at": now}
    return CheckIn.objects.create(activity=activity(), deputy=make.deputy(), **by)


def finding():
    what = {"title": "路灯不亮", "words": "夜里看不见路", "place": "四组", "found_on": make.TODAY}
    raised = {"raised_by": make.user(), "raised_at": clock.now(), "due_on": make.TODAY}
    where = {"activity": activity(), "area": make.township(), "deputy": make.deputy()}
    return Finding.objects.create(**where, **what, **raised)


def finding_photo():
    of = FindingPhotoOf.FOUND
    return FindingPhoto.objects.create(finding=finding(), of=of, file="a.jpg", digest="a")


STATIONS = {
    "check_in_once_per_deputy": (check_in, {"token": uuid4}),
    "check_in_sent_once": (check_in, {"deputy": make.deputy}),
    "check_in_by_code_knows_its_code": (
        check_in,
        {"deputy": make.deputy, "token": uuid4, "way": CheckInWay.CODE},
    ),
    "check_in_by_hand_says_why": (
        check_in,
        {"deputy": make.deputy, "token": uuid4, "way": CheckInWay.HAND},
    ),
    "check_in_happens_before_it_is_received": (
        check_in,
        {"deputy": make.deputy, "token": uuid4, "at": lambda: clock.now() + timedelta(hours=1)},
    ),
    "finding_sent_once": (finding, UNCHANGED),
    "finding_of_an_activity_or_of_a_council": (finding, {"token": uuid4, "activity": None}),
    "finding_says_what_and_where": (finding, {"token": uuid4, "place": ""}),
    "finding_that_waits_has_a_day": (finding, {"token": uuid4, "due_on": None}),
    "finding_handed_names_whom": (finding, {"token": uuid4, "state": "handed"}),
    "finding_ended_has_who_when_and_words": (
        finding,
        {"token": uuid4, "state": "solved", "due_on": None},
    ),
    "finding_photo_once": (finding_photo, UNCHANGED),
    "station_import_undone_has_who_when_and_outcome": (
        station_import,
        {"undone_at": clock.now},
    ),
    "visit_of_a_reception_day_names_it": (visit, {"token": uuid4, "way": Way.DAY}),
    "visit_says_something": (visit, {"token": uuid4, "words": ""}),
    "visit_withdrawn_has_reason": (visit, {"token": uuid4, "state": "withdrawn"}),
    "visit_sent_once": (visit, UNCHANGED),
    "issue_of_a_visit_or_of_a_message": (heard_issue, {"visit": None}),
    "issue_on_its_way_has_a_route": (heard_issue, {"visit": visit, "state": "open"}),
    "issue_to_a_county_unit_names_it": (
        heard_issue,
        {"visit": visit, "state": "open", "route": Route.TOWNSHIP, "unit": make.unit},
    ),
    "issue_that_waits_has_a_day": (heard_issue, {"visit": visit, "due_on": None}),
    "issue_taken_up_says_by_what": (issue, {"message": voters.sent, "outcome": "proposed"}),
    "telling_that_did_not_reach_says_why": (
        telling,
        {"issue": issue, "how": Told.NOT_REACHED},
    ),
    "council_noted_once": (council, UNCHANGED),
    "council_says_something": (council, {"topic": "另一件", "people": 0}),
    "council_withdrawn_has_reason": (council, {"topic": "另一件", "state": "withdrawn"}),
    "council_deputy_once": (council_deputy, UNCHANGED),
    "council_photo_once": (council_photo, UNCHANGED),
    "matter_ended_has_result_and_day": (matter, {"state": "done"}),
    "station_closed_has_day_and_reason": (home, {"name": "旧家", "state": "closed"}),
    "station_receives_from_before_until": (home, {"name": "旧家", "receives_from": "09:00"}),
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
    "screen_token_one_open_per_station": (screen, {"digest": "b"}),
    "screen_token_ended_has_who_when_and_why": (screen, {"digest": "b", "ended_at": clock.now}),
    "rota_feed_one_open_per_deputy": (feed, {"token": "b"}),
    "issue_settled_has_result_who_and_when": (issue, {"message": voters.sent, "result": ""}),
    "attendance_once_per_deputy": (attendance, UNCHANGED),
    "attendance_leave_has_approver": (attendance, {"presence": Presence.LEAVE}),
    "station_one_home_per_area": (home, {"name": "柳河镇第二代表之家"}),
    "posting_one_station_at_a_time": (posting, UNCHANGED),
}
