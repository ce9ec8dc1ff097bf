"""交 in the machine: at once, or on a sheet whose units are heard first."""

from congress.shared.calendar import add_working_days
from proposals.actions import assignment, sheets
from proposals.models import Assignment, Proposal, Sheet
from proposals.sharing import Share
from proposals.states import UnitRole
from tests.campaigns.cases import HEARD_DAYS, Case, Paper, Part
from tests.campaigns.rounds import Rounds

SOUND = (
    [UnitRole.LEAD],
    [UnitRole.LEAD, UnitRole.ASSISTING],
    *[[UnitRole.LEAD, UnitRole.JOINT]] * 4,
    [UnitRole.SEPARATE, UnitRole.SEPARATE],
    [UnitRole.LEAD, UnitRole.SEPARATE, UnitRole.JOINT],
)
UNSOUND = ([UnitRole.ASSISTING], [UnitRole.LEAD, UnitRole.LEAD], [UnitRole.SEPARATE])


def some_shares(rounds: Rounds, case: Case) -> tuple[list[Share], bool]:
    """One leads, others sign with it or help; or two answer apart; now and then nonsense.

    Who answers apart beside a lead must be told which of several asks: nobody is told here.
    """
    sound = rounds.dice.random() < 0.9
    roles = rounds.dice.choice(SOUND if sound else UNSOUND)
    if len(case.asks) > 1 and {UnitRole.LEAD, UnitRole.SEPARATE} <= set(roles):
        sound = False
    units = rounds.dice.sample(rounds.units, len(roles))
    return [Share(unit, role) for unit, role in zip(units, roles, strict=True)], sound


def shared_out(rounds: Rounds, case: Case, state: str, paper: Paper | None = None) -> None:
    """The model takes over who has which part; the numbers of rows are the database's."""
    rows = Assignment.objects.standing().filter(proposal=case.pk).order_by("position")
    on = rounds.today if state == "handed" else None
    case.parts = [
        Part(row.unit_id, row.role, row.pk, row.position, state, on, paper) for row in rows
    ]
    for part in case.parts:
        part.renew(rounds.today, rounds.works)


def assigns(rounds: Rounds, case: Case) -> None:
    by = rounds.somebody(rounds.office_of(case))
    shares, sound = some_shares(rounds, case)
    if rounds.play(
        "assignment.assign",
        rounds.decides(by, case) and case.state == "accepted" and sound,
        lambda: assignment.assign(
            rounds.page(Proposal, case.pk), shares=shares, by=by, today=rounds.today
        ),
    ):
        case.state = "assigned"
        shared_out(rounds, case, "handed")


def _is_free(case: Case) -> bool:
    """No sheet takes what is put to a township's congress."""
    return case.state == "accepted" and not case.town


def draws_up(rounds: Rounds, case: Case) -> None:
    """拟交办单 of up to three."""
    by = rounds.somebody(rounds.office[0])
    others = [each for each in rounds.cases if _is_free(each) and each is not case]
    chosen = [case, *others[: rounds.dice.randint(0, 2)]]
    shares = [some_shares(rounds, each) for each in chosen]
    sound = all(fine for _, fine in shares) and _is_free(case)
    lines = [
        (rounds.page(Proposal, each.pk), own) for each, (own, _) in zip(chosen, shares, strict=True)
    ]
    done = rounds.play(
        "sheets.draw_up_sheet",
        rounds.is_office(by) and sound,
        lambda: sheets.draw_up_sheet(
            session=rounds.session, name="五次会议交办单", lines=lines, by=by, today=rounds.today
        ),
    )
    if not done:
        return
    paper = Paper(done.pk)
    rounds.papers.append(paper)
    for each in chosen:
        each.state, each.paper = "rehearsed", paper
        shared_out(rounds, each, "drafted", paper)


def _paper(rounds: Rounds, *states: str) -> Paper | None:
    """Any that stands, leaning to those in such a state."""
    return rounds.lean(rounds.papers, lambda paper: paper.state in states)


def _on(rounds: Rounds, paper: Paper) -> list[Case]:
    return [each for each in rounds.cases if each.paper is paper and each.state == "rehearsed"]


def changes_share(rounds: Rounds, case: Case) -> None:
    paper = _paper(rounds, "drafted")
    if paper is None:
        return
    case = rounds.lean(_on(rounds, paper), bool) or case
    by = rounds.somebody(rounds.office[0])
    shares, sound = some_shares(rounds, case)
    allowed = (
        rounds.is_office(by) and paper.state == "drafted" and case in _on(rounds, paper) and sound
    )
    page = rounds.page(Proposal, case.pk)
    rounds.play(
        "sheets.change_share",
        allowed,
        lambda: sheets.change_share(
            rounds.page(Sheet, paper.pk), proposal=page, shares=shares, by=by, today=rounds.today
        ),
    )
    if allowed:
        shared_out(rounds, case, "drafted", paper)


def rehearses(rounds: Rounds, _: Case) -> None:
    paper = _paper(rounds, "drafted")
    if paper is None:
        return
    by = rounds.somebody(rounds.office[0])
    lines = _on(rounds, paper)
    if rounds.play(
        "sheets.rehearse",
        rounds.is_office(by) and paper.state == "drafted" and lines,
        lambda: sheets.rehearse(rounds.page(Sheet, paper.pk), by=by, today=rounds.today),
    ):
        paper.state = "rehearsed"
        paper.heard = rounds.today
        paper.until = add_working_days(rounds.today, HEARD_DAYS, rounds.works)
        for part in (part for each in lines for part in each.parts):
            part.state = "planned"


def _is_heard(rounds: Rounds, paper: Paper) -> bool:
    """Its days are over, and no objection waits."""
    over = paper.state == "rehearsed" and paper.until and rounds.today > paper.until
    lines = _on(rounds, paper) if over else []
    return bool(lines) and all(part.state != "objected" for each in lines for part in each.parts)


def settles(rounds: Rounds, _: Case) -> None:
    """Once the days are over and no objection waits."""
    paper = rounds.lean(rounds.papers, lambda paper: _is_heard(rounds, paper))
    if paper is None:
        return
    by = rounds.somebody(rounds.office[0])
    lines = _on(rounds, paper)
    if rounds.play(
        "sheets.settle",
        rounds.is_office(by) and _is_heard(rounds, paper),
        lambda: sheets.settle(rounds.page(Sheet, paper.pk), by=by, today=rounds.today),
    ):
        paper.state = "settled"
        rounds.papers.remove(paper)
        for each in lines:
            each.state = "assigned"
            for part in each.parts:
                part.state, part.assigned = "handed", rounds.today
                part.renew(rounds.today, rounds.works)


def drops(rounds: Rounds, _: Case) -> None:
    """What was objected to on it counts no more: its sharing out begins anew."""
    paper = _paper(rounds, "drafted", "rehearsed")
    if paper is None:
        return
    by = rounds.somebody(rounds.office[0])
    allowed = rounds.is_office(by) and paper.state in {"drafted", "rehearsed"}
    page = rounds.page(Sheet, paper.pk)
    if rounds.play(
        "sheets.drop_sheet",
        allowed,
        lambda: sheets.drop_sheet(page, reason="另拟。", by=by, today=rounds.today),
    ):
        paper.state = "dropped"
        rounds.papers.remove(paper)
        for each in _on(rounds, paper):
            each.state, each.paper, each.parts = "accepted", None, []
            each.objections = [on for on in each.objections if on[0] is not paper]
            each.unheard.clear()
