"""述职评议会 of the demo county: last year everybody reported, this year a third have so far."""

from collections import defaultdict
from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Area
from deputies.models import Deputy
from scoring.actions import polls, reports
from scoring.models import DutyReport, ReportMeeting
from scoring.permissions.polls import Called, Turn
from scoring.poll_states import Outcome
from scoring.polls import Ballots

FIRST_YEAR = 2025
PLACE = "镇文化活动中心"
AHEAD = timedelta(days=5)
WORDS = (
    "一年来参加县里视察三次、小组活动八次，走访选民三十一户，接待日到站八次。"
    "领衔提出产业路硬化的建议，已经答复，正在施工。"
    "不足：联系外出务工的选民少，学习还不够。明年每季度给在外乡亲打一轮电话。"
)


def hold(cast: Cast, year: int, day: date) -> None:
    """Each township has its meeting that day: its clerk counts, the office confirms."""
    for area, people in _by_township(cast, year).items():
        by = cast.townships[area.pk]
        meeting = reports.call_reports(
            called=Called(area, day, f"{area.short_name}{PLACE}", people), by=by, today=day
        )
        _count(cast, meeting, by, day)


def _by_township(cast: Cast, year: int) -> dict[Area, list[Deputy]]:
    """Of the county's deputies everybody in the first year, of this one a third."""
    own = {deputy.pk for deputy in cast.deputies}
    found: defaultdict[Area, list[Deputy]] = defaultdict(list)
    for group in cast.groups:
        for deputy in cast.members[group.pk]:
            late = year > FIRST_YEAR and (deputy.pk % 3 != year % 3 or deputy == cast.star)
            if deputy.pk in own and not late:
                found[group.area].append(deputy)
    return found


def _count(cast: Cast, meeting: ReportMeeting, by: Actor, day: date) -> None:
    turns = {each: _turn(cast, each, day) for each in meeting.reports.select_related("deputy")}
    rows = polls.enter_counts(meeting, turns=turns, by=by, today=day)
    polls.confirm_counts(meeting, which=[row.pk for row in rows], by=cast.registrar)


def _turn(cast: Cast, report: DutyReport, day: date) -> Turn:
    if cast.is_away(report.deputy, day):
        return Turn(Outcome.EXCUSED, note="住院治疗，有请假条")
    sent = 40 + report.deputy_id % 13
    returned = sent - report.deputy_id % 3
    least = 3 if report.deputy_id % 11 else 12
    unsatisfied, fair, blank = report.deputy_id % least, 2 + report.deputy_id % 5, 1
    satisfied = returned - fair - unsatisfied - blank
    return Turn(Outcome.REPORTED, Ballots(sent, returned, satisfied, fair, unsatisfied, blank))


def leave_some_waiting(cast: Cast) -> None:
    """One meeting to come at which the deputy you log in as reports; one count to be confirmed."""
    if cast.star is None:
        return
    group = next(each for each in cast.groups if cast.star in cast.members[each.pk])
    own = {deputy.pk for deputy in cast.deputies}
    people = [each for each in cast.members[group.pk] if each.pk in own]
    by = cast.townships[group.area_id]
    with clock.at(moment(cast.today)):
        coming = Called(group.area, cast.today + AHEAD, f"{group.name}活动室", people, group=group)
        meeting = reports.call_reports(called=coming, by=by, today=cast.today)
        mate = meeting.reports.exclude(deputy=cast.star).select_related("deputy").first()
        if mate and mate.deputy_id in cast.actors:
            reports.hand_in_report(
                mate, text=WORDS, file=None, by=cast.actors[mate.deputy_id], today=cast.today
            )
    other = next(each for each in cast.groups if each.area_id == group.area_id and each != group)
    others = [each for each in cast.members[other.pk] if each.pk in own] or [
        *cast.members[other.pk][:4]
    ]
    held = cast.today - timedelta(days=2)
    with clock.at(moment(held, 16)):
        called = Called(other.area, held, f"{other.name}活动室", others, group=other)
        meeting = reports.call_reports(called=called, by=by, today=held)
        turns = {each: _turn(cast, each, held) for each in meeting.reports.all()}
        polls.enter_counts(meeting, turns=turns, by=by, today=held)
