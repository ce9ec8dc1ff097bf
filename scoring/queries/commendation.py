"""评先表优: the order in which a year's deputies are considered, and the list as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.utils import timezone

from congress.shared.actors import Actor
from deputies.models import Mandate
from scoring import commending
from scoring.commending import Bounds, Merit
from scoring.models import (
    CommendationList,
    Commended,
    Grade,
    Grading,
    ReviewCycle,
    StarLight,
    YearTotal,
)
from scoring.points import plain
from scoring.rules import COMMEND_BY, COMMEND_GRADE, COMMEND_SHARE, COMMEND_STARS
from scoring.states import TOLD


@dataclass(frozen=True)
class Candidate:
    """One deputy of the review in the order of the rule; `pk` is the grading's."""

    pk: int
    deputy: int
    turn: int
    name: str
    delegation: str
    grade: str
    stars: int
    points: str
    merit: Merit

    @property
    def figures(self) -> dict[str, int | Decimal]:
        """What the list keeps of them."""
        return {"stars": self.stars, "points": self.merit.points}


@dataclass(frozen=True)
class Honoured:
    """公布的一位: what everybody may read; no points and no rank."""

    name: str
    delegation: str
    grade: str
    stars: int


def candidates(cycle: ReviewCycle) -> list[Candidate]:
    """Everybody who was reviewed, in the order of the rule; ties by 姓氏笔画."""
    rows = (
        Grading.objects.filter(cycle=cycle)
        .with_standing_grade()
        .select_related("deputy", "grade")
        .order_by("deputy__stroke_key", "pk")
    )
    lit = dict(
        StarLight.objects.filter(grading__cycle=cycle, lit=True)
        .values_list("grading")
        .annotate(Count("pk"))
        .order_by()
    )
    totals = dict(
        YearTotal.objects.filter(assembly=cycle.assembly_id, year=cycle.year).values_list(
            "deputy", "total"
        )
    )
    places, day = delegations(cycle), _day(cycle)
    people = [
        (
            row,
            Merit(
                row.standing_grade.position,
                lit.get(row.pk, 0),
                totals.get(row.deputy_id, Decimal(0)),
            ),
        )
        for row in rows
    ]
    turns = {name: rule.on(day) for name, rule in COMMEND_BY.items()}
    return [
        Candidate(
            pk=row.pk,
            deputy=row.deputy_id,
            turn=turn,
            name=row.deputy.name,
            delegation=places.get(row.deputy_id, ""),
            grade=row.standing_grade.name,
            stars=merit.stars,
            points=plain(merit.points),
            merit=merit,
        )
        for turn, (row, merit) in enumerate(commending.in_turn(people, turns), start=1)
    ]


def proposed(cycle: ReviewCycle, rows: Sequence[Candidate]) -> list[Candidate]:
    """参考名单: of those in their order who is within the rule's bounds."""
    pairs = [(row, row.merit) for row in rows]
    return [row for row, _ in commending.proposed(pairs, bounds(cycle), len(rows))]


def bounds(cycle: ReviewCycle) -> Bounds:
    """The rule's bounds as of the day of the decision."""
    day = _day(cycle)
    return Bounds(COMMEND_GRADE.on(day), COMMEND_STARS.on(day), COMMEND_SHARE.on(day))


def lowest_words(bounds: Bounds) -> str:
    """为优秀, 不低于良好: the grade's name, as people say it."""
    names = dict(Grade.objects.values_list("position", "name"))
    name = names.get(bounds.grade, f"第 {bounds.grade} 等")
    return f"为{name}" if bounds.grade == min(names, default=0) else f"不低于{name}"


def order_words(cycle: ReviewCycle) -> str:
    """等次、星数、年度积分: what is looked at, in its turn."""
    day = _day(cycle)
    names = {"grade": "等次", "stars": "星数", "points": "年度积分"}
    looked = sorted((rule.on(day), name) for name, rule in COMMEND_BY.items() if rule.on(day))
    return "、".join(names[name] for _, name in looked) or "姓氏笔画"


def delegations(cycle: ReviewCycle) -> dict[int, str]:
    """Of each deputy the delegation at the year's end."""
    seats = Mandate.objects.running(cycle.last_day).filter(term__assembly=cycle.assembly_id)
    return {
        seat.deputy_id: seat.delegation.name if seat.delegation else ""
        for seat in seats.select_related("delegation")
    }


def shelf(actor: Actor) -> list[tuple[ReviewCycle, CommendationList | None]]:
    """Each review whose grades stand, the newest first, with its list where there is one."""
    cycles = ReviewCycle.objects.visible_to(actor).filter(state__in=TOLD)
    rows = cycles.select_related("assembly", "commendation").order_by("-year", "assembly")
    return [(cycle, getattr(cycle, "commendation", None)) for cycle in rows]


def listed(found: CommendationList) -> list[Candidate]:
    """Who is on the list, in its order, as it was decided."""
    rows = _people(found)
    places = delegations(found.cycle)
    return [
        Candidate(
            pk=row.grading_id,
            deputy=row.grading.deputy_id,
            turn=row.position,
            name=row.grading.deputy.name,
            delegation=places.get(row.grading.deputy_id, ""),
            grade=row.grading.standing_grade.name,
            stars=row.stars,
            points=plain(row.points),
            merit=Merit(row.grading.standing_grade.position, row.stars, row.points),
        )
        for row in rows
    ]


def honoured(found: CommendationList) -> list[Honoured]:
    """公布的名单, by 姓氏笔画: a list of equals."""
    rows = _people(found)
    places = delegations(found.cycle)
    return [
        Honoured(
            row.grading.deputy.name,
            places.get(row.grading.deputy_id, ""),
            row.grading.standing_grade.name,
            row.stars,
        )
        for row in rows.order_by("grading__deputy__stroke_key", "pk")
    ]


def _people(found: CommendationList) -> QuerySet[Commended]:
    rows = found.people.select_related("grading__deputy", "grading__grade")
    return rows.prefetch_related("grading__amendments__grade")


def _day(cycle: ReviewCycle) -> date:
    return timezone.localdate(cycle.decided_at) if cycle.decided_at else cycle.last_day
