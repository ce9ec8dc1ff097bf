"""年度评价 read: whose opinion is still missing, what the committee decides on, how far it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from deputies.models import DutyRecord, Mandate
from scoring.models import Appraisal, Grade, Grading, ReviewCycle
from scoring.queries.parties import reviewed
from scoring.rules import WEIGHTS
from scoring.states import Step
from scoring.suggest import points_part


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
    return list(rows.select_related("delegation", "district", "term").order_by("from_on", "pk"))


def unverified(cycle: ReviewCycle) -> int:
    """The year's records of those under review that still wait for a check or a verification."""
    records = DutyRecord.objects.done_in(cycle.year).unsettled()
    records = records.filter(done_on__lte=cycle.cut_off_on)
    return records.filter(deputy__in=reviewed(cycle)).count()


def grade_counts(cycle: ReviewCycle) -> list[tuple[str, int]]:
    """评定结果: how many of each grade as it stands now, best first."""
    counted = Grading.objects.filter(cycle=cycle).how_many_of_each()
    return [(grade.name, counted[grade.pk]) for grade in Grade.objects.order_by("position")]
