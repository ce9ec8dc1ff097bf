"""代表资格: by-election, resignation, termination, suspension; each leaves its trail."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import Term
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions import leaving
from deputies.actions.locks import person_locked, seat_locked
from deputies.models import (
    Delegation,
    Deputy,
    DeputyGroup,
    District,
    Mandate,
    Membership,
    SeatChange,
    Suspension,
)
from deputies.permissions.seats import (
    electors_of,
    voters_of,
    why_not_accept_resignation,
    why_not_by_elect,
    why_not_decided,
    why_not_reinstate,
    why_not_suspend,
    why_not_terminate,
)
from deputies.states import ChangeKind, ChangeState, EndCause

A_DAY = timedelta(days=1)


def in_words(day: date) -> str:
    """2026年5月12日, as papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True)
class Decision:
    """Where it was decided, when, and from which day it holds."""

    meeting: str
    decided_on: date
    effective_on: date


@dataclass(frozen=True)
class Person:
    """Somebody the register does not know yet."""

    name: str
    sex: str
    nation: str
    birth_month: date
    party: str
    education: str
    job: str
    phone: str = ""


@dataclass(frozen=True)
class Seat:
    """What the electing district decided."""

    term: Term
    district: District
    certificate: str
    delegation: Delegation | None = None
    group: DeputyGroup | None = None


@transaction.atomic
def by_elect(
    person: Deputy | Person, *, seat: Seat, decision: Decision, by: Actor, today: date
) -> SeatChange:
    """补选: the person holds the vacant seat from that day on, in a group (选举法第五十七条).

    Who is in the register already keeps one identity and one history.
    """
    term = lock(seat.term)
    group = seat.group and lock(seat.group)
    refuse_if(
        why_not_by_elect(
            by,
            term,
            district=seat.district,
            delegation=seat.delegation,
            group=group,
            effective_on=decision.effective_on,
            today=today,
        )
    )
    refuse_if(why_not_decided(decision.decided_on, today))
    deputy = _person(person, term, seat, decision.effective_on)
    mandate = Mandate.objects.create(
        deputy=deputy,
        term=term,
        district=seat.district,
        delegation=seat.delegation,
        certificate=seat.certificate,
        from_on=decision.effective_on,
        **leaving.end_of(term),
    )
    leaving.arrive(deputy, group=group, from_on=decision.effective_on, by=by)
    record(deputy, "enrolled", by=by, note=seat.certificate)
    return _register(mandate, ChangeKind.ELECTED, decision, str(seat.district), by=by)


def _person(person: Deputy | Person, term: Term, seat: Seat, day: date) -> Deputy:
    if Mandate.objects.filter(term=term, certificate=seat.certificate).exists():
        raise Refused(f"代表证号“{seat.certificate}”在本届已有人使用。")
    if isinstance(person, Person):
        if seat.group is None:
            raise Refused("请选择代表小组：每名在任代表都要编入一个小组。")
        return Deputy.objects.create(**asdict(person))
    deputy = lock(person)
    if Mandate.objects.filter(term=term, deputy=deputy).exists():
        raise Refused(f"{deputy.name}在本届已经有过代表资格，不能再登记一个。")
    grouped = Membership.objects.running(day).filter(deputy=deputy).exists()
    if not grouped and seat.group is None:
        raise Refused("请选择代表小组：每名在任代表都要编入一个小组。")
    return deputy


def _register(
    mandate: Mandate, kind: ChangeKind, decision: Decision, reason: str, *, by: Actor
) -> SeatChange:
    change = SeatChange.objects.create(
        kind=kind,
        mandate=mandate,
        effective_on=decision.effective_on,
        decided_on=decision.decided_on,
        meeting=decision.meeting,
        reason=reason,
    )
    record(change, ChangeState.REGISTERED, by=by, note=f"{kind.label}：{mandate.deputy.name}")
    return change


