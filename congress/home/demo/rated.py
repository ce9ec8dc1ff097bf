"""评价以后: the first year's figures released, and of the second some answers to be done anew."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from congress.shared.models import Assembly
from proposals.actions import rehandling, releasing
from proposals.queries.rehandling import candidates

RELEASED_ON = date(2026, 1, 23)
WORDS = (
    "请把还没有落实的部分列出清单，写明每一项的完工日子。",
    "请到现场再看一次，说明今年能办到哪一步。",
)
AGO = (25, 12)
"""So many days before the county is opened: one order nears its day, one has just gone out."""


def tell(cast: Cast, year: int) -> None:
    """The director releases the year before; two replies are ordered anew, one of them a pick."""
    if cast.today < RELEASED_ON:
        return
    county = Assembly.objects.get(level__code="county")
    with clock.at(moment(RELEASED_ON, 10)):
        releasing.release_ratings(county, year=year - 1, by=cast.director, today=RELEASED_ON)
    for words, ago in zip(WORDS, AGO, strict=True):
        day = cast.today - timedelta(days=ago)
        with clock.at(moment(day, 10)):
            found = [
                each.reply
                for each in candidates(cast.clerk, day)
                if each.reply.replied_on.year == year
            ]
            if found:
                orders = [(found[0], words)]
                rehandling.order_rehandling(orders, by=cast.clerk, today=day)
