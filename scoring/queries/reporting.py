"""述职 read: who has reported, who has not, who refused; what a period's ballots come to."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from deputies import codes
from deputies.models import Deputy, DutyRecord, Membership
from scoring.models import DutyReport, PollResult, ReviewCycle
from scoring.poll_states import Outcome, PollState
from scoring.queries.spans import span_of

LIVE = (PollState.COUNTED, PollState.CONFIRMED)


@dataclass(frozen=True)
class NotReported:
    """One deputy without a report this year, and what is known of it."""

    pk: int
    user_id: int | None
    name: str
    group: str
    area: str
    words: str


def not_reported(
    year: int, today: date, *, area: int | None = None, name: str = ""
) -> list[NotReported]:
    """Who serves and has not reported to voters in that year, by township and group; 4 queries."""
    day = min(today, date(year, 12, 31))
    spells = Membership.objects.running(day).filter(deputy__in=Deputy.objects.serving(day))
    if area:
        spells = spells.filter(group__area=area)
    spells = spells.filter(deputy__name__contains=name) if name else spells
    done = reported(year)
    turns = _turns(year)
    rows = spells.order_by(
        "group__area__position", "group__position", "deputy__stroke_key", "deputy"
    ).values_list("deputy", "deputy__user", "deputy__name", "group__name", "group__area__name")
    return [
        NotReported(pk, user, name, group, place, _words(turns.get(pk, []), today))
        for pk, user, name, group, place in rows
        if pk not in done
    ]


def reported(year: int) -> set[int]:
    """Who has reported in that year: by a count that stands or waits, or by a duty told."""
    counted = PollResult.objects.filter(
        state__in=LIVE, outcome=Outcome.REPORTED, report__meeting__held_on__year=year
    )
    told = DutyRecord.objects.standing().done_in(year).filter(item__code=codes.REPORT_TO_VOTERS)
    return {
        *counted.order_by().values_list("report__deputy", flat=True),
        *told.order_by().values_list("deputy", flat=True),
    }


Told = tuple[date, str, str]


def _turns(year: int) -> dict[int, list[Told]]:
    """Of each deputy the meetings of the year: day, place, and what was put down so far."""
    live = dict(
        PollResult.objects.filter(state__in=LIVE, report__meeting__held_on__year=year)
        .order_by()
        .values_list("report", "outcome")
    )
    rows = DutyReport.objects.expected().filter(meeting__held_on__year=year)
    found: defaultdict[int, list[Told]] = defaultdict(list)
    for pk, deputy, on, place in rows.order_by("meeting__held_on").values_list(
        "pk", "deputy", "meeting__held_on", "meeting__place"
    ):
        found[deputy].append((on, place, live.get(pk, "")))
    return found


def _words(turns: list[Told], today: date) -> str:
    """The next meeting first; else what became of the last one."""
    for on, place, _ in turns:
        if on >= today:
            return f"安排在 {day_words(on)}，{place}。"
    if not turns:
        return "还没有安排述职评议会。"
    on, _, outcome = turns[-1]
    said = Outcome(outcome).label if outcome else "还没有登记计票"
    return f"{day_words(on)}的会上：{said}。"


def day_words(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"


def refused_reports(cycle: ReviewCycle) -> dict[int, str]:
    """拒绝述职 of the cycle's period as two people put it down: deputy, and the words of a veto."""
    first, last = span_of(cycle)
    rows = PollResult.objects.standing().between(first, last).filter(outcome=Outcome.REFUSED)
    rows = rows.order_by("report__meeting__held_on", "pk")
    said = rows.values_list("report__deputy", "report__meeting__held_on", "note")
    return {deputy: f"{on.year} 年 {day_words(on)}拒绝述职：{note}" for deputy, on, note in said}


@dataclass(frozen=True)
class Tally:
    """述职测评 of one deputy in a period: all meetings together."""

    reports: int = 0
    valid: int = 0
    content: int = 0


def tallies(deputies: Collection[int], first: date, last: date) -> dict[int, Tally]:
    """The ballots that stand, added up for each deputy; in one query."""
    rows = PollResult.objects.standing().between(first, last)
    rows = rows.filter(report__deputy__in=deputies, outcome=Outcome.REPORTED).order_by()
    found: dict[int, Tally] = {}
    for row in rows.select_related("report"):
        pk = row.report.deputy_id
        had = found.get(pk, Tally())
        found[pk] = Tally(had.reports + 1, had.valid + row.valid, had.content + row.content)
    return found


def results_of(deputies: Collection[int], first: date, last: date) -> list[PollResult]:
    """测评结果 that stand, oldest first, each with its report and meeting; for files and pages."""
    rows = PollResult.objects.standing().between(first, last).filter(report__deputy__in=deputies)
    related = rows.select_related("report__meeting", "report__deputy", "entered_by", "settled_by")
    return list(related.order_by("report__meeting__held_on", "pk"))
