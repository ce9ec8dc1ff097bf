"""案卷 as the office sees it: made, being made, or not made, and what is to be bound."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from congress.shared.actors import Actor
from congress.shared.models import Session
from proposals.models import Volume
from proposals.queries import bundles
from proposals.queries.bundles import Bundle
from proposals.states import VolumeState

LONG_FOR_ONE = timedelta(minutes=30)


@dataclass(frozen=True)
class Binding:
    """A session's volume: how many cases there are now, and how far its file is."""

    session: Session
    cases: int
    volume: Volume | None
    is_late: bool

    @property
    def waiting(self) -> bool:
        return self.volume is not None and self.volume.state == VolumeState.ASKED

    @property
    def failed(self) -> bool:
        return self.volume is not None and self.volume.state == VolumeState.FAILED


def binding(session: Session, now: datetime) -> Binding:
    volume = Volume.objects.filter(session=session).select_related("asked_by").first()
    late = volume is not None and now - volume.asked_at > LONG_FOR_ONE
    return Binding(session, bundles.of_session(session).count(), volume, late)


def asked() -> QuerySet[Volume]:
    """Who waits longest is first."""
    rows = Volume.objects.filter(state=VolumeState.ASKED).order_by("asked_at", "pk")
    return rows.select_related("session__term__assembly", "asked_by", "asked_post__organisation")


def cases(volume: Volume, now: datetime) -> list[Bundle]:
    """Every numbered proposal of the session, as the office that asked reads it."""
    by = Actor(volume.asked_by, volume.asked_post, (volume.asked_post,))
    return bundles.bundles(bundles.of_session(volume.session), by, now.date())
