"""签收、转办、异议 in the machine: a part arrives, goes to a colleague or to another unit."""

from datetime import date

from congress.shared.calendar import add_working_days
from proposals.actions import objections, receiving
from proposals.models import Assignment, Objection
from tests.campaigns.cases import Case, Part
from tests.campaigns.rounds import Rounds

OBJECT_DAYS, MOST_OBJECTIONS = 5, 2


def receives(rounds: Rounds, case: Case) -> None:
    part = rounds.part(case)
    if part is None:
        return
    by = rounds.somebody(rounds.clerks[part.unit])
    if rounds.play(
        "receiving.receive",
        rounds.works_at(by, part.unit) and part.state == "handed",
        lambda: receiving.receive(rounds.page(Assignment, part.pk), by=by),
    ):
        part.state = "received"


def hands_on(rounds: Rounds, case: Case) -> None:
    """To the other one there, and now and then to somebody elsewhere."""
    part = rounds.part(case)
    if part is None:
        return
    by = rounds.somebody(rounds.clerks[part.unit])
    unit = part.unit if rounds.dice.random() < 0.8 else rounds.dice.choice(rounds.units).pk
    to = rounds.dice.choice([rounds.clerks[unit], rounds.heads[unit]]).user
    fits = unit == part.unit and to.pk != part.handler
    if rounds.play(
        "receiving.hand_on",
        rounds.works_at(by, part.unit) and case.runs(part) and fits,
        lambda: receiving.hand_on(
            rounds.page(Assignment, part.pk), to=to, by=by, today=rounds.today
        ),
    ):
        part.handler = to.pk


def _window(rounds: Rounds, case: Case, part: Part) -> date | None:
    """The days of its sheet; of working days from 交办 where no sheet has heard the unit."""
    if part.paper and part.position not in case.unheard:
        return part.paper.until
    if part.assigned:
        return add_working_days(part.assigned, OBJECT_DAYS, rounds.works)
    return part.paper.until if part.paper else None


def objects(rounds: Rounds, case: Case) -> None:
    part = rounds.part(case)
    if part is None:
        return
    by = rounds.somebody(rounds.clerks[part.unit])
    better = rounds.dice.choice(rounds.units)
    heard = part.state == "planned" and part.paper and part.paper.state == "rehearsed"
    last = _window(rounds, case, part)
    in_time = (heard or case.runs(part)) and not (last and rounds.today > last)
    fits = case.is_free(better.pk) and case.objected(part.position) < MOST_OBJECTIONS
    done = rounds.play(
        "objections.object_to",
        rounds.works_at(by, part.unit) and in_time and fits,
        lambda: objections.object_to(
            rounds.page(Assignment, part.pk),
            better_unit=better,
            reason="按“三定”方案归它管。",
            by=by,
            today=rounds.today,
        ),
    )
    if done:
        part.back_to, part.state, part.objection = part.state, "objected", done.pk
        case.objections.append((part.paper, part.position))


def _contested(rounds: Rounds, case: Case) -> Part | None:
    found = [part for part in case.parts if part.objection]
    return rounds.dice.choice(found) if found else None


def upholds(rounds: Rounds, case: Case) -> None:
    """改交: another row in its place, with a clock of its own once handed over."""
    part = _contested(rounds, case)
    if part is None:
        return
    by = rounds.somebody(rounds.office[0])
    unit = rounds.dice.choice(rounds.units)
    waits = part.state == "objected" and case.state in {"rehearsed", "assigned"}
    done = rounds.play(
        "objections.uphold_objection",
        rounds.is_office(by) and waits and case.is_free(unit.pk),
        lambda: objections.uphold_objection(
            rounds.page(Objection, part.objection),
            unit=unit,
            words="归它管。",
            by=by,
            today=rounds.today,
        ),
    )
    if not done:
        return
    planned = part.back_to == "planned"
    if part.paper and part.paper.until and rounds.today >= part.paper.until:
        case.unheard.add(part.position)
    case.parts[case.parts.index(part)] = Part(
        unit.pk,
        part.role,
        done.pk,
        part.position,
        "planned" if planned else "handed",
        None if planned else rounds.today,
        part.paper,
    )


def dismisses(rounds: Rounds, case: Case) -> None:
    part = _contested(rounds, case)
    if part is None:
        return
    by = rounds.somebody(rounds.office[0])
    if rounds.play(
        "objections.dismiss_objection",
        rounds.is_office(by) and part.state == "objected",
        lambda: objections.dismiss_objection(
            rounds.page(Objection, part.objection), words="归贵局。", by=by, today=rounds.today
        ),
    ):
        part.state = part.back_to
