"""评定 read: what the committee has before it of every deputy, and what that adds up to."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from deputies.models import Delegation, Deputy, Suspension
from scoring import rules
from scoring.bands import Band, Bar, Floors, SuggestedBand, mismatch, suggested_band, why_not_place
from scoring.grade_states import VetoSource
from scoring.models import Appraisal, Grade, Grading, ReviewCycle, Star, VetoKind
from scoring.queries.parties import reviewed
from scoring.queries.reporting import refused_reports
from scoring.queries.review import opinions_of, parts, seats_of, weights_on
from scoring.queries.review_points import review_points
from scoring.queries.year_facts import marks_on, year_facts
from scoring.ranking import ranks
from scoring.stars import Light, Marks, YearFacts, light, lit
from scoring.states import Step
from scoring.suggest import Suggestion, suggest

SUSPENDED, PENALTY, ABSENT, REFUSED = "suspended", "penalty", "absent", "refused_report"
"""Codes of the vetoes that this app knows how to find, or what else follows from."""
LONGEST_GROUND = 120


@dataclass(frozen=True)
class Known:
    """否决 of one deputy: which kind, and on what ground."""

    kind: VetoKind
    reason: str


@dataclass(frozen=True)
class Judged:
    """One deputy's stars and suggestion under all that is known, typed grounds included."""

    stars: int
    suggested: SuggestedBand
    bars: tuple[Bar, ...]
    words: str


class Bands:
    """等次, best first, as rows and as the pure rule takes them."""

    def __init__(self) -> None:
        self.grades = list(Grade.objects.order_by("position"))
        self.places = {grade.pk: at for at, grade in enumerate(self.grades)}
        self.bands = [Band(g.pk, g.name, g.stars_from, g.stars_to) for g in self.grades]

    def mismatch(self, grade: Grade, stars: int) -> str:
        """星级与等次不一致."""
        return mismatch(stars, self.places[grade.pk], self.bands)


class Yardstick(Bands):
    """等次、星、否决的尺度 of one day, fetched once for everybody."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self.floors = Floors(rules.COMPETENT.on(day), rules.BASIC.on(day))
        self.kinds = list(VetoKind.objects.select_related("best"))
        self.typed_kinds = [kind for kind in self.kinds if kind.source == VetoSource.TYPED]
        self.marks: Marks = marks_on(day)

    def judged(
        self, facts: YearFacts, score: Decimal | None, vetoes: Iterable[Known], withheld: str = ""
    ) -> Judged:
        """建议等次 with everything known: stars withheld are dark, vetoes bar what is better."""
        stars = lit(replace(facts, withheld=withheld), self.marks)
        bars = [Bar(self.places[each.kind.best_id], each.kind.name) for each in vetoes]
        if withheld:
            bars.append(Bar(1, "政治星、守法星不亮"))
        found = suggested_band(stars, score, self.bands, self.floors, bars)
        return Judged(stars, found, tuple(bars), found.words(self.bands, stars))

    @cached_property
    def stars(self) -> list[Star]:
        return list(Star.objects.order_by("position"))

    def lights(self, facts: YearFacts, withheld: str = "") -> dict[Star, Light]:
        """十星 of one deputy, each with its reason; those withheld are dark."""
        known = replace(facts, withheld=withheld)
        return {star: light(star.code, known, self.marks) for star in self.stars}

    def grade(self, place: int) -> Grade:
        return self.grades[place]

    def moved(self, grade: Grade, suggested: SuggestedBand) -> int:
        """与建议等次相差: worse is more, better is less than nothing."""
        return self.places[grade.pk] - suggested.place

    def why_not(self, grade: Grade, judged: Judged) -> str | None:
        """What bars this grade of somebody."""
        return why_not_place(self.places[grade.pk], self.bands, judged.bars)


@dataclass(frozen=True)
class DecisionRow:
    """One deputy before the committee: every part that was given, and what it adds up to."""

    deputy: Deputy
    delegation_id: int | None
    delegation: str
    opinions: Mapping[Step, Appraisal | None]
    points: Decimal
    top: int
    """积分前百分之几, as the county's table of grades refers to it."""
    facts: YearFacts
    vetoes: tuple[Known, ...]
    suggestion: Suggestion
    judged: Judged
    grade: Grade

    @property
    def stars(self) -> int:
        return self.judged.stars


