"""述职测评 for tests: a township's meeting, its reports, ballots as two people counted them."""

from datetime import date

from congress.shared import clock
from congress.shared.roles import Role
from scoring.models import DutyReport, PollResult, ReportMeeting
from scoring.poll_states import Outcome, PollState
from stations.models import Station
from tests import make

HELD_ON = date(2026, 11, 12)
COUNTS = {
    "sent": 48,
    "returned": 46,
    "satisfied": 41,
    "fair": 4,
    "unsatisfied": 1,
    "blank": 0,
}


def station() -> Station:
    return make.once(
        Station, name="桃园村代表联络站", defaults={"area": make.township(), "position": 1}
    )


def meeting(*deputies) -> ReportMeeting:
    row = ReportMeeting.objects.create(
        area=make.township(),
        held_on=HELD_ON,
        place=f"柳河镇会议室{make.serial()}",
        called_by=make.user(),
        called_at=clock.now(),
    )
    DutyReport.objects.bulk_create(DutyReport(meeting=row, deputy=each) for each in deputies)
    return row


def counted(report, outcome=Outcome.REPORTED, note="", **counts) -> PollResult:
    said = {**COUNTS, **counts} if outcome == Outcome.REPORTED else {}
    return PollResult.objects.create(
        report=report,
        outcome=outcome,
        note=note,
        entered_by=make.actor(Role.TOWNSHIP_CLERK).user,
        entered_at=clock.now(),
        **said,
    )


def confirmed(report, **how) -> PollResult:
    row = counted(report, **how)
    row.state, row.settled_by, row.settled_at = PollState.CONFIRMED, make.user(), clock.now()
    row.save(update_fields=["state", "settled_by", "settled_at"])
    return row
