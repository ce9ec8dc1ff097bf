"""重新办理: what the office may order, what is out, and what a unit has to do."""

from datetime import date
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When

from congress.shared.actors import Actor
from congress.shared.roles import UNIT, Role
from proposals.follow_states import LookBackState
from proposals.models import Convening, LookBack, Proposal, Rating, Rehandling, Reply
from proposals.permissions.convening import (
    Rated,
    rated_again,
    why_not_convene,
    why_not_move_convening,
    why_not_record_convening,
)
from proposals.permissions.rehandling import (
    handed_on,
    why_not_prolong_rehandling,
    why_not_take_back_rehandling,
)
from proposals.permissions.speaking import reads_as_lead
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.convening import to_convene, to_record
from proposals.queries.countersigning import signable
from proposals.rating_states import RehandlingState
from proposals.states import ANSWERED, ANSWERING, Part, State


class Candidate(NamedTuple):
    """可以要求重新办理的: a reply nobody rates any more, with what its deputy thought of it."""

    reply: Reply
    rated: str
    unsatisfied: bool
    handed: str
    """回头看转重新办理: the office's own words then."""
    lost: bool
    """Its rating does not open."""


def candidates(actor: Actor, today: date, year: int) -> list[Candidate]:
    """Of one year of this office's congress: what 回头看 has handed over, then the unsatisfied.

    For the office alone: whoever else is at the desk reads no rating. What is sealed cannot be
    sorted by the database, so a year is opened at a time.
    """
    if not _hears(actor):
        return []
    rows = _to_order(actor, today).filter(assignment__proposal__accepted_on__year=year)
    found = list(
        rows.select_related("assignment__unit", "assignment__proposal__lead").order_by("-pk")
    )
    last = {
        each.reply_id: each.legible
        for each in Rating.objects.visible_to(actor).filter(reply__in=found).latest_each()
    }
    over = LookBack.objects.filter(state=LookBackState.HANDED, reply__in=found).order_by("pk")
    handed = dict(over.values_list("reply", "words"))
    lines = []
    for reply in found:
        said = last.get(reply.pk)
        words = f"态度{said.process.label}，结果{said.result.label}" if said else "未评价"
        lost = said is None and reply.pk in last
        unsatisfied = bool(said and said.unsatisfied)
        over_there = handed.get(reply.pk, "")
        lines.append(Candidate(reply, "打不开" if lost else words, unsatisfied, over_there, lost))
    return sorted(lines, key=lambda each: (not each.handed, not each.unsatisfied))


def years(actor: Actor, today: date) -> list[int]:
    """Of which anything may be ordered anew, the newest first."""
    rows = _to_order(actor, today) if _hears(actor) else Reply.objects.none()
    found = rows.order_by().values_list("assignment__proposal__accepted_on__year", flat=True)
    return sorted({*filter(None, found.distinct())}, reverse=True)


def _hears(actor: Actor) -> bool:
    return actor.at_deputy_office or actor.is_a(Role.TOWNSHIP_CLERK)


def _to_order(actor: Actor, today: date) -> QuerySet[Reply]:
    return (
        Reply.objects.standing()
        .window_closed(today)
        .filter(Q(released_in__isnull=False) | Q(Exists(handed_on().filter(reply=OuterRef("pk")))))
        .filter(
            assignment__role__in=ANSWERING,
            assignment__state=Part.DONE,
            assignment__proposal__in=_decided(actor).filter(state__in=ANSWERED),
        )
        .exclude(pk__in=Rehandling.objects.standing().values("reply"))
    )


class Ordered(NamedTuple):
    """One order with its light and what the office may do about it now."""

    order: Rehandling
    light: Light
    due: str
    convening: Convening | None
    no_convene: str | None
    no_record: str | None
    no_move: str | None
    no_prolong: str | None
    no_take_back: str | None
    unopened: bool
    """The further answer of what is published waits to be read and opened."""
    kept_back: str
    """Or stays off the public page, with why."""