def decision_rows(
    cycle: ReviewCycle, today: date, yardstick: Yardstick | None = None
) -> list[DecisionRow]:
    """Everybody the committee grades, in name order, with stars and grade suggested."""
    rule, people = yardstick or Yardstick(today), list(reviewed(cycle).in_name_order())
    ids = [one.pk for one in people]
    opinions = opinions_of(cycle)
    points = {pk: known.total for pk, known in review_points(cycle, ids).items()}
    rank = ranks(points)
    seats = {seat.deputy_id: seat for seat in seats_of(cycle, ids)}
    facts = year_facts(cycle, ids, day=today, withheld={})
    vetoes = found_vetoes(rule.kinds, facts, refused_reports(cycle), today)
    weigh = weights_on(today)
    rows = []
    for one in people:
        suggestion = suggest(parts(opinions[one.pk], points[one.pk]), weigh)
        judged = rule.judged(facts[one.pk], suggestion.score, vetoes[one.pk])
        delegation = seats[one.pk].delegation
        rows.append(
            DecisionRow(
                deputy=one,
                delegation_id=delegation.pk if delegation else None,
                delegation=delegation.name if delegation else "",
                opinions=opinions[one.pk],
                points=points[one.pk],
                top=-(-100 * rank[one.pk] // len(people)),
                facts=facts[one.pk],
                vetoes=tuple(vetoes[one.pk]),
                suggestion=suggestion,
                judged=judged,
                grade=rule.grade(judged.suggested.place),
            )
        )
    return rows


def found_vetoes(
    kinds: Sequence[VetoKind],
    facts: Mapping[int, YearFacts],
    refused: Mapping[int, str],
    today: date,
) -> dict[int, list[Known]]:
    """系统核对的否决 of each: suspended today, absent from the congress, a report refused.

    A suspension that has ended bars nothing: whoever was reinstated was cleared.
    """
    by_code = {kind.code: kind for kind in kinds}
    found: dict[int, list[Known]] = {pk: [] for pk in facts}
    if suspended := by_code.get(SUSPENDED):
        running = Suspension.objects.running(today).filter(deputy__in=list(facts))
        for row in running:
            since = f"{row.from_on.year} 年 {row.from_on.month} 月 {row.from_on.day} 日"
            words = f"{since}起暂停执行代表职务（{row.get_ground_display()}）"
            found[row.deputy_id].append(Known(suspended, words))
    if absent := by_code.get(ABSENT):
        for pk, each in facts.items():
            if each.congress_absences:
                words = f"未经批准缺席人代会 {each.congress_absences} 次"
                found[pk].append(Known(absent, words))
    if kind := by_code.get(REFUSED):
        for pk in refused.keys() & found.keys():
            found[pk].append(Known(kind, refused[pk][:LONGEST_GROUND]))
    return found


def fingerprint(rows: Iterable[DecisionRow]) -> str:
    """What the committee saw: another one says that something has changed meanwhile."""
    seen = hashlib.sha256()
    for row in rows:
        said = (row.deputy.pk, row.points, row.suggestion.score, row.judged, row.vetoes)
        seen.update(repr(said).encode())
    return seen.hexdigest()[:16]


def delegations_of(rows: Iterable[DecisionRow]) -> list[tuple[int, str, int]]:
    """代表团 to filter by: number, name and how many deputies, in the order of the areas."""
    counts = Counter(row.delegation_id for row in rows if row.delegation_id)
    known = Delegation.objects.filter(pk__in=counts).order_by("area__position", "pk")
    return [(one.pk, one.name, counts[one.pk]) for one in known]


def places_of(cycle: ReviewCycle, gradings: Iterable[Grading]) -> dict[int, str]:
    """代表团 of everybody who was graded."""
    seats = seats_of(cycle, [row.deputy_id for row in gradings])
    return {seat.deputy_id: seat.delegation.name for seat in seats if seat.delegation}
