"""大屏 of the demo county: most stations have one, some of them dark since days."""

from datetime import timedelta

from congress.home.demo.cast import Cast, moment
from congress.shared import clock
from stations.actions import screens
from stations.models import Station


def hang(cast: Cast) -> None:
    """Opened in spring by the office, heard of today, days ago or never."""
    opened = cast.today - timedelta(days=200)
    for number, station in enumerate(Station.objects.standing().stations()):
        if number % 5 == 4:
            continue
        with clock.at(moment(opened, 9)):
            token = screens.renew_screen(station, by=cast.clerk)
        if number % 11 != 7:
            days = 6 if number % 8 == 3 else number % 2
            screens.shown_at(token, moment(cast.today - timedelta(days=days), 8))
