"""述职测评: who calls a meeting, hands in a report, counts the ballots, and confirms the count."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Area
from congress.shared.names import says_something
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import Deputy, DeputyGroup, Membership
from scoring.models import DutyReport, Grading, PollResult, ReportMeeting
from scoring.poll_states import MeetingState, Outcome, PollState
from scoring.polls import Ballots, slip
from scoring.rules import HAND_IN_DAYS, MEETING_DAYS
from stations.models import Posting, Station

NAMED = 5


@dataclass(frozen=True)
class Called:
    """Whose meeting it is, when and where, and who reports."""

    area: Area
    held_on: date
    place: str
    deputies: Collection[Deputy]
    group: DeputyGroup | None = None
    station: Station | None = None


@dataclass(frozen=True)
class Turn:
    """What became of one deputy's turn, as one person puts it down."""

    outcome: Outcome
    ballots: Ballots | None = None
    note: str = ""


def may_report(
    area: Area, day: date, *, group: DeputyGroup | None = None, station: Station | None = None
) -> QuerySet[Deputy]:
    """Who can report there: the sitting deputies of the group, of the station, of the township."""
    people = Deputy.objects.serving(day).in_name_order()
    if station:
        posted = Posting.objects.running(day).filter(station=station)
        return people.filter(pk__in=posted.values("deputy"))
    members = Membership.objects.running(day).filter(group__area=area)
    members = members.filter(group=group) if group else members
    return people.filter(pk__in=members.values("deputy"))


def calls_reports(by: Actor, area_id: int | None) -> bool:
    """代工委, and the township's own 人大."""
    return by.at_deputy_office or (by.is_a(Role.TOWNSHIP_CLERK) and by.area_id == area_id)


def runs_reports(by: Actor, meeting: ReportMeeting) -> bool:
    """Who calls it, and the convenor of the group or the keeper of the station that holds it."""
    if calls_reports(by, meeting.area_id):
        return True
    if by.is_a(Role.CONVENOR) and meeting.group:
        return by.same_person(meeting.group.convenor_id)
    if by.is_a(Role.KEEPER) and meeting.station:
        return by.same_person(meeting.station.keeper_id)
    return False


def why_not_call_reports(by: Actor, called: Called | None = None, *, today: date) -> str | None:
    """安排述职评议会."""
    area = called.area.pk if called else by.area_id
    if not calls_reports(by, area):
        return "述职评议会由乡镇人大或者代工委安排。"
    return _why_not_so(called, today) if called else None


def _why_not_so(called: Called, today: date, besides: int | None = None) -> str | None:
    days = MEETING_DAYS.on(today)
    if abs(called.held_on - today) > timedelta(days=days):
        return f"日期只能在今天前后 {days} 天以内。"
    if not says_something(called.place):
        return "请写明地点。"
    if called.group and called.station:
        return "述职评议会由小组或者家站召开，只选一个。"
    if not called.deputies:
        return "请选哪些代表述职。"
    may = may_report(called.area, called.held_on, group=called.group, station=called.station)
    known = set(may.values_list("pk", flat=True))
    if strangers := [each.name for each in called.deputies if each.pk not in known]:
        return f"{listed(strangers)}那一天不在这里任职，不能安排在这次会上。"
    same = ReportMeeting.objects.standing().exclude(pk=besides or 0)
    if same.filter(area=called.area, held_on=called.held_on, place=called.place).exists():
        return "这个乡镇这一天在这个地点已经安排了述职评议会。"
    return None


def listed(names: Iterable[str]) -> str:
    """The first few names, and how many in all."""
    known = list(names)
    said = "、".join(known[:NAMED])
    return said if len(known) <= NAMED else f"{said}等 {len(known)} 人"


def _why_not_change(by: Actor, meeting: ReportMeeting, to: MeetingState) -> str | None:
    if not calls_reports(by, meeting.area_id):
        return "述职评议会由乡镇人大或者代工委安排。"
    if meeting.state == MeetingState.HELD:
        return "已经登记了计票，这次会不能再改；票数错了，逐人更正。"
    return why_not_move(meeting, to)


def why_not_rearrange_reports(
    by: Actor, meeting: ReportMeeting, called: Called | None = None, *, today: date
) -> str | None:
    """改期、换地方、换人: before anything is counted; a report that was handed in stays."""
    if refusal := _why_not_change(by, meeting, MeetingState.HELD):
        return refusal
    if called is None:
        return None
    kept = {each.pk for each in called.deputies}
    handed = meeting.reports.exclude(handed_in_at=None).exclude(deputy__in=kept)
    if names := list(handed.values_list("deputy__name", flat=True)):
        return f"{listed(names)}已经交了述职报告，不能从名单里去掉。"
    return _why_not_so(called, today, besides=meeting.pk)


def why_not_call_off_reports(by: Actor, meeting: ReportMeeting) -> str | None:
    """取消述职评议会: before anything is counted."""
    return _why_not_change(by, meeting, MeetingState.CALLED_OFF)


