"""资格变动 of the demo county: a resignation, a by-election, a paper; a suspension that is over."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.models import Term
from deputies.actions import announcements, seats, terms
from deputies.actions.seats import Decision, Person, Seat
from deputies.models import Mandate
from deputies.states import SuspensionGround

SPARE = 4
"""Vacancies of the county's congress before anything changes."""
MEETING = "竹山县十九届人大常委会第三十二次会议"
BODY = "竹山县人民代表大会常务委员会"
NEWCOMER = Person(
    name="覃小满",
    sex="女",
    nation="土家族",
    birth_month=date(1985, 6, 1),
    party="群众",
    education="大学本科",
    job="村卫生室医生",
    phone="13900009999",
)


def count_the_seats(cast: Cast, today: date) -> None:
    """Every congress of the county knows how many seats it has; the county's has vacancies."""
    for term in Term.objects.running(today).select_related("assembly__level"):
        held = Mandate.objects.running(today).filter(term=term).count()
        spare = SPARE if term.assembly_id == cast.county.pk else 1
        if held:
            terms.set_seats(term, seats=held + spare, by=cast.director, today=today)


def change_hands(cast: Cast, year: int) -> None:
    """Two quiet deputies' seats change; the people of the other chapters are left alone."""
    day = cast.today - timedelta(days=2)
    leaving, resting = _quiet(cast)
    _rested(cast, resting, date(year, 1, 20), date(year, 2, 10))
    with clock.at(moment(day)):
        count_the_seats(cast, day)
        decision = Decision(MEETING, day, day)
        seats.accept_resignation(
            leaving,
            letter_on=day - timedelta(days=12),
            votes=31,
            of=35,
            decision=decision,
            by=cast.clerk,
            today=day,
        )
        seat = _same_seat(leaving, "1999")
        seats.by_elect(NEWCOMER, seat=seat, decision=decision, by=cast.clerk, today=day)
        announcements.announce(leaving.term, announced_on=day, body=BODY, by=cast.clerk, today=day)


def _same_seat(left: Mandate, certificate: str) -> Seat:
    """The vacancy is filled where it arose, and the newcomer joins the group that lost one."""
    group = left.deputy.membership_set.latest("from_on").group
    return Seat(left.term, left.district, certificate, left.delegation, group)


def _quiet(cast: Cast) -> tuple[Mandate, Mandate]:
    """Seats of two people who convene nothing and sign in under no easy name."""
    convening = [actor.user for actor in cast.convenors.values()]
    leads = [deputy.pk for deputy in (cast.star, cast.second) if deputy]
    rows = Mandate.objects.of_assembly(cast.county).filter(to_on=None)
    rows = rows.exclude(deputy__in=leads).exclude(deputy__user__in=convening)
    last, before = rows.by_delegation().reverse().select_related("term__assembly__level")[:2]
    return last, before


def _rested(cast: Cast, seat: Mandate, from_on: date, to_on: date) -> None:
    seats.suspend(
        seat.deputy,
        ground=SuspensionGround.DETAINED,
        decision=Decision("竹山县十九届人大常委会第二十九次会议", from_on, from_on),
        by=cast.clerk,
        today=from_on,
    )
    seats.reinstate(
        seat.deputy,
        reason="检察机关决定不起诉",
        decision=Decision(MEETING, to_on, to_on),
        by=cast.clerk,
        today=to_on,
    )
