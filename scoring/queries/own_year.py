"""自评时看的这一年: what the records say of one deputy, so that two sentences come easily."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deputies.models import Deputy, DutyCategory, DutyRecord
from scoring.models import ReviewCycle, Star
from scoring.points import plain
from scoring.queries.books import Books
from scoring.queries.review_points import review_points
from scoring.queries.star_year import BY_THE_COMMITTEE, LATER
from scoring.queries.year_facts import marks_on, year_facts
from scoring.stars import Marks, YearFacts, light


@dataclass(frozen=True)
class Part:
    """One category: points of how many, and how many duties."""

    name: str
    points: str
    ceiling: str


@dataclass(frozen=True)
class StarLine:
    name: str
    lit: bool | None
    reason: str


@dataclass(frozen=True)
class OwnYear:
    """The year up to its cut-off, as the records have it today."""

    points: str
    duties: int
    waiting: int
    sentence: str
    parts: Sequence[Part]
    stars: Sequence[StarLine]
    """What records light; 政治星 and 守法星 wait for the committee, as on 我的星."""

    @property
    def lit(self) -> int:
        return sum(star.lit is True for star in self.stars)


def own_year(cycle: ReviewCycle, deputy: Deputy, today: date) -> OwnYear:
    """In a fixed number of queries; nobody else's opinion is read."""
    books = Books([cycle.assembly_id])
    totals = review_points(cycle, [deputy.pk], books)[deputy.pk]
    ceilings = books.ceilings(cycle.assembly_id, cycle.year)
    facts = year_facts(cycle, [deputy.pk], day=today, withheld={})[deputy.pk]
    marks = marks_on(today)
    first = date(cycle.year, 1, 1)
    records = DutyRecord.objects.of_deputy(deputy).filter(done_on__range=(first, cycle.cut_off_on))
    return OwnYear(
        points=plain(totals.total),
        duties=records.verified().count(),
        waiting=records.unsettled().count(),
        sentence=sentence(facts),
        parts=[
            Part(
                each.name,
                plain(totals.by_category.get(each.code, totals.base * 0)),
                plain(ceilings[each.code]),
            )
            for each in DutyCategory.objects.all()
            if each.code in ceilings
        ],
        stars=[_star(star, facts, marks) for star in Star.objects.all()],
    )


def _star(star: Star, facts: YearFacts, marks: Marks) -> StarLine:
    if star.code in BY_THE_COMMITTEE:
        return StarLine(star.name, None, LATER)
    shown = light(star.code, facts, marks)
    return StarLine(star.name, shown.lit, shown.reason)


def sentence(facts: YearFacts) -> str:
    """今年出席人代会 1 次，接待选民 4 次: only what there is, ready to be copied; empty without."""
    sat = facts.congress_calls - facts.congress_leaves - facts.congress_absences
    said = [
        f"{words} {count} {unit}"
        for words, count, unit in (
            ("出席人代会", sat, "次"),
            ("审议发言", facts.speeches, "次"),
            ("领衔建议", facts.led, "件"),
            ("附议建议", facts.cosigned, "件"),
            ("参加督办", facts.supervisions, "次"),
            ("接待选民", facts.receptions, "次"),
            ("参加活动", facts.came, "次"),
            ("学习培训", facts.lessons, "次"),
            ("述职", facts.reports, "次"),
        )
        if count
    ]
    return f"这一年{'，'.join(said)}。" if said else ""
