"""逢十接待日 of the demo county: what is left of this year and the next are planned."""

from datetime import timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from stations.actions import leaves, rota, swaps
from stations.models import RotaSlot
from stations.permissions.swaps import why_not_ask_swap

PLANNED_BEFORE = 35
"""Days: so that some reception days are over, with who came and who did not."""


def take_turns(cast: Cast) -> None:
    """Both years have their rota since some weeks; the lead is asked for a swap, one is away."""
    planned = cast.today - timedelta(days=PLANNED_BEFORE)
    with clock.at(moment(planned)):
        for year in sorted({planned.year, cast.today.year, cast.today.year + 1}):
            rota.plan_rota(year=year, by=cast.clerk, today=planned)
    day = cast.today - timedelta(days=2)
    with clock.at(moment(day)):
        if cast.star:
            _ask_the_lead(cast)


def _ask_the_lead(cast: Cast) -> None:
    """Somebody of the same station who is known to sign in asks; the first who can."""
    today = cast.today - timedelta(days=2)
    mine = RotaSlot.objects.ahead(today).of_deputy(cast.star).first() if cast.star else None
    if mine is None or cast.star is None:
        return
    others = RotaSlot.objects.ahead(today).filter(day__station=mine.day.station)
    for slot in others.exclude(deputy=cast.star).select_related("day__station", "deputy"):
        by = cast.actors.get(slot.deputy_id)
        if by and why_not_ask_swap(by, slot, cast.star, today=today) is None:
            words = "那天在外地开会，劳您替一次"
            swaps.ask_swap(slot, asked=cast.star, words=words, by=by, today=today)
            break
    later = RotaSlot.objects.ahead(today).filter(day__station=mine.day.station).last()
    by = cast.actors.get(later.deputy_id) if later else None
    if later and by and later.deputy_id != cast.star.pk:
        on = later.day.held_on
        first, last = on - timedelta(days=3), on + timedelta(days=3)
        away = {"from_on": first, "to_on": last}
        leaves.take_leave(later.deputy, **away, reason="外出学习", by=by, today=today)
