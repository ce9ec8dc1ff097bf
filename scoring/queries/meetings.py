"""述职评议会 as screens show them: the list, one meeting's lines, a deputy's own reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from congress.shared.actors import Actor
from deputies.models import Deputy
from scoring.models import DutyReport, PollResult, ReportMeeting
from scoring.poll_states import MeetingState, Outcome, PollState
from scoring.polls import NAMES, percent
from scoring.queries.reporting import LIVE

COLOURS = {
    MeetingState.CALLED: "blue",
    MeetingState.HELD: "green",
    MeetingState.CALLED_OFF: "",
}
HEAD = (
    *("乡镇", "会议", "日期", "地点", "代表", "述职情况"),
    *NAMES,
    *("满意和基本满意", "情况", "计票", "复核", "更正原因"),
)


def listed(by: Actor, *, year: int, area: int | None = None) -> QuerySet[ReportMeeting]:
    """The year's meetings that this post may see, the newest first, each with its counts."""
    rows = ReportMeeting.objects.visible_to(by).of_year(year)
    rows = rows.filter(area=area) if area else rows
    settled = Q(reports__results__state=PollState.CONFIRMED)
    rows = rows.select_related("area", "group", "station__area").order_by("-held_on", "-pk")
    return rows.annotate(
        people=Count("reports", distinct=True),
        handed=Count("reports", filter=Q(reports__handed_in_at__isnull=False), distinct=True),
        waiting=Count(
            "reports__results",
            filter=Q(reports__results__state=PollState.COUNTED),
            distinct=True,
        ),
        confirmed=Count("reports__results", filter=settled, distinct=True),
    )


def waiting_for(by: Actor) -> int:
    """How many counts wait for a second person whom this post could be."""
    rows = PollResult.objects.waiting().exclude(entered_by=by.user)
    return rows.filter(report__meeting__in=ReportMeeting.objects.visible_to(by).order_by()).count()


@dataclass(frozen=True)
class Line:
    """One deputy at one meeting: the report, the count that stands, the one that waits."""

    report: DutyReport
    stands: PollResult | None
    waits: PollResult | None
    rejected: PollResult | None

    @property
    def shown(self) -> PollResult | None:
        return self.waits or self.stands


def lines_of(meeting: ReportMeeting) -> list[Line]:
    """Everybody who reports there, by 姓氏笔画, in two queries."""
    reports = list(meeting.reports.select_related("deputy").order_by("deputy__stroke_key", "pk"))
    known: dict[int, dict[str, PollResult]] = {}
    rows = PollResult.objects.filter(report__in=reports).order_by("pk")
    for row in rows.select_related("entered_by", "settled_by"):
        known.setdefault(row.report_id, {})[row.state] = row
    found = []
    for report in reports:
        own = known.get(report.pk, {})
        stands, waits = own.get(PollState.CONFIRMED), own.get(PollState.COUNTED)
        rejected = None if stands or waits else own.get(PollState.REJECTED)
        found.append(Line(report, stands, waits, rejected))
    return found


def open_reports(meeting: ReportMeeting) -> list[DutyReport]:
    """Of whom nothing is put down yet, or only what was found wrong; by 姓氏笔画."""
    live = PollResult.objects.filter(report=OuterRef("pk"), state__in=LIVE)
    rows = meeting.reports.filter(~Exists(live)).select_related("deputy")
    return list(rows.order_by("deputy__stroke_key", "pk"))


def share_words(row: PollResult) -> str:
    """97.8% of the valid ballots; nothing where there are none."""
    return percent(row.content, row.valid) if row.valid else ""


def table(meetings: QuerySet[ReportMeeting]) -> Iterator[list[object]]:
    """The counts that stand or wait, a row for each deputy."""
    rows = PollResult.objects.filter(report__meeting__in=meetings.order_by(), state__in=LIVE)
    related = rows.select_related(
        "report__meeting__area",
        "report__meeting__group",
        "report__meeting__station__area",
        "report__deputy",
        "entered_by",
        "settled_by",
    )
    order = ("report__meeting__held_on", "report__meeting", "report__deputy__stroke_key", "pk")
    for row in related.order_by(*order):
        meeting = row.report.meeting
        counts = (row.sent, row.returned, row.satisfied, row.fair, row.unsatisfied, row.blank)
        yield [
            *(meeting.area.name, meeting, meeting.held_on, meeting.place, row.report.deputy.name),
            row.get_outcome_display(),
            *("" if each is None else each for each in counts),
            *(share_words(row), row.note, row.entered_by.name),
            row.settled_by.name if row.settled_by else "待复核",
            row.reason,
        ]


@dataclass(frozen=True)
class OwnReport:
    """A deputy's own: when and where, what was handed in, what the ballots came to."""

    report: DutyReport
    result: PollResult | None
    earlier: Sequence[PollResult]

    @property
    def share(self) -> str:
        return share_words(self.result) if self.result else ""


def own_reports(deputy: Deputy) -> list[OwnReport]:
    """我的述职, the newest first; corrections stay to be read."""
    rows = DutyReport.objects.expected().filter(deputy=deputy)
    reports = list(
        rows.select_related(
            "deputy", "meeting__area", "meeting__group", "meeting__station__area"
        ).order_by("-meeting__held_on", "-pk")
    )
    results = PollResult.objects.filter(
        report__in=reports, state__in=(PollState.CONFIRMED, PollState.REPLACED)
    )
    stands: dict[int, PollResult] = {}
    earlier: dict[int, list[PollResult]] = {}
    for row in results.select_related("corrects").order_by("pk"):
        if row.state == PollState.CONFIRMED:
            stands[row.report_id] = row
        else:
            earlier.setdefault(row.report_id, []).append(row)
    return [OwnReport(each, stands.get(each.pk), earlier.get(each.pk, [])) for each in reports]


def to_hand_in(deputy: Deputy, today: date) -> list[DutyReport]:
    """Meetings still to come at which this deputy reports and has handed in nothing yet."""
    rows = DutyReport.objects.expected().filter(deputy=deputy, handed_in_at=None)
    rows = rows.filter(meeting__held_on__gte=today, meeting__state=MeetingState.CALLED)
    return list(rows.select_related("meeting__area").order_by("meeting__held_on", "pk"))


@dataclass(frozen=True)
class Public:
    """述职 as anybody may read it: that it took place, when and where. Nothing else."""

    held_on: date
    place: str


def public_reports(deputy: Deputy, today: date) -> list[Public]:
    """Of this year and the last, as two people put them down; no count is public by itself."""
    rows = PollResult.objects.standing().filter(
        report__deputy=deputy,
        outcome=Outcome.REPORTED,
        report__meeting__held_on__range=(date(today.year - 1, 1, 1), today),
    )
    found = rows.order_by("-report__meeting__held_on", "-pk")
    listed_of = found.values_list("report__meeting__held_on", "report__meeting__place")
    return [Public(on, place) for on, place in listed_of]
