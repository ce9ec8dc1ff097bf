"""六有自查、制度上墙: who says how a place stands, and what hangs on its walls."""

from congress.shared.actors import Actor
from stations.models import Station, WallDocument
from stations.permissions.rota import runs_station
from stations.states import StationState


def why_not_check_station(by: Actor, station: Station) -> str | None:
    """六有自查: whoever runs the place, as long as it stands."""
    if not runs_station(by, station):
        return "请由这个家站的站长、乡镇人大或者代工委自查。"
    if station.state == StationState.CLOSED:
        return f"{station.name}已经撤并，不用自查。"
    return None


def why_not_publish_wall(
    by: Actor, document: WallDocument | None = None, *, text: str = ""
) -> str | None:
    """发布上墙制度: by the office, and only what differs from what hangs there."""
    if not by.is_staff:
        return "只有代工委可以发布上墙制度。"
    last = document.versions.order_by("-number").first() if document and text else None
    if last and last.text == text:
        return f"和现在的第 {last.number} 版一样，不用再发布。"
    return None
