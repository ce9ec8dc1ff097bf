"""年度评价 read: whose opinion is still missing, what the committee decides on, how far it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from congress.shared.actors import Actor
from deputies.models import Deputy, DutyRecord, Mandate, Membership
from deputies.models.people import DeputyQuerySet
from scoring.models import Appraisal, Grade, Grading, ReviewCycle
from scoring.rules import WEIGHTS
from scoring.states import CycleState, Step
from scoring.suggest import points_part


def reviewed(cycle: ReviewCycle) -> DeputyQuerySet:
    """应评代表: who holds a seat of the assembly on the cut-off and on the year's last day."""
    return Deputy.objects.sitting_in(cycle.assembly, cycle.cut_off_on).sitting_in(
        cycle.assembly, cycle.last_day
    )


def appraised_by(cycle: ReviewCycle, step: Step, by: Actor, today: date) -> DeputyQuerySet:
    """Whom this post gives an opinion of; of oneself only in the self review."""
    if by.user is None:
        return Deputy.objects.none()
    if step == Step.SELF:
        return reviewed(cycle).of_user(by.user)
    return reviewed(cycle).visible_to(by, today).exclude(user=by.user)


def waiting_cycles(step: Step, by: Actor, today: date) -> list[ReviewCycle]:
    """The reviews that take this party's opinion now, the oldest year first."""
    rows = ReviewCycle.objects.gathering().select_related("assembly")
    return [cycle for cycle in rows if appraised_by(cycle, step, by, today).exists()]


def left_to_appraise(cycle: ReviewCycle, step: Step, by: Actor, today: date) -> int:
    """How many this party has still to give its opinion of: some may be given, some not."""
    given = Appraisal.objects.filter(cycle=cycle, step=step)
    people = appraised_by(cycle, step, by, today)
    return people.exclude(pk__in=given.values("deputy")).count()


@dataclass(frozen=True)
class OpinionRow:
    """One deputy in a party's form, with this party's own opinion once given."""

    deputy: Deputy
    place: str
    given: Appraisal | None


def opinion_rows(cycle: ReviewCycle, *, step: Step, by: Actor, today: date) -> list[OpinionRow]:
    """The party's list in name order. No other party's opinion is read here (背靠背)."""
    people = list(appraised_by(cycle, step, by, today).in_name_order())
    own = Appraisal.objects.filter(cycle=cycle, step=step, deputy__in=people)
    given = {row.deputy_id: row for row in own}
    groups = group_names(people, today)
    return [OpinionRow(one, groups.get(one.pk, ""), given.get(one.pk)) for one in people]


def group_names(people: Iterable[Deputy], today: date) -> dict[int, str]:
    """The group each of them is in now."""
    spells = Membership.objects.running(today).filter(deputy__in=list(people))
    return dict(spells.values_list("deputy_id", "group__name"))


def opinions_of(cycle: ReviewCycle) -> defaultdict[int, dict[Step, Appraisal | None]]:
    """Each deputy's three opinions, None where none was given. Only for who decides, and after."""
    found: defaultdict[int, dict[Step, Appraisal | None]] = defaultdict(
        lambda: {Step.SELF: None, Step.GROUP: None, Step.TOWNSHIP: None}
    )
    for row in Appraisal.objects.filter(cycle=cycle).select_related(
        "given_by", "stand_in", "on_behalf"
    ):
        found[row.deputy_id][Step(row.step)] = row
    return found


def parts(opinions: Mapping[Step, Appraisal | None], total: Decimal) -> dict[Step, Decimal | None]:
    """The four parts of the suggestion; the committee's is the year's points."""
    scores = {step: row.score if row else None for step, row in opinions.items()}
    return {**scores, Step.COMMITTEE: points_part(total)}


def weights_on(day: date) -> dict[Step, Decimal]:
    """权重 in force on that day."""
    return {step: rule.exactly_on(day) for step, rule in WEIGHTS.items()}


