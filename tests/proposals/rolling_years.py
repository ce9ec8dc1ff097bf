"""Random years and terms for 滚动办: what must hold whoever leaves, returns, and runs it how often.

Used by the suite with a few worlds and by `make campaign ONLY=rolling` with many. What is open is
said here anew, by how each proposal was made, and not by the query that the verb asks.
"""

from collections.abc import Mapping
from datetime import date
from random import Random

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Term
from deputies.models import Deputy, Mandate, Membership
from deputies.states import EndCause
from proposals.actions import carrying
from proposals.models import Assignment, CarriedProposal, Extension, Promise, Proposal
from proposals.permissions.speaking import speaks
from proposals.queries import carrying as queries
from proposals.states import State
from tests import make
from tests.proposals import stages, verbs_rated, walk
from tests.proposals.stages_of_following import REPLIES
from tests.proposals.verbs_rolling import carries, solved

YEARS = (2024, 2025, 2026)
TODAY = date(2027, 1, 6)
NEW_TERM = date(2026, 11, 2)
MADE = {
    "accepted": (lambda: walk.proposal(State.ACCEPTED), True),
    "merged": (lambda: walk.merged()[0], True),
    "assigned": (lambda: walk.proposal(State.ASSIGNED), True),
    "planned": (lambda: walk.proposal(State.PUBLISHED), True),
    "later": (lambda: REPLIES["later"]().assignment.proposal, True),
    "ordered": (lambda: verbs_rated.ordered().assignment.proposal, True),
    "solved": (solved, False),
    "withdrawn": (lambda: stages.withdrawn(), False),
    "submitted": (lambda: walk.submitted(), False),
}
"""How each is made, and whether it goes on."""


def county(copies: int = 1) -> Mapping[int, bool]:
    """So many of each, some signed by others; by the row of each whether it is open."""
    found = {}
    for _ in range(copies):
        for make_row, is_open in MADE.values():
            row = make_row()
            found[row.pk] = is_open
            if row.merged_into_id:
                found[row.merged_into_id] = True
    for row in Proposal.objects.filter(state=State.SUBMITTED):
        walk.signed(row)
    for _ in range(3):
        make.deputy()
    return found


def disturbed(dice: Random) -> None:
    """Acceptances in other years; deputies leave, and some of them sit again in a new term."""
    for row in Proposal.objects.exclude(accepted_on=None):
        day = row.accepted_on.replace(year=dice.choice(YEARS))
        Proposal.objects.filter(pk=row.pk).update(accepted_on=day)
    changed = dice.random() < 0.5
    term = _new_term() if changed else None
    for seat in Mandate.objects.filter(to_on=None).exclude(term=term):
        if changed or dice.random() < 0.4:
            gone = {"to_on": NEW_TERM, "end_cause": EndCause.TERM}
            Mandate.objects.filter(pk=seat.pk).update(**gone)
            Membership.objects.filter(deputy=seat.deputy).update(to_on=NEW_TERM)
            if term and dice.random() < 0.5:
                _elected_again(seat, term)


def _new_term() -> Term:
    return Term.objects.create(assembly=make.assembly(), number=20, from_on=NEW_TERM)


def _elected_again(seat: Mandate, term: Term) -> None:
    seat.pk, seat.term, seat.from_on, seat.delegation = None, term, NEW_TERM, None
    seat.certificate = f"N{make.serial():05}"
    seat.save(force_insert=True)
    spell = {"deputy": seat.deputy, "group": make.group(), "from_on": NEW_TERM}
    Membership.objects.create(**spell)


def standing() -> list[object]:
    """Every state, number and clock."""
    return [
        list(rows.order_by("pk").values_list(*columns))
        for rows, columns in (
            (Proposal.objects, ("pk", "number", "state", "due_on", "answered_on", "lead")),
            (Assignment.objects, ("pk", "state", "assigned_on", "due_on", "months", "done_on")),
            (Promise.objects, ("pk", "state", "due_on")),
            (Extension.objects, ("pk", "state")),
        )
    ]


