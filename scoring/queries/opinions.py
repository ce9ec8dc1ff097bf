"""提交意见 read: whose turn it is until when, and each party's own list. No other party's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from congress.shared.actors import Actor
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from deputies.models import Deputy, Membership
from scoring.models import Appraisal, ReviewCycle, StandIn
from scoring.queries.parties import appraised_by, hands, within
from scoring.queries.timetables import spans_of
from scoring.states import Stage, Step
from scoring.timetable import Span


@dataclass(frozen=True)
class Turn:
    """One party's opinion in one cycle, as far as it is this person's to give."""

    cycle: ReviewCycle
    step: Step
    span: Span
    people: int
    left: int

    def is_late(self, today: date) -> bool:
        """Past the last day: still taken, and said to be late."""
        return today > self.span.closes_on


def turns(by: Actor, today: date) -> list[Turn]:
    """What this person may give now, the oldest year first; also what they have given already."""
    if by.user is None:
        return []
    cycles = ReviewCycle.objects.gathering().select_related("assembly").prefetch_related("stages")
    open_ones = list(cycles)
    stead = _in_stead(by, open_ones, today)
    found = [
        turn
        for cycle in open_ones
        for step in (Step.SELF, Step.GROUP, Step.TOWNSHIP)
        if step in own_steps(by) or (cycle.pk, step) in stead
        if (turn := _turn(cycle, step, by, today))
    ]
    return sorted(found, key=lambda turn: (turn.cycle.year, turn.cycle.pk))


def own_steps(by: Actor) -> set[Step]:
    """The parts that come with the post itself."""
    steps = {Role.DEPUTY: Step.SELF, Role.CONVENOR: Step.GROUP, Role.TOWNSHIP_CLERK: Step.TOWNSHIP}
    found = {steps[by.role]} if by.role in steps else set()
    if by.post and by.post.organisation.kind == OrganisationKind.ELECTING:
        found = {Step.TOWNSHIP}
    return found


def _in_stead(by: Actor, cycles: Iterable[ReviewCycle], today: date) -> set[tuple[int, str]]:
    rows = StandIn.objects.running(today).filter(user=by.user, cycle__in=list(cycles))
    return set(rows.values_list("cycle", "step"))


def _turn(cycle: ReviewCycle, step: Step, by: Actor, today: date) -> Turn | None:
    span = spans_of(cycle)[Stage(step)]
    if today < span.opens_on:
        return None
    given = Appraisal.objects.filter(cycle=cycle, step=step, deputy=OuterRef("pk"))
    counted = appraised_by(cycle, step, by, today).aggregate(
        people=Count("pk"), left=Count("pk", filter=~Q(Exists(given)))
    )
    return Turn(cycle, step, span, **counted) if counted["people"] else None


@dataclass(frozen=True)
class OpinionRow:
    """One deputy in a party's form; `given` once it was given, `own` by this person."""

    deputy: Deputy
    place: str
    given: Appraisal | None
    own: bool
    stead: str
    """For whom this person would give it: empty when it is their own part."""

    @property
    def how(self) -> str:
        """提交, 代录 or 代为提交: how somebody else's hand gave it."""
        if self.given is None:
            return ""
        if hasattr(self.given, "on_behalf"):
            return "代录"
        return "代为提交" if self.given.stand_in_id else "提交"


def opinion_rows(cycle: ReviewCycle, *, step: Step, by: Actor, today: date) -> list[OpinionRow]:
    """The party's list in name order. No other party's opinion is read here (背靠背)."""
    people = list(appraised_by(cycle, step, by, today).in_name_order())
    rows = Appraisal.objects.filter(cycle=cycle, step=step, deputy__in=people)
    given = {
        row.deputy_id: row for row in rows.select_related("given_by", "stand_in__user", "on_behalf")
    }
    groups = group_names(people, cycle.last_day)
    stead = {pk: each for pk, each in in_stead(cycle, step, by, today).items() if each}
    return [
        OpinionRow(
            deputy=one,
            place=groups.get(one.pk, ""),
            given=(said := given.get(one.pk)),
            own=bool(said and (step == Step.SELF or by.same_person(said.given_by_id))),
            stead=f"代{stead[one.pk].place}" if one.pk in stead else "",
        )
        for one in people
    ]


def in_stead(cycle: ReviewCycle, step: Step, by: Actor, today: date) -> dict[int, StandIn | None]:
    """For each whom this person speaks of in another's stead by what appointment; own part None."""
    if step == Step.SELF:
        return {}
    found: dict[int, StandIn | None] = {}
    for hand in hands(cycle, step, by, today):
        for pk in within(cycle, [hand]).values_list("pk", flat=True):
            found.setdefault(pk, hand.stand_in)
    return found


def group_names(people: Iterable[Deputy], day: date) -> dict[int, str]:
    """The group each of them is in on that day."""
    spells = Membership.objects.running(day).filter(deputy__in=list(people))
    return dict(spells.values_list("deputy_id", "group__name"))


class Signed:
    """Who gave an opinion and when, in words, with what has to be said of it."""

    def __init__(self, cycle: ReviewCycle) -> None:
        self._spans = spans_of(cycle)

    def is_late(self, opinion: Appraisal) -> bool:
        """逾期提交: after the stage's last day, as it stands now."""
        last = self._spans[Stage(opinion.step)].closes_on
        return timezone.localdate(opinion.given_at) > last

    def words(self, opinion: Appraisal) -> str:
        """王强（代柳河镇第一代表小组），12 月 5 日，逾期提交."""
        given_on = timezone.localdate(opinion.given_at)
        who = opinion.given_by.name
        if opinion.stand_in:
            who = f"{who}（代{opinion.stand_in.place}）"
        elif hasattr(opinion, "on_behalf"):
            who = f"{who}代录"
        late = "，逾期提交" if self.is_late(opinion) else ""
        return f"{who}，{given_on.month} 月 {given_on.day} 日{late}"