@transaction.atomic
def accept_resignation(
    mandate: Mandate,
    *,
    letter_on: date,
    votes: int,
    of: int,
    decision: Decision,
    by: Actor,
    today: date,
) -> SeatChange:
    """接受辞职: accepted by more than half of all members, the seat ends (选举法第五十五条)."""
    mandate = seat_locked(mandate)
    refuse_if(
        why_not_accept_resignation(
            by,
            mandate,
            votes=votes,
            of=of,
            letter_on=letter_on,
            decided_on=decision.decided_on,
            effective_on=decision.effective_on,
            today=today,
        )
    )
    refuse_if(why_not_decided(decision.decided_on, today))
    reason = f"{in_words(letter_on)}书面辞职，{voters_of(mandate)} {of} 人，{votes} 人赞成"
    kind, cause = ChangeKind.RESIGNED, EndCause.RESIGNED
    return _end(mandate, kind, cause, decision, reason, by=by, today=today)


@transaction.atomic
def terminate(
    mandate: Mandate,
    *,
    cause: EndCause,
    detail: str,
    decision: Decision,
    by: Actor,
    today: date,
    votes: int | None = None,
    of: int | None = None,
) -> SeatChange:
    """终止资格: the seat ends by one of the causes of 代表法第六十二条.

    罢免 needs the votes of more than half of those who elected (选举法第五十三条).
    """
    mandate = seat_locked(mandate)
    refuse_if(
        why_not_terminate(
            by,
            mandate,
            cause=cause,
            detail=detail,
            votes=votes,
            of=of,
            effective_on=decision.effective_on,
            today=today,
        )
    )
    refuse_if(why_not_decided(decision.decided_on, today))
    if cause == EndCause.RECALLED:
        detail = f"{electors_of(mandate)} {of} 人，{votes} 人赞成罢免。{detail}"
    told = detail if cause == EndCause.DIED else f"{cause.label}。{detail}"
    reason = told.rstrip("。")
    return _end(mandate, ChangeKind.TERMINATED, cause, decision, reason, by=by, today=today)


def _end(  # every part of an ending is a fact of its own
    mandate: Mandate,
    kind: ChangeKind,
    cause: EndCause,
    decision: Decision,
    reason: str,
    *,
    by: Actor,
    today: date,
) -> SeatChange:
    """The seat ended the day before; who has no other loses group and posts that very day."""
    mandate.to_on, mandate.end_cause = decision.effective_on - A_DAY, cause
    mandate.save(update_fields=["to_on", "end_cause"])
    deputy = mandate.deputy
    leaving.leave([deputy], from_on=decision.effective_on, by=by, today=today)
    return _register(mandate, kind, decision, reason[:200], by=by)


@transaction.atomic
def suspend(
    deputy: Deputy, *, ground: str, decision: Decision, by: Actor, today: date
) -> list[SeatChange]:
    """暂停执行职务: the seats still count, the deputy acts no more (代表法第六十一条)."""
    deputy = person_locked(deputy)
    refuse_if(why_not_suspend(by, deputy, effective_on=decision.effective_on, today=today))
    refuse_if(why_not_decided(decision.decided_on, today))
    day = decision.effective_on
    row = Suspension.objects.create(
        deputy=deputy, ground=ground, from_on=day, to_on=leaving.day_after(deputy, day)
    )
    leaving.rest([deputy], from_on=day, by=by)
    return _each_seat(deputy, ChangeKind.SUSPENDED, decision, row.get_ground_display(), by=by)


@transaction.atomic
def reinstate(
    deputy: Deputy, *, reason: str, decision: Decision, by: Actor, today: date
) -> list[SeatChange]:
    """恢复执行职务: from that day on the deputy acts again (代表法第六十一条)."""
    deputy = person_locked(deputy)
    refuse_if(why_not_reinstate(by, deputy, effective_on=decision.effective_on, today=today))
    refuse_if(why_not_decided(decision.decided_on, today))
    rows = Suspension.objects.running(decision.effective_on).filter(deputy=deputy)
    rows.update(to_on=decision.effective_on)
    leaving.act(deputy, from_on=decision.effective_on, by=by)
    return _each_seat(deputy, ChangeKind.REINSTATED, decision, reason, by=by)


def _each_seat(
    deputy: Deputy, kind: ChangeKind, decision: Decision, reason: str, *, by: Actor
) -> list[SeatChange]:
    seats = Mandate.objects.running(decision.effective_on).filter(deputy=deputy)
    return [
        _register(seat, kind, decision, reason[:200], by=by)
        for seat in seats.select_related("deputy", "term__assembly")
    ]
