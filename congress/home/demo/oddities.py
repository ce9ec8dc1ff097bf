"""What the staff boards are there to show: a week written up in one evening, and a high award."""

from datetime import date, timedelta

from congress.home.demo.cast import Cast, moment
from congress.home.demo.photos import photo
from congress.shared import clock
from deputies.actions import duties
from deputies.models import Deputy, DutyItem, DutyRecord
from scoring.actions import posting
from scoring.models import YearTotal

DAYS = 6
NOTE = "走访联系选民，了解生产生活情况，宣传政策"
AWARD_FOR = "全国优秀代表建议"
AWARD = "获评全国优秀代表建议，证书见照片"


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
    _settle(cast, deputy, NOTE, filed + timedelta(days=1))


def win_an_award(cast: Cast) -> None:
    """异常值: the deputy with the most points is commended by the nation."""
    best = YearTotal.objects.filter(assembly=cast.county, year=cast.today.year)
    first = best.order_by("-total", "deputy").select_related("deputy").first()
    if first is None:  # a county opened before anybody had points
        return
    deputy = first.deputy
    day = cast.today - timedelta(days=20)
    with clock.at(moment(day, 20)):
        duties.report(
            deputy,
            item=DutyItem.objects.get(code="B4"),
            done_on=day,
            quantity=1,
            place="北京",
            note=AWARD,
            matter=AWARD_FOR,
            photos=[photo(23)],
            token=f"demo-award-{deputy.pk}",
            by=cast.actors[deputy.pk],
        )
    _settle(cast, deputy, AWARD, day + timedelta(days=1))


def _settle(cast: Cast, deputy: Deputy, note: str, day: date) -> None:
    with clock.at(moment(day, 10)):
        own = DutyRecord.objects.own_reports(deputy).filter(note=note)
        for record in own.to_check():  # each has a warning, and is looked at by itself
            duties.check(record, by=cast.clerk)
        for record in own.to_verify():
            posting.verify_and_post(record, by=cast.director, twice=True)
