"""述职测评 for tests: a township's meeting, its reports, ballots as two people counted them."""

from datetime import date

from congress.shared.roles import Role
from scoring.actions import polls, reports
from scoring.models import DutyReport, PollResult, ReportMeeting
from scoring.permissions.polls import Called, Turn
from scoring.poll_states import Outcome
from scoring.polls import Ballots
from stations.models import Station, StationKind
from tests import make

TODAY = date(2026, 11, 20)
HELD_ON = date(2026, 11, 12)
BALLOTS = Ballots(sent=48, returned=46, satisfied=41, fair=4, unsatisfied=1, blank=0)
GOOD = Turn(Outcome.REPORTED, BALLOTS)
REFUSED = Turn(Outcome.REFUSED, note="两次通知，本人说不来")
EXCUSED = Turn(Outcome.EXCUSED, note="住院，有请假条")


def station() -> Station:
    return make.once(
        Station,
        name="桃园村代表联络站",
        area=make.township(),
        defaults={"kind": StationKind.STATION},
    )


def clerk():
    return make.actor(Role.TOWNSHIP_CLERK)


def called(*deputies, held_on=HELD_ON, place="柳河镇会议室", **how) -> Called:
    return Called(make.township(), held_on, place, deputies, **how)


def meeting(*deputies, by=None, today=TODAY, **how) -> ReportMeeting:
    what = called(*deputies, **how)
    return reports.call_reports(called=what, by=by or clerk(), today=today)


def counted(report: DutyReport, turn: Turn = GOOD, *, by=None) -> PollResult:
    turns = {report: turn}
    return polls.enter_counts(report.meeting, turns=turns, by=by or clerk(), today=TODAY)[0]


def settled(row: PollResult, *, by=None) -> PollResult:
    who = by or make.actor()
    return polls.confirm_counts(row.report.meeting, which=[row.pk], by=who)[0]


def confirmed(report: DutyReport, turn: Turn = GOOD) -> PollResult:
    return settled(counted(report, turn))


def polled(deputy, turn: Turn = GOOD, **how) -> PollResult:
    """One deputy's result that stands."""
    return confirmed(meeting(deputy, **how).reports.get(), turn)
