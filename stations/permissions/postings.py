"""进驻: who may settle which deputy serves where."""

from datetime import date

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy, Membership
from stations.models import Posting, Station
from stations.states import StationState

ONLY = "只有代工委和本乡镇人大可以安排进驻。"


def own_area(by: Actor) -> int | None:
    """The township whose people and places these are; None for the office, which has all."""
    return None if by.at_the_desk else by.area_id


def why_not_here(by: Actor, station: Station | None) -> str | None:
    """The office anywhere, a township's congress at its own places."""
    if by.is_staff:
        return None
    governs = by.is_a(Role.TOWNSHIP_CLERK) and (station is None or by.area_id == station.area_id)
    return None if governs else ONLY


def why_not_post_deputy(
    by: Actor, deputy: Deputy | None = None, station: Station | None = None, *, today: date
) -> str | None:
    """安排进驻: by the office or the township, somebody who holds a seat, at a place that stands.

    A township posts those of its own groups; whom to take from elsewhere the office says.
    """
    if refusal := why_not_here(by, station):
        return refusal
    if deputy and not by.is_staff and not _of_township(deputy, by, today):
        return f"{deputy.name}不在本乡镇的代表小组，请代工委安排。"
    if deputy and not Deputy.objects.sitting(today).filter(pk=deputy.pk).exists():
        return f"{deputy.name}现在没有代表资格，不能进驻。"
    if station and station.state == StationState.CLOSED:
        return f"{station.name}已经撤并，请另选一个家站。"
    if deputy and station and Posting.objects.open().filter(deputy=deputy, station=station):
        return f"{deputy.name}已经进驻{station.name}。"
    return None


def why_not_unpost_deputy(by: Actor, posting: Posting) -> str | None:
    """离站: by the office or the township, once."""
    if refusal := why_not_here(by, posting.station):
        return refusal
    if posting.to_on is not None:
        return f"{posting.deputy.name}已经离开{posting.station.name}。"
    return None


def why_not_post_missing(by: Actor) -> str | None:
    """一键进驻: by the office for all, by a township for its own places."""
    return why_not_here(by, None)


def _of_township(deputy: Deputy, by: Actor, today: date) -> bool:
    here = Membership.objects.running(today).filter(group__area=by.area_id)
    return here.filter(deputy=deputy).exists()
