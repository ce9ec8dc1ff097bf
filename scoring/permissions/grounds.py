"""依据: what the last three reviews say of a deputy, as the pure rule wants to be told."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.utils import timezone

from deputies.models import Mandate
from scoring.consequence_states import SPOKEN, TalkState
from scoring.consequences import RUN, Consequence, Outcome, Spoken, Standing, consequence
from scoring.models import Grading, ReviewCycle, Talk
from scoring.rules import ACROSS_TERMS, TALK_FROM
from scoring.states import TOLD

SAID = {TalkState.SPARED: Spoken.SPARED, TalkState.APPOINTED: Spoken.APPOINTED} | dict.fromkeys(
    SPOKEN, Spoken.HELD
)


def talk_from(cycle: ReviewCycle) -> int:
    """From which grade of that review on a talk is considered, by the rule of its decision."""
    decided = cycle.decided_at
    return TALK_FROM.on(timezone.localdate(decided) if decided else cycle.last_day)


def is_in_band(grading: Grading) -> bool:
    """Whether the grade that stands is one for which a talk is considered."""
    return grading.standing_grade.position >= talk_from(grading.cycle)


def run_of(grading: Grading) -> Consequence:
    """What is due after this year, by the talks of it and of the years before."""
    return Past(grading.cycle, [grading.deputy_id]).consequence(grading.deputy_id)


class Past:
    """The years up to one review, for many deputies, read in a fixed number of queries."""

    def __init__(self, last: ReviewCycle, people: Collection[int]) -> None:
        self.last, self.years = last, range(last.year - RUN, last.year + 1)
        self.across = bool(ACROSS_TERMS.on(last.last_day))
        cycles = ReviewCycle.objects.filter(
            assembly=last.assembly_id, year__in=self.years, state__in=TOLD
        )
        self.bands = {cycle.year: talk_from(cycle) for cycle in cycles}
        rows = Grading.objects.filter(cycle__in=cycles, deputy__in=people).with_standing_grade()
        rows = rows.select_related("grade", "cycle").prefetch_related("talks")
        self.gradings = {(row.deputy_id, row.cycle.year): row for row in rows}
        self.seats: dict[int, list[Mandate]] = defaultdict(list)
        for seat in Mandate.objects.filter(
            deputy__in=people, term__assembly=last.assembly_id
        ).order_by("from_on"):
            self.seats[seat.deputy_id].append(seat)

    def consequence(self, deputy: int) -> Consequence:
        """What is due for this deputy after the last of the years."""
        outcomes = [self._outcome(deputy, year) for year in self.years]
        return consequence(outcomes, across_terms=self.across)

    def talk_before(self, deputy: int) -> Talk | None:
        """The talk that was decided of the year before the last, if any."""
        grading = self.gradings.get((deputy, self.last.year - 1))
        return _standing_talk(grading) if grading else None

    def _outcome(self, deputy: int, year: int) -> Outcome:
        grading = self.gradings.get((deputy, year))
        if grading is None:
            none = Standing.NOT_REVIEWED if year in self.bands else Standing.NO_CYCLE
            return Outcome(year, none, congress=self.last.assembly_id)
        return Outcome(
            year,
            self._standing(grading),
            _spoken(grading),
            congress=self.last.assembly_id,
            term=self._term(deputy, grading.cycle.last_day),
        )

    def _standing(self, grading: Grading) -> Standing:
        if grading.standing_grade.position >= self.bands[grading.cycle.year]:
            return Standing.IN_BAND
        return Standing.LIFTED if grading.talks.all() else Standing.CLEAR

    def _term(self, deputy: int, day: date) -> int:
        """Of the seat that the deputy held on that day, or had held until then."""
        terms = [seat.term_id for seat in self.seats[deputy] if seat.from_on <= day]
        return terms[-1] if terms else 0


def _standing_talk(grading: Grading) -> Talk | None:
    talks = grading.talks.all()
    return next((each for each in talks if each.state != TalkState.CANCELLED), None)


def _spoken(grading: Grading) -> Spoken:
    standing = _standing_talk(grading)
    if standing:
        return SAID[TalkState(standing.state)]
    return Spoken.CANCELLED if grading.talks.all() else Spoken.UNDECIDED