def orders(actor: Actor, today: date, only: str = "") -> QuerySet[Rehandling]:
    """What this office decides: first what waits to be opened, then what is out, by its day.

    Or only those whose two sides are to be convened, or whose meeting is to be written down.
    """
    rows = Rehandling.objects.filter(assignment__proposal__in=_decided(actor))
    if only == "convene":
        rows = rows.filter(pk__in=[each.pk for each in to_convene(actor, today)])
    elif only == "record":
        rows = rows.filter(convenings__in=to_record(actor, today))
    place = Case(
        When(state=RehandlingState.ORDERED, then=1),
        When(Exists(Reply.objects.to_open().filter(pk=OuterRef("answer"))), then=0),
        default=2,
    )
    return rows.order_by(place, "due_on", "pk")


def ordered(actor: Actor, rows: QuerySet[Rehandling], today: date) -> list[Ordered]:
    """These as lines; however many they are, in so many statements."""
    answers = Reply.objects.select_related("released_in")
    congress = "assignment__proposal__session__term__assembly"
    found = rows.select_related(
        *("assignment__unit", "assignment__proposal__lead"),
        *(f"{congress}__level", f"{congress}__area"),
    ).prefetch_related("convenings", "assignment__rehandlings", Prefetch("answer", answers))
    clock, loaded = Clock.on(today), list(found)
    answered = [row.answer_id for row in loaded if row.answer_id]
    rated, kept = rated_again(actor, answered), _kept_back(answered)
    return [_ordered(actor, row, clock, rated, kept.get(row.answer_id or 0, "")) for row in loaded]


def _kept_back(answers: list[int]) -> dict[int, str]:
    """Of the newest versions those that stay off the public page, with why."""
    rows = Reply.objects.unopened().standing().filter(pk__in=answers)
    return dict(rows.exclude(kept_back="").values_list("pk", "kept_back"))


def _ordered(actor: Actor, row: Rehandling, clock: Clock, rated: Rated, kept_back: str) -> Ordered:
    convening = row.last_convening
    if convening:
        convening.assignment = row.assignment
    return Ordered(
        row,
        light_of(row, clock),
        day(row.due_on, clock.today),
        convening,
        why_not_convene(actor, row, clock.today, rated),
        why_not_record_convening(actor, convening, clock.today) if convening else None,
        why_not_move_convening(actor, convening) if convening else None,
        why_not_prolong_rehandling(actor, row, clock.today),
        why_not_take_back_rehandling(actor, row),
        bool(
            row.answer
            and row.assignment.proposal.state == State.PUBLISHED
            and row.answer.waits_to_open
        ),
        kept_back,
    )


def light_of(row: Rehandling, clock: Clock) -> Light:
    """按期、临近、超期 while it is open; what became of it afterwards."""
    if row.state != RehandlingState.ORDERED:
        return Light("ok", RehandlingState(row.state).label)
    return clock.light(row.due_on)


class Owed(NamedTuple):
    """单位要重新办的: the order, its light, its last day."""

    order: Rehandling
    light: Light
    due: str
    signs: bool
    """The further version is written, and this head is asked to sign it."""


def of_unit(actor: Actor, today: date, proposal: int | None = None) -> list[Owed]:
    """What lies on the desk of the acting unit, or of one proposal there."""
    rows = Rehandling.objects.open().handled_by(actor)
    if proposal:
        rows = rows.filter(assignment__proposal=proposal)
    found = list(rows.select_related("assignment__proposal__lead"))
    if not found:
        return []
    clock, signs = Clock.on(today), set(signable(actor).values_list("pk", flat=True))
    return [
        Owed(row, light_of(row, clock), day(row.due_on, today), row.assignment_id in signs)
        for row in found
    ]


def to_meet(proposal: Proposal, actor: Actor) -> list[Convening]:
    """当面协商 to come, or not written down yet: for the two sides and the office alone."""
    rows = Convening.objects.called().filter(assignment__proposal=proposal)
    if actor.role in UNIT:
        rows = rows.filter(assignment__unit=actor.organisation_id)
    elif not actor.in_an_office and not reads_as_lead(actor, proposal):
        return []
    return list(rows.select_related("assignment__unit"))


def _decided(actor: Actor) -> QuerySet[Proposal]:
    rows = Proposal.objects.all()
    return rows.decided_by(actor) if actor.is_a(Role.TOWNSHIP_CLERK) else rows
