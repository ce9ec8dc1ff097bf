"""大屏地址: who opens one for a station's screen, and who ends it."""

from congress.shared.actors import Actor
from stations.models import ScreenToken, Station
from stations.permissions.rota import runs_station
from stations.states import StationState


def why_not_renew_screen(by: Actor, station: Station) -> str | None:
    """开通、更换大屏地址: whoever runs the place, as long as it stands."""
    if not runs_station(by, station):
        return "请由这个家站的站长、乡镇人大或者代工委开通大屏。"
    if station.state == StationState.CLOSED:
        return f"{station.name}已经撤并，不再有大屏。"
    return None


def why_not_end_screen(by: Actor, screen: ScreenToken) -> str | None:
    """停用大屏地址: whoever runs the place, once."""
    if not runs_station(by, screen.station):
        return "请由这个家站的站长、乡镇人大或者代工委停用大屏。"
    if screen.ended_at:
        return "这个大屏地址已经停用。"
    return None
