"""A deputy who writes up a whole week in one evening: what the board 请核对 is there to show."""

from datetime import timedelta

from congress.home.demo.cast import Cast, moment
from congress.home.demo.duties import photo
from congress.shared import clock
from deputies.actions import duties
from deputies.models import DutyItem, DutyRecord
from scoring.actions import posting

DAYS = 6
NOTE = "走访联系选民，了解生产生活情况，宣传政策"


def write_up_a_week(cast: Cast) -> None:
    """请核对: six days' visits reported at one sitting, at the day's limit, with one photo.

    The office has verified them before anybody looked at them side by side.
    """
    item = DutyItem.objects.get(code="C2")
    deputy = next(one for one in reversed(cast.deputies) if one not in (cast.star, cast.second))
    filed = cast.today - timedelta(days=3)
    with clock.at(moment(filed, 21)):
        for back in range(1, DAYS + 1):
            day = filed - timedelta(days=back)
            duties.report(
                deputy,
                item=item,
                done_on=day,
                quantity=5,
                place="龙井村",
                note=NOTE,
                photos=[photo(19)],
                token=f"demo-week-{deputy.pk}-{day:%Y%m%d}",
                by=cast.actors[deputy.pk],
            )
    with clock.at(moment(filed + timedelta(days=1), 10)):
        own = DutyRecord.objects.own_reports(deputy).filter(note=NOTE)
        duties.check_all(list(own.to_check()), by=cast.clerk)
        posting.verify_and_post_all(list(own.to_verify()), by=cast.director)
