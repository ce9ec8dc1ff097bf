"""A year's review in any state, made by the real verbs: one group of a township, few deputies."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from scoring import tasks
from scoring.actions import cycles, opinions, publicity, review
from scoring.actions.review import Decision
from scoring.models import Grade, ReviewCycle
from scoring.states import CycleState, Stage, Step
from scoring.timetable import Span, Timetable
from tests import make

YEAR = 2026
TODAY = date(2026, 12, 20)
"""On this day, the last of their stages, all three parties give their opinions."""
AFTER = date(2026, 12, 21)
OVER = date(2026, 12, 31)
NOW = timezone.make_aware(datetime.combine(TODAY, time(17, 20)))
MINUTE = "青禾人常纪〔2026〕12号"


OFFICE = {Role.STAFF_CLERK, Role.STAFF_DIRECTOR}


@dataclass
class Party:
    """Who takes part: the office's director, the convenor, the township's clerk, the deputies."""

    director: Actor
    convenor: Actor
    clerk: Actor
    deputies: list[Deputy]

    @property
    def ids(self) -> list[int]:
        return [deputy.pk for deputy in self.deputies]


def party(people: int = 3) -> Party:
    convenor, group = make.actor(Role.CONVENOR), make.group()
    group.convenor = convenor.user
    group.save()
    deputies = [make.deputy() for _ in range(people)]
    return Party(make.director(), convenor, make.actor(Role.TOWNSHIP_CLERK), deputies)


def table(year: int = YEAR, cut_off_on: date | None = None) -> Timetable:
    """All opinions from 10 to 20 December, then the committee, then publicity until the 30th."""
    days = {
        **dict.fromkeys((Stage.SELF, Stage.GROUP, Stage.TOWNSHIP), (10, 20)),
        Stage.COMMITTEE: (21, 23),
        Stage.PUBLICITY: (24, 30),
    }
    spans = {
        stage: Span(date(year, 12, first), date(year, 12, last))
        for stage, (first, last) in days.items()
    }
    return Timetable(cut_off_on or date(year, 12, 15), spans)


def from_today(today: date, year: int) -> Timetable:
    """All opinions from today on for ten days, whenever in the year that is."""
    days = [(0, 10)] * 3 + [(11, 15), (16, 20)]
    spans = {
        stage: Span(today + timedelta(days=first), today + timedelta(days=last))
        for stage, (first, last) in zip(Stage, days, strict=True)
    }
    return Timetable(min(today, date(year, 12, 31)), spans)


def typed_table(year: int = YEAR) -> dict[str, str]:
    """The same days as the form that opens a cycle has them."""
    known = table(year)
    typed = {"assembly": str(make.assembly().pk), "year": str(year)}
    typed["cut_off_on"] = known.cut_off_on.isoformat()
    for stage, span in known.spans.items():
        typed |= {
            f"{stage}_opens_on": span.opens_on.isoformat(),
            f"{stage}_closes_on": span.closes_on.isoformat(),
        }
    return typed


def on(day: date):
    """The clock stands at five in the afternoon of that day."""
    return clock.at(timezone.make_aware(datetime.combine(day, time(17))))


def opened(of: Party, year: int = YEAR, cut_off_on: date | None = None) -> ReviewCycle:
    with clock.at(NOW):
        return cycles.open_cycle(
            make.assembly(),
            year=year,
            by=of.director,
            today=TODAY,
            table=table(year, cut_off_on),
        )


def gathered(of: Party, cycle: ReviewCycle | None = None) -> ReviewCycle:
    """Opinions are closed: given or missing, no more are taken."""
    return cycles.close_opinions(cycle or opened(of), by=of.director, today=AFTER)


def score(points: int = 88, words: str = "履职尽责。"):
    return (Decimal(points), words)


def self_review(cycle, deputy, points=90, words="走访选民十二户。"):
    by = make.as_deputy(deputy)
    scores = {deputy.pk: score(points, words)}
    return opinions.appraise(cycle, step=Step.SELF, scores=scores, by=by, today=TODAY)


def group_check(cycle, of: Party, points=86, words="核校无误。"):
    scores = dict.fromkeys(of.ids, score(points, words))
    return opinions.appraise(cycle, step=Step.GROUP, scores=scores, by=of.convenor, today=TODAY)


def township_view(cycle, of: Party, points=84, words="同意。"):
    scores = dict.fromkeys(of.ids, score(points, words))
    return opinions.appraise(cycle, step=Step.TOWNSHIP, scores=scores, by=of.clerk, today=TODAY)


def grade(name: str = "称职") -> Grade:
    return Grade.objects.get(name=name)


WHY = "会议讨论，全年履职情况好。"
"""The reason of a test that grades better than its few records suggest."""


def decisions(of: Party, name: str = "称职", withheld: str = "", reason: str = WHY, **vetoes):
    return {pk: Decision(grade(name), withheld, reason, vetoes) for pk in of.ids}


def decided(of: Party, cycle: ReviewCycle | None = None, **how) -> ReviewCycle:
    cycle = cycle or opened(of)
    cycle.refresh_from_db()
    if cycle.state == CycleState.OPEN:
        cycle = gathered(of, cycle)
    return review.decide(
        cycle,
        minute=how.pop("minute", MINUTE),
        met_on=how.pop("met_on", TODAY),
        grades=how.pop("grades", None) or decisions(of, **how),
        by=of.director,
        now=NOW,
    )


def final(of: Party, cycle: ReviewCycle | None = None, **how) -> ReviewCycle:
    """Publicity is over; the files are there to be sealed. A decided cycle goes on."""
    if cycle is None or cycle.state != CycleState.DECIDED:
        cycle = decided(of, cycle, **how)
    with clock.at(NOW):
        return publicity.finalise(cycle, by=of.director, today=OVER)


def sealed(of: Party, *years: int) -> list[ReviewCycle]:
    """Final, and every file made by the real run."""
    finished = [final(of, opened(of, each)) for each in years or (YEAR,)]
    tasks.run_reviews()
    return finished


def url(name, *args):
    return reverse(f"scoring:{name}", args=args)


def text(answer):
    return answer.content.decode()


def as_(client, actor):
    client.force_login(actor.user)
    return client


def queries_of(client, address):
    client.get(address)  # what is computed once for the process
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
