"""报损、冲回 that wait for a second person, on the first screen of whoever may be that person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Value
from django.urls import reverse
from django.utils import timezone

from congress.home.queries.queue import Queue
from congress.home.queries.queue import waiting as queue_of
from congress.home.queries.waiting import Task, few
from congress.shared.actors import Actor
from congress.shared.calendar import Works
from congress.shared.roles import Role
from scoring.models import Reversal, WriteOff
from stations.models import Station

TITLE = "积分超市待复核"
WORDS = "报损或者冲回，别人提出的，要您看过同意才算数。"


@dataclass(frozen=True)
class Waiting:
    """One write-off or reversal that somebody else has asked for."""

    station: int
    place: str
    what: str
    since: date


def to_second(actor: Actor) -> list[Waiting]:
    """The oldest first; nobody confirms what they asked for or what fills their own purse."""
    run = Station.objects.run_by(actor).values("pk")
    lost = WriteOff.objects.waiting().filter(gift__station__in=run).exclude(asked_by=actor.user)
    back = Reversal.objects.waiting().filter(redemption__gift__station__in=run)
    back = back.exclude(asked_by=actor.user).exclude(redemption__purse__deputy__user=actor.user)
    rows = lost.order_by().values_list(
        F("gift__station"), F("gift__station__name"), F("gift__name"), Value("报损"), F("asked_at")
    )
    others = back.order_by().values_list(
        F("redemption__gift__station"),
        F("redemption__gift__station__name"),
        F("redemption__gift__name"),
        Value("冲回"),
        F("asked_at"),
    )
    return sorted(map(_read, rows.union(others, all=True)), key=lambda each: each.since)


def _read(row: tuple[int, str, str, str, datetime]) -> Waiting:
    station, place, gift, what, at = row
    return Waiting(station, place, f"{what}“{gift}”", timezone.localdate(at))


def tasks(actor: Actor) -> list[Task]:
    """For a keeper and a township's office: up to three by themselves."""
    if not actor.is_a(Role.KEEPER, Role.TOWNSHIP_CLERK):
        return []
    found = [
        Task(
            TITLE,
            f"{each.place}{each.what}，别人提出的，要您看过同意才算数。",
            "去复核",
            reverse("scoring:counter", args=[each.station]),
            since=each.since,
        )
        for each in to_second(actor)
    ]
    whole = Task(f"{len(found)} 件{TITLE}", WORDS, "去复核", reverse("scoring:counters"))
    return few(found, whole)


def office_queue(by: Actor, today: date, works: Works) -> Queue:
    """The same of all stations on the office's workbench."""
    found = to_second(by) if by.at_deputy_office else []
    places = {each.station for each in found}
    url = reverse("scoring:counters")
    if len(places) == 1:
        url = reverse("scoring:counter", args=[found[0].station])
    return queue_of(TITLE, len(found), found[0].since if found else None, url, today, works)
