"""进驻: who may settle which deputy serves where."""

from datetime import date

from congress.shared.actors import Actor
from deputies.models import Deputy
from stations.models import Posting, Station
from stations.states import StationState

ONLY = "只有代工委可以安排进驻。"


def why_not_post_deputy(
    by: Actor, deputy: Deputy | None = None, station: Station | None = None, *, today: date
) -> str | None:
    """安排进驻: by the office, somebody who holds a seat, at a place that stands."""
    if not by.is_staff:
        return ONLY
    if deputy and not Deputy.objects.sitting(today).filter(pk=deputy.pk).exists():
        return f"{deputy.name}现在没有代表资格，不能进驻。"
    if station and station.state == StationState.CLOSED:
        return f"{station.name}已经撤并，请另选一个家站。"
    if deputy and station and Posting.objects.open().filter(deputy=deputy, station=station):
        return f"{deputy.name}已经进驻{station.name}。"
    return None


def why_not_unpost_deputy(by: Actor, posting: Posting) -> str | None:
    """离站: by the office, once."""
    if not by.is_staff:
        return ONLY
    if posting.to_on is not None:
        return f"{posting.deputy.name}已经离开{posting.station.name}。"
    return None


def why_not_post_missing(by: Actor) -> str | None:
    """一键进驻: by the office."""
    return None if by.is_staff else ONLY
