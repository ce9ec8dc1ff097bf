"""Seats won, ended and rested, by the real verbs."""

from datetime import date

from congress.shared.models import Term
from deputies.actions import announcements, seats
from deputies.actions.seats import Decision, Person, Seat
from deputies.models import Deputy, District
from deputies.states import EndCause, SuspensionGround
from tests import make

DAY = make.TODAY
MEETING = "青禾县十九届人大常委会第三十二次会议"


def decision(on: date = DAY) -> Decision:
    return Decision(MEETING, on, on)


def term(number_of_seats: int | None = 30) -> Term:
    found = make.term()
    found.seats = number_of_seats
    found.save()
    return found


def seat(of: Term | None = None, *, certificate: str = "B-001", group="柳河镇第一代表小组") -> Seat:
    where = of or term()
    district, _ = District.objects.get_or_create(assembly=where.assembly, name="柳河镇第三选区")
    return Seat(where, district, certificate, None, make.group(group) if group else None)


def newcomer(name: str = "覃小满") -> Person:
    return Person(
        name, "女", "土家族", date(1985, 6, 1), "群众", "本科", "桃园村医生", "13911112222"
    )


def elected(person: Person | Deputy | None = None, on: date = DAY, **how):
    return seats.by_elect(
        person or newcomer(),
        seat=how.pop("seat", None) or seat(),
        decision=decision(on),
        by=how.pop("by", None) or make.actor(),
        today=how.pop("today", DAY),
    )


def terminated(
    mandate, *, cause=EndCause.MOVED, on: date = DAY, by=None, today: date = DAY, **facts
):
    return seats.terminate(
        mandate,
        cause=cause,
        decision=decision(on),
        by=by or make.actor(),
        today=today,
        **{"detail": "迁往外县", **facts},
    )


def resigned(mandate, *, votes=20, of=35, on: date = DAY, by=None, today: date = DAY):
    return seats.accept_resignation(
        mandate,
        letter_on=on,
        votes=votes,
        of=of,
        decision=decision(on),
        by=by or make.actor(),
        today=today,
    )


def announced(term, *, on: date = DAY, by=None):
    return announcements.announce(
        term, announced_on=on, body="青禾县人大常委会", by=by or make.actor(), today=on
    )


def suspended(deputy, *, on: date = DAY, by=None, today: date = DAY):
    return seats.suspend(
        deputy,
        ground=SuspensionGround.DETAINED,
        decision=decision(on),
        by=by or make.actor(),
        today=today,
    )


def reinstated(deputy, *, on: date = DAY, by=None, today: date = DAY):
    return seats.reinstate(
        deputy, reason="不起诉", decision=decision(on), by=by or make.actor(), today=today
    )