def wrongs(dice: Random, is_open: Mapping[int, bool]) -> list[str]:
    """One world: years are carried over in any order and as often as it comes, and taken back."""
    disturbed(dice)
    row = Proposal.objects.filter(pk__in=is_open).first()
    by, found, before = make.director(), [], standing()
    for year in dice.choices(YEARS, k=dice.randrange(1, 4)):
        lines = queries.year_of(make.assembly(), year, TODAY)
        picked = {
            each.proposal.pk: dice.choice(each.choices)
            for each in lines.fosters
            if each.choices and dice.random() < 0.7
        }
        due = _due(is_open, year)
        known = set(_carried(year))
        try:
            carries(row, by, year=year, today=TODAY, fosters=picked)
        except Refused:
            if due - known or picked:
                found.append(f"{year}: refused though {due - known} wait")
        listed = _carried(year)
        if set(listed) != due | known:
            found.append(f"{year}: carried {listed} and not {due}")
        if len(listed) != len(set(listed)):
            found.append(f"{year}: twice {listed}")
        found += _speechless(year)
        found += _taken_back(dice, by)
    if standing() != before:
        found.append("a clock, a number or a state has moved")
    return found + _unended()


def _due(is_open: Mapping[int, bool], year: int) -> set[int]:
    rows = Proposal.objects.filter(accepted_on__lte=date(year, 12, 31))
    return {pk for pk in rows.values_list("pk", flat=True) if is_open.get(pk)}


def _carried(year: int) -> list[int]:
    rows = CarriedProposal.objects.standing().filter(carry_over__from_year=year)
    return list(rows.order_by("proposal").values_list("proposal", flat=True))


def _taken_back(dice: Random, by: Actor) -> list[str]:
    """Any that were ever carried: each once, unless a later year has carried it on; it stays."""
    wrong, every = [], CarriedProposal.objects.select_related("carry_over").order_by("pk")
    known = list(every)
    for row in dice.choices(known, k=dice.randrange(4)) if known else ():
        was = every.get(pk=row.pk)
        later = {"proposal": row.proposal_id, "taken_back_on": None}
        goes_on = every.filter(**later, carry_over__from_year__gt=was.carry_over.from_year)
        may, why = was.taken_back_on is None and not goes_on.exists(), f"错了 {dice.random()}"
        try:
            carrying.take_back_carried(row, reason=why, by=by, today=TODAY)
            done = True
        except Refused:
            done = False
        now = every.get(pk=row.pk)
        if done != may or now.taken_back_why != (why if may else was.taken_back_why):
            wrong.append(f"{row.pk}: may be taken back {may}, is {done}: {now.taken_back_why}")
    if len(known) != every.count():
        wrong.append("a row of what was carried is gone")
    return wrong


def _sits(deputy: Deputy) -> bool:
    return Mandate.objects.filter(deputy=deputy, to_on=None).exists()


def _speechless(year: int) -> list[str]:
    """Each carried one has somebody who speaks, or is listed as needing one."""
    page = queries.year_of(make.assembly(), year, TODAY)
    needing = {each.proposal.pk for each in page.fosters}
    wrong = []
    for each in page.lines:
        row = Proposal.objects.get(pk=each.proposal.pk)
        foster = row.fosters.standing().select_related("deputy").first()
        has = _sits(row.lead) or (foster is not None and _sits(foster.deputy))
        if has == (row.pk in needing):
            wrong.append(f"{year}: {row.pk} speaks {has}, listed {row.pk in needing}")
    return wrong


def _unended() -> list[str]:
    """Whoever has left speaks for nothing, whatever post they are given."""
    gone = [row for row in Proposal.objects.select_related("lead__user") if not _sits(row.lead)]
    return [
        f"{row.lead} has left and speaks for {row.pk}"
        for row in gone
        if speaks(make.as_deputy(row.lead), row)
    ]
