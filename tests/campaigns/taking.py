"""签收、转办、异议 in the machine: a part arrives, goes to a colleague or to another unit."""

from datetime import date

from congress.shared.calendar import add_working_days
from proposals.actions import objections, receiving
from proposals.models import Assignment, Objection
from tests.campaigns.cases import Case, Part
from tests.campaigns.rounds import Rounds

OBJECT_DAYS, MOST_OBJECTIONS = 5, 2


def receives(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: case.runs(part) and part.state == "handed")
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.clerks[part.unit])
    if rounds.play(
        "receiving.receive",
        rounds.works_at(by, part.unit) and case.runs(part) and part.state == "handed",
        lambda: receiving.receive(rounds.page(Assignment, part.pk), by=by),
    ):
        part.state = "received"


def hands_on(rounds: Rounds, _: Case) -> None:
    """To the other one there, and now and then to somebody elsewhere."""
    found = rounds.part(lambda case, part: case.runs(part))
    if found is None:
        return
    case, part = found
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
    """The days of its sheet; of working days from 交办 where no sheet has heard all of them."""
    if part.paper and (part.assigned is None or part.position not in case.unheard):
        return part.paper.until
    return add_working_days(part.assigned, OBJECT_DAYS, rounds.works) if part.assigned else None


def _may_object(rounds: Rounds, case: Case, part: Part) -> bool:
    """Planned and heard about it, or in hand; within its days, and not too often."""
    heard = part.state == "planned" and part.paper and part.paper.state == "rehearsed"
    if not (heard or case.runs(part)) or case.objected(part.position) >= MOST_OBJECTIONS:
        return False
    last = _window(rounds, case, part)
    return not (last and rounds.today > last)


def objects(rounds: Rounds, _: Case) -> None:
    found = rounds.part(lambda case, part: _may_object(rounds, case, part))
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.clerks[part.unit])
    better = rounds.dice.choice(rounds.units)
    other = better.pk != part.unit and (part.answers or case.is_free(better.pk))
    fits = _may_object(rounds, case, part) and other
    done = rounds.play(
        "objections.object_to",
        rounds.works_at(by, part.unit) and fits,
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


def _contested(rounds: Rounds) -> tuple[Case, Part] | None:
    """Any objection there is: there are few."""
    found = [(case, part) for case in rounds.cases for part in case.parts if part.objection]
    return rounds.lean(found, lambda each: each[1].state == "objected")


def upholds(rounds: Rounds, _: Case) -> None:
    """改交: another row in its place, with a clock of its own once handed over."""
    found = _contested(rounds)
    if found is None:
        return
    case, part = found
    by = rounds.somebody(rounds.office[0])
    unit = rounds.dice.choice(rounds.units)
    waits = part.state == "objected" and case.state in {"rehearsed", "assigned"}
    helped = case.helping(unit.pk) if part.answers else None
    done = rounds.play(
        "objections.uphold_objection",
        rounds.is_office(by) and waits and (case.is_free(unit.pk) or helped is not None),
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
    if helped:
        case.parts.remove(helped)
    planned = part.back_to == "planned"
    if part.paper and part.paper.heard and rounds.today > part.paper.heard:
        case.unheard.add(part.position)
    taken = Part(
        unit.pk,
        part.role,
        done.pk,
        part.position,
        "planned" if planned else "handed",
        None if planned else rounds.today,
        part.paper,
    )
    taken.renew(rounds.today, rounds.works)
    case.parts[case.parts.index(part)] = taken


def dismisses(rounds: Rounds, _: Case) -> None:
    found = _contested(rounds)
    if found is None:
        return
    _, part = found
    by = rounds.somebody(rounds.office[0])
    if rounds.play(
        "objections.dismiss_objection",
        rounds.is_office(by) and part.state == "objected",
        lambda: objections.dismiss_objection(
            rounds.page(Objection, part.objection), words="归贵局。", by=by, today=rounds.today
        ),
    ):
        part.state = part.back_to
