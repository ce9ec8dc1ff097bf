"""履职档案 read: the rows behind one deputy's file, and what a whole cycle's files share."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.db.models import Q
from django.utils import timezone

from deputies import codes
from deputies.models import Deputy, DutyCategory, DutyRecord, Mandate, Membership
from proposals.models import KeySupervision, Proposal
from proposals.states import NUMBERED, Signature
from scoring.models import (
    Appraisal,
    Entry,
    Grade,
    Grading,
    PollResult,
    ReviewCycle,
    ReviewStage,
    Star,
)
from scoring.permissions.publicity import publicity_until
from scoring.points import Share, Totals, shares
from scoring.queries.books import Books
from scoring.queries.file_decisions import Decided, decided_of
from scoring.queries.received import Reception, receptions
from scoring.queries.reporting import results_of
from scoring.queries.review import opinions_of, seats_of, weights_on
from scoring.queries.review_points import review_points
from scoring.queries.spans import Span, span_of
from scoring.stars import Light
from scoring.states import Step
from stations.models import Attendance, Posting


@dataclass(frozen=True)
class County:
    """What the files of one cycle share: everybody's totals, medians and ranks, the rules."""

    cycle: ReviewCycle
    day: date
    period: Span
    books: Books
    ceilings: Mapping[str, Decimal]
    categories: Sequence[DutyCategory]
    listed: int
    """清单项数: items with a rule that are no bonus."""
    sums: Mapping[int, Totals]
    medians: Mapping[str, Decimal]
    seats: Mapping[int, Mandate]
    stars: Mapping[int, Star]
    weights: Mapping[Step, Decimal]
    stages: Mapping[str, ReviewStage]
    opinions: Mapping[int, Mapping[Step, Appraisal | None]]
    polls: Mapping[int, Sequence[PollResult]]
    public_until: date

    def rank(self, deputy_id: int) -> int:
        """名次 among those reviewed; equal totals share it."""
        own = self.sums[deputy_id].total
        return 1 + sum(other.total > own for other in self.sums.values())


def county(cycle: ReviewCycle) -> County:
    """Read once for a run: with it each file needs only the deputy's own rows."""
    day = timezone.localdate(cycle.decided_at)
    people = list(cycle.gradings.values_list("deputy_id", flat=True))
    books = Books([cycle.assembly_id])
    ceilings = books.ceilings(cycle.assembly_id, cycle.year)
    by_deputy = review_points(cycle, people, books)
    period = span_of(cycle)
    polls: defaultdict[int, list[PollResult]] = defaultdict(list)
    for result in results_of(people, *period):
        polls[result.report.deputy_id].append(result)
    return County(
        cycle=cycle,
        day=day,
        period=period,
        books=books,
        ceilings=ceilings,
        categories=list(DutyCategory.objects.filter(code__in=ceilings)),
        listed=len({rule.item_id for rule in books.rules.values() if not rule.bonus}),
        sums=by_deputy,
        medians={
            code: median([each.by_category[code] for each in by_deputy.values()])
            for code in (ceilings if by_deputy else ())
        },
        seats={seat.deputy_id: seat for seat in seats_of(cycle, people)},
        stars=Star.objects.in_bulk(),
        weights=weights_on(day),
        stages={stage.step: stage for stage in cycle.stages.all()},
        opinions=opinions_of(cycle),
        polls=polls,
        public_until=publicity_until(cycle),
    )


@dataclass(frozen=True)
class Year:
    """One deputy's year up to the cut-off as rows; the file says nothing that is not here."""

    county: County
    grading: Grading
    deputy: Deputy
    seat: Mandate
    levels: Sequence[str]
    group: str
    station: str
    totals: Totals
    records: Sequence[DutyRecord]
    entries: Sequence[tuple[Entry, Share]]
    proposals: Sequence[Proposal]
    keys: Collection[int]
    """重点督办: which of the proposals were put on a year's list."""
    receptions: Sequence[Reception]
    attendances: Sequence[Attendance]
    lights: Mapping[Star, Light]
    decided: Decided
    """What stands beside the decision."""

    @property
    def cycle(self) -> ReviewCycle:
        return self.county.cycle

    @property
    def opinions(self) -> Mapping[Step, Appraisal | None]:
        return self.county.opinions[self.deputy.pk]

    @property
    def polls(self) -> Sequence[PollResult]:
        """述职测评 that stand."""
        return self.county.polls.get(self.deputy.pk, ())

    @property
    def grade(self) -> Grade:
        """现行等次."""
        return self.decided.standing_grade(self.grading)

    @property
    def lit(self) -> int:
        return sum(light.lit for light in self.lights.values())


def year_of(county: County, grading: Grading) -> Year:
    """Everything the file of this deputy says, in a fixed number of queries.

    What may still change in a final year, the amendments and the answers, is read here and not
    once for the run: whoever seals the file has locked the grading, as whoever amends it does.
    """
    cycle, deputy = county.cycle, grading.deputy
    last, period = cycle.last_day, county.period
    records = DutyRecord.objects.verified().filter(deputy=deputy, done_on__range=period)
    proposals = Proposal.objects.filter(
        Q(lead=deputy) | Q(cosignatures__deputy=deputy, cosignatures__state=Signature.STANDING),
        state__in=NUMBERED,
        accepted_on__range=period,
    )
    calls = Attendance.objects.filter(deputy=deputy, activity__held_on__range=period)
    seats = Mandate.objects.running(last).filter(deputy=deputy)
    spell = Membership.objects.running(last).filter(deputy=deputy).select_related("group").first()
    postings = Posting.objects.running(last).filter(deputy=deputy)
    posting = postings.select_related("station").first()
    verified = list(records.select_related("item").order_by("done_on", "pk"))
    signed = list(proposals.with_progress().distinct().order_by("number"))
    keys = KeySupervision.objects.decided().filter(proposal__in=signed)
    received = [row for row in verified if row.item.code == codes.RECEPTION]
    return Year(
        county=county,
        grading=grading,
        deputy=deputy,
        seat=county.seats[deputy.pk],
        levels=list(seats.values_list("term__assembly__level__name", flat=True)),
        group=spell.group.name if spell else "",
        station=posting.station.name if posting else "",
        totals=county.sums[deputy.pk],
        records=verified,
        entries=entries_of(county, deputy),
        proposals=signed,
        keys=set(keys.order_by().values_list("proposal", flat=True)) if signed else (),
        receptions=receptions(deputy, period, received),
        attendances=list(
            calls.select_related("activity__organiser").order_by("activity__held_on", "pk")
        ),
        lights=lights_of(county, grading),
        decided=decided_of(grading),
    )


def entries_of(county: County, deputy: Deputy) -> list[tuple[Entry, Share]]:
    """The ledger in the order of the duties, each line with what it added under the limits."""
    rows = Entry.objects.filter(
        deputy=deputy,
        assembly=county.cycle.assembly_id,
        year=county.cycle.year,
        record__done_on__lte=county.cycle.cut_off_on,
    )
    rows = rows.select_related("record__item", "record__verified_by", "rule__book", "rule__item")
    rows = rows.select_related("rule__category", "corrects").prefetch_related(
        "corrects__appeals__answered_by"
    )
    entries = list(rows.order_by("record__done_on", "pk"))
    lines = [county.books.line_of(entry) for entry in entries]
    return list(zip(entries, shares(lines, county.ceilings), strict=True))


def lights_of(county: County, grading: Grading) -> dict[Star, Light]:
    """十星 of one deputy as the decision left them; nothing that came later changes them."""
    return {county.stars[row.star_id]: Light(row.lit, row.reason) for row in grading.lights.all()}
