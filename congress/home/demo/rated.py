"""评价以后: the first year's figures released, and of the second some answers to be done anew."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.models import Assembly
from proposals.actions import rehandling, releasing, unsealing
from proposals.models import Rating, Reply
from proposals.queries.rehandling import candidates

RELEASED_ON = date(2026, 1, 23)
WORDS = (
    "请把还没有落实的部分列出清单，写明每一项的完工日子。",
    "请到现场再看一次，说明今年能办到哪一步。",
)
AGO = (25, 12)
"""So many days before the county is opened: one order nears its day, one has just gone out."""


def tell(cast: Cast, year: int) -> None:
    """The director releases the year before; of that, two batches are ordered anew.

    One rating is asked to be opened.
    """
    if cast.today < RELEASED_ON:
        return
    county = Assembly.objects.get(level__code="county")
    with clock.at(moment(RELEASED_ON, 10)):
        releasing.release_ratings(county, year=year - 1, by=cast.director, today=RELEASED_ON)
    for words, ago in zip(WORDS, AGO, strict=True):
        day = cast.today - timedelta(days=ago)
        with clock.at(moment(day, 10)):
            found = _batch([each.reply for each in candidates(cast.clerk, day, year - 1)])
            if found:
                orders = [(reply, words) for reply in found]
                rehandling.order_rehandling(orders, by=cast.clerk, today=day)
    _disputed(cast)


def _disputed(cast: Cast) -> None:
    """One rating that its deputy disowns: the director has asked, the auditor has to agree."""
    day = cast.today - timedelta(days=1)
    closed = Rating.objects.filter(reply__in=Reply.objects.window_closed(day))
    with clock.at(moment(day, 16)):
        for rating in closed.order_by("-pk")[:1]:
            why = "代表来电说不是本人评的，要核对。"
            unsealing.request_opening(rating, reason=why, by=cast.director, today=day)


def _batch(replies: list[Reply]) -> list[Reply]:
    """Three, of more than one unit; none when there are not so many."""
    first = replies[:2]
    others = [
        each for each in replies[2:] if each.assignment.unit_id != first[0].assignment.unit_id
    ]
    return [*first, *others[:1]] if others else []