def seats_of(cycle: ReviewCycle, deputy_ids: Sequence[int]) -> list[Mandate]:
    """The seats held in the year, the one each is reviewed for last."""
    rows = Mandate.objects.filter(
        deputy__in=deputy_ids, term__assembly=cycle.assembly_id, from_on__lte=cycle.last_day
    ).exclude(to_on__lt=date(cycle.year, 1, 1))
    return list(rows.select_related("delegation", "district").order_by("from_on", "pk"))


def unverified(cycle: ReviewCycle) -> int:
    """The year's records of those under review that still wait for a check or a verification."""
    records = DutyRecord.objects.done_in(cycle.year).unsettled()
    records = records.filter(done_on__lte=cycle.cut_off_on)
    return records.filter(deputy__in=reviewed(cycle)).count()


@dataclass(frozen=True)
class Gathered:
    """How much of one party's opinions is there, and whose is not."""

    step: Step
    given: int
    expected: int
    missing: tuple[tuple[str, int], ...]
    """Whose opinion is missing: a deputy, a group or a township, with how many."""

    @property
    def left(self) -> int:
        return self.expected - self.given


def gathered(cycle: ReviewCycle) -> list[Gathered]:
    """征集进度 of the three parties: numbers and names, no score and no word."""
    people = list(reviewed(cycle).in_name_order())
    given: defaultdict[str, set[int]] = defaultdict(set)
    for step, deputy_id in Appraisal.objects.filter(cycle=cycle).values_list("step", "deputy_id"):
        given[step].add(deputy_id)
    places = {spell.deputy_id: spell for spell in _spells(people, cycle.last_day)}
    leaders = {spell.deputy_id for spell in places.values() if _leads(spell)}
    found = []
    for step in (Step.SELF, Step.GROUP, Step.TOWNSHIP):
        # Nobody can give the group's opinion of the one who gives it.
        due = [one for one in people if step != Step.GROUP or one.pk not in leaders]
        lacking = [one for one in due if one.pk not in given[step]]
        whose = Counter(_whose(step, one, places.get(one.pk)) for one in lacking)
        found.append(Gathered(step, len(due) - len(lacking), len(due), tuple(whose.items())))
    return found


def opinions_left(cycle: ReviewCycle) -> int:
    """How many opinions of all three parties are missing."""
    return sum(party.left for party in gathered(cycle))


def _leads(spell: Membership) -> bool:
    convenor = spell.group.convenor_id
    return convenor is not None and convenor == spell.deputy.user_id


def _spells(people: Iterable[Deputy], day: date) -> list[Membership]:
    rows = Membership.objects.running(day).filter(deputy__in=list(people))
    return list(rows.select_related("group__area", "deputy"))


def _whose(step: Step, deputy: Deputy, spell: Membership | None) -> str:
    if step == Step.SELF:
        return deputy.name
    if spell is None:
        return "没有编组的代表"
    return spell.group.name if step == Step.GROUP else spell.group.area.name


def grade_counts(cycle: ReviewCycle) -> list[tuple[str, int]]:
    """评定结果: how many of each grade as it stands now, best first."""
    counted = Grading.objects.filter(cycle=cycle).how_many_of_each()
    return [(grade.name, counted[grade.pk]) for grade in Grade.objects.order_by("position")]


class Stop(NamedTuple):
    """One stop of the year's track."""

    label: str
    state: str
    when: str


def stops(cycle: ReviewCycle) -> list[Stop]:
    """五段: opinions, waiting for the committee, publicity, the files, all sealed."""
    past = list(CycleState).index(CycleState(cycle.state))
    if cycle.state == CycleState.SEALED:
        past += 1
    legs = (
        ("征集意见", cycle.opened_at),
        ("常委会评定", cycle.gathered_at),
        ("公示", cycle.decided_at),
        ("归档", cycle.final_at),
        ("已归档", None),
    )
    return [
        Stop(
            label,
            "done" if number < past else "now" if number == past else "",
            f"{timezone.localdate(at):%Y-%m-%d}" if at else "",
        )
        for number, (label, at) in enumerate(legs)
    ]
