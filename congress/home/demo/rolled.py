"""滚动办: what was open of the first year went on into the second; two leads have left since."""

from datetime import date, timedelta

from congress.home.demo.cast import LOGINS, Cast, moment
from congress.shared import clock
from deputies.actions import seats
from deputies.actions.seats import Decision
from deputies.models import Mandate
from deputies.states import EndCause
from proposals.actions import carrying, fostering
from proposals.models import Proposal
from proposals.queries.carrying import year_of

CARRIED_ON = date(2026, 1, 8)
MEETING = "竹山县十九届人大常委会第三十二次会议"
LEFT = 2
KNOWN = frozenset(username for username, _ in LOGINS)


def tell(cast: Cast, year: int) -> None:
    """The director carries the year over; of the two who moved away one has a foster by now."""
    if cast.today < CARRIED_ON:
        return
    with clock.at(moment(CARRIED_ON, 9)):
        carrying.carry_over(cast.county, year=year, by=cast.director, today=CARRIED_ON)
    day = cast.today - timedelta(days=1)
    with clock.at(moment(day, 9)):
        _move_away(cast, year, day)
        line = next(
            (each for each in year_of(cast.county, year, day).fosters if each.choices), None
        )
        if line:
            row, choice = Proposal.objects.get(pk=line.proposal.pk), line.choices[0]
            fostering.appoint_foster(
                row, deputy=choice.deputy, reason=choice.why, by=cast.clerk, today=day
            )


def _move_away(cast: Cast, year: int, day: date) -> None:
    """Leads of open ones who convene nothing and sign in under no easy name."""
    busy = {actor.user for actor in cast.convenors.values()}
    open_ones = [each.proposal for each in year_of(cast.county, year, day).lines]
    leads = {row.lead for row in open_ones if row.lead.user and row.lead.user not in busy}
    quiet = sorted(
        (lead for lead in leads if lead.user and lead.user.username not in KNOWN),
        key=lambda lead: lead.pk,
    )
    for lead in quiet[:LEFT]:
        seat = Mandate.objects.running(day).of_assembly(cast.county).get(deputy=lead)
        decision = Decision(MEETING, day, day)
        seats.terminate(
            seat,
            cause=EndCause.MOVED,
            detail="户籍迁往外县",
            decision=decision,
            by=cast.clerk,
            today=day,
        )
