"""Chapter four: last year's review final, this year's just begun."""

from datetime import date
from decimal import Decimal

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.actors import Actor
from deputies.models import Deputy
from scoring.actions import cycles, opinions, publicity, review
from scoring.actions.review import Decision
from scoring.models import ReviewCycle
from scoring.queries import deciding
from scoring.queries.parties import appraised_by
from scoring.states import Step

OWN_WORDS = (
    "按时参加会议和小组活动，走访选民，建议得到答复。",
    "今年联系群众多了，建议写得还不够细，明年改进。",
    "完成了年度履职清单，继续盯办产业路的事。",
)


def decide_last_year(cast: Cast, year: int) -> None:
    """The cycle of `year` has every opinion that was given, and the committee's final decision."""
    cycle = _opened(cast, year, date(year, 11, 16))
    selves(cast, cycle, date(year, 11, 29), every=13)
    _groups(cast, cycle, date(year, 12, 5))
    _townships(cast, cycle, date(year, 12, 12))
    with clock.at(moment(closed_on := date(year, 12, 17))):
        cycles.close_opinions(cycle, by=cast.director, today=closed_on)
    decided_on = date(year, 12, 26)
    with clock.at(moment(decided_on, 16)):
        review.decide(
            cycle,
            minute=f"竹人常纪〔{year}〕38号",
            met_on=decided_on,
            grades=_suggested(cycle, decided_on),
            by=cast.director,
            now=clock.now(),
        )
    with clock.at(moment(final_on := date(year + 1, 1, 8))):
        publicity.finalise(cycle, by=cast.director, today=final_on)


def _opened(cast: Cast, year: int, day: date) -> ReviewCycle:
    with clock.at(moment(day)):
        return cycles.open_cycle(cast.county, year=year, by=cast.director, today=day)


def begin_this_year(cast: Cast, year: int) -> None:
    """The cycle of the running year is open; some have written their self review."""
    cycle = _opened(cast, year, date(year, 11, 16))
    selves(cast, cycle, date(year, 11, 27), every=3)


def selves(cast: Cast, cycle: ReviewCycle, day: date, every: int) -> None:
    """Self reviews; each `every`-th deputy has not written one, nor has the one you log in as."""
    for number, deputy in enumerate(cast.deputies):
        late = number % every == 0 if every > 3 else number % every
        if late or (deputy in (cast.star, cast.second) and every <= 3):
            continue
        words = OWN_WORDS[number % len(OWN_WORDS)]
        with clock.at(moment(day, 20)):
            opinions.appraise(
                cycle,
                step=Step.SELF,
                scores={deputy.pk: (Decimal(82 + number % 15), words)},
                by=cast.actors[deputy.pk],
                today=day,
            )


def _groups(cast: Cast, cycle: ReviewCycle, day: date) -> None:
    for convenor in cast.convenors.values():
        _appraise(cast, cycle, Step.GROUP, convenor, day, "小组活动参加积极。")


def _townships(cast: Cast, cycle: ReviewCycle, day: date) -> None:
    for clerk in cast.townships.values():
        _appraise(cast, cycle, Step.TOWNSHIP, clerk, day, "履职情况属实。")


def _appraise(cast: Cast, cycle: ReviewCycle, step: Step, by: Actor, day: date, words: str) -> None:
    people = appraised_by(cycle, step, by, day)
    scores = {deputy.pk: _score(cast, deputy, words) for deputy in people}
    if scores:
        with clock.at(moment(day, 15)):
            opinions.appraise(cycle, step=step, scores=scores, by=by, today=day)


def _score(cast: Cast, deputy: Deputy, words: str) -> tuple[Decimal, str]:
    return Decimal(70 + round(cast.diligence(deputy) * 26)), words


def _suggested(cycle: ReviewCycle, day: date) -> dict[int, Decision]:
    """What the decision form shows preselected; the committee leaves it as it is."""
    return {row.deputy.pk: Decision(row.grade) for row in deciding.decision_rows(cycle, day)}
