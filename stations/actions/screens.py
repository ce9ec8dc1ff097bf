"""大屏地址: opened, replaced and ended by whoever runs the station; seen by nobody twice."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import lock, record, refuse_if
from stations.models import ScreenToken, Station
from stations.permissions.screens import why_not_end_screen, why_not_renew_screen
from stations.states import StationState

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""What a remote control can type and nobody mistakes: no 0, o, 1, i, l."""
GROUPS, IN_A_GROUP = 5, 4
REPLACED = "换了新地址"
A_MINUTE = timedelta(minutes=1)


def digest_of(token: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def _fresh() -> str:
    """Some 99 bits, in groups of four: nobody guesses it, anybody can type it."""
    words = ("".join(secrets.choice(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    return "-".join(words)


@transaction.atomic
def renew_screen(station: Station, *, by: Actor) -> str:
    """开通、更换大屏地址: the station's screen has this new address; the one before shows no more.

    The address itself is given back this once and kept nowhere.
    """
    station = lock(station)
    refuse_if(why_not_renew_screen(by, station))
    if by.user is None:
        raise Refused("大屏地址须由人来开通。")
    if old := ScreenToken.objects.open().filter(station=station).first():
        _end(old, REPLACED, by)
    token = _fresh()
    screen = ScreenToken.objects.create(
        station=station, digest=digest_of(token), made_by=by.user, made_at=clock.now()
    )
    record(screen, "screen_renewed", by=by, note=station.name)
    return token


@transaction.atomic
def end_screen(screen: ScreenToken, *, reason: str, by: Actor) -> ScreenToken:
    """停用大屏地址: from now on it shows nothing, wherever it is open."""
    screen = lock(screen)
    refuse_if(why_not_end_screen(by, screen))
    refuse_if(None if reason.strip() else "请写明为什么停用。")
    if by.user is None:
        raise Refused("大屏地址须由人来停用。")
    return _end(screen, reason.strip(), by)


def _end(screen: ScreenToken, why: str, by: Actor) -> ScreenToken:
    screen.ended_by, screen.ended_at, screen.why = by.user, clock.now(), why
    screen.save(update_fields=["ended_by", "ended_at", "why"])
    record(screen, "screen_ended", by=by, note=why)
    return screen


def shown_at(token: str, now: datetime) -> ScreenToken | None:
    """The screen that has this address and still shows its station, which is marked as seen.

    A screen asks twice a minute: it is written down once.
    """
    rows = ScreenToken.objects.open().filter(digest=digest_of(token))
    screen = rows.filter(station__state=StationState.OPEN).select_related("station__area").first()
    if screen is None:
        return None
    before = Q(last_seen_at=None) | Q(last_seen_at__lte=now - A_MINUTE)
    ScreenToken.objects.filter(before, pk=screen.pk).update(last_seen_at=now)
    return screen