def why_not_hand_in_report(by: Actor, report: DutyReport, *, today: date) -> str | None:
    """交述职报告: the deputy's own, or on their behalf whoever runs the meeting."""
    own = by.same_person(report.deputy.user_id)
    if not own and not runs_reports(by, report.meeting):
        return "述职报告由代表本人交，或者由会议组织方代交。"
    if report.meeting.state == MeetingState.CALLED_OFF:
        return "这次述职评议会已经取消。"
    days = HAND_IN_DAYS.on(report.meeting.held_on)
    if today > report.meeting.held_on + timedelta(days=days):
        return f"会后 {days} 天以内交述职报告，现在已经过了。"
    return _why_not_unsealed([report.deputy_id], report.meeting.held_on)


def _why_not_unsealed(deputies: Collection[int], held_on: date) -> str | None:
    """What a sealed file says is changed by an amendment beside it, by nothing else."""
    files = Grading.objects.sealed().covering(held_on).filter(deputy__in=deputies)
    if names := list(files.values_list("deputy__name", flat=True)):
        return f"{listed(names)} {held_on.year} 年的档案已经封存，改动请由代工委作更正。"
    return None


def why_not_enter_counts(
    by: Actor,
    meeting: ReportMeeting,
    turns: Mapping[DutyReport, Turn] | None = None,
    *,
    today: date,
) -> str | None:
    """登记述职和计票: who runs the meeting, once it has been held, each deputy once."""
    if not runs_reports(by, meeting):
        return "计票由会议组织方登记：乡镇人大、小组召集人、站长，或者代工委。"
    if meeting.state == MeetingState.CALLED_OFF:
        return "这次述职评议会已经取消。"
    if meeting.held_on > today:
        return f"还没有到开会的日子（{meeting.held_on.month} 月 {meeting.held_on.day} 日）。"
    if turns is None:
        return None
    if not turns:
        return "还没有填任何一名代表的情况。"
    if refusal := _why_not_own(by, turns):
        return refusal
    live = PollResult.objects.filter(report__in=turns).exclude(
        state__in=(PollState.REJECTED, PollState.REPLACED)
    )
    if names := list(live.values_list("report__deputy__name", flat=True)):
        return f"{listed(names)}已经登记过，改动请用更正。"
    for report, turn in turns.items():
        if wrong := why_not_turn(turn):
            return f"{report.deputy.name}：{wrong}"
    return _why_not_unsealed([each.deputy_id for each in turns], meeting.held_on)


def why_not_turn(turn: Turn) -> str | None:
    """What is wrong with one line of the count by itself."""
    if turn.outcome != Outcome.REPORTED:
        if turn.ballots:
            return "没有述职的代表没有票数，请把六格清空。"
        if not says_something(turn.note):
            return "请假、拒绝述职要写明情况。"
        return None
    return slip(turn.ballots) or None if turn.ballots else None


def _why_not_settle(
    by: Actor, meeting: ReportMeeting, results: Collection[PollResult]
) -> str | None:
    if not runs_reports(by, meeting):
        return "复核由会议组织方的另一个人办理，或者由代工委办理。"
    if not results:
        return "没有等复核的计票。"
    if any(by.same_person(each.entered_by_id) for each in results):
        return "计票是您登记的，须由另一个人复核。"
    return _why_not_own(by, [each.report for each in results])


def _why_not_own(by: Actor, reports: Iterable[DutyReport]) -> str | None:
    """Nobody counts the ballots cast about themselves."""
    if any(by.same_person(each.deputy.user_id) for each in reports):
        return "对您本人的测评，不能由您计票或者复核，请别人办理。"
    return None


def why_not_confirm_counts(
    by: Actor, meeting: ReportMeeting, results: Collection[PollResult]
) -> str | None:
    """复核: another person than the one who counted has counted alike."""
    return _why_not_settle(by, meeting, results)


def why_not_reject_counts(
    by: Actor, meeting: ReportMeeting, results: Collection[PollResult], answer: str | None = None
) -> str | None:
    """复核不符: another person counts otherwise and says where; the line is counted anew."""
    if refusal := _why_not_settle(by, meeting, results):
        return refusal
    return None if answer is None or says_something(answer) else "请写明哪里不符。"


def why_not_correct_count(
    by: Actor, result: PollResult, turn: Turn | None = None, reason: str | None = None
) -> str | None:
    """更正: what was confirmed stays, a new row with its reason waits for another person."""
    if not runs_reports(by, result.report.meeting):
        return "更正由会议组织方提出，或者由代工委提出。"
    if result.state != PollState.CONFIRMED:
        return "只有已经复核的结果才要更正。"
    if PollResult.objects.waiting().filter(report=result.report_id).exists():
        return "这位代表已经有一条更正在等复核。"
    if sealed := _why_not_unsealed([result.report.deputy_id], result.report.meeting.held_on):
        return sealed
    if own := _why_not_own(by, [result.report]):
        return own
    if reason is not None and not says_something(reason):
        return "请写明为什么更正。"
    return why_not_turn(turn) if turn else None


def why_not_remind_reporters(by: Actor) -> str | None:
    """提醒还没有述职的代表: 代工委 all of them, a township its own."""
    if by.at_deputy_office or by.is_a(Role.TOWNSHIP_CLERK):
        return None
    return "提醒述职由乡镇人大或者代工委办理。"
