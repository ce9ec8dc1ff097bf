"""接待 as the desk of the day and the deputy see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from congress.shared.actors import Actor
from deputies.models import Deputy
from deputies.queries.messages import masked
from stations.models import Issue, Posting, ReceptionDay, RotaSlot, Station, Visit
from stations.queries.issues import Row, with_lights
from stations.queries.rota import stations_of
from stations.states import IssueState
from stations.wording import day_words


def hidden(name: str) -> str:
    """王＊＊: enough to know whom one talks of, on a page that others may see."""
    return f"{name[0]}{'＊' * (len(name) - 1)}" if name else ""


@dataclass(frozen=True)
class Shown:
    """A visit's own facts with the voter masked."""

    visit: Visit
    caller: str
    contact: str


def shown(visit: Visit) -> Shown:
    return Shown(visit, hidden(visit.caller), masked(visit.contact))


def stations_for(actor: Actor, today: date) -> QuerySet[Station]:
    """Whose desk this person sits at: those one runs, or those at which a deputy receives."""
    rows = stations_of(actor)
    own = Deputy.objects.filter(user=actor.user) if actor.user else Deputy.objects.none()
    if actor.at_the_desk or rows.exists() or not own.exists():
        return rows
    posted = Posting.objects.serving(today).filter(deputy__in=own).values("station")
    turns = RotaSlot.objects.live().filter(deputy__in=own).values("day__station")
    return Station.objects.filter(pk__in=posted) | Station.objects.filter(pk__in=turns)


@dataclass(frozen=True)
class Desk:
    """接待台: one station on one day."""

    station: Station
    on: date
    words: str
    day: ReceptionDay | None
    duty: list[RotaSlot]
    rows: list[Row]
    waiting: list[Row]
    """Of other days, what this person can do something about."""
    days: list[ReceptionDay]


def desk(station: Station, on: date, actor: Actor, today: date) -> Desk:
    """Who is on, who came that day, and what is left to do from other days."""
    held = ReceptionDay.objects.held().filter(station=station)
    day = held.filter(held_on=on).first()
    duty = RotaSlot.objects.live().filter(day=day).select_related("deputy") if day else []
    issues = Issue.objects.visible_to(actor).filter(station=station)
    issues = issues.select_related("station__area", "visit__deputy", "message__deputy", "unit")
    of_day = issues.filter(visit__came_on=on).exclude(state=IssueState.WITHDRAWN)
    others = issues.waiting().exclude(visit__came_on=on)[:20]
    return Desk(
        station,
        on,
        day_words(on),
        day,
        list(duty),
        with_lights(of_day.order_by("visit__entered_at"), actor, today),
        with_lights(others, actor, today),
        list(held.filter(held_on__lte=today).order_by("-held_on")[:6]),
    )


def mine(actor: Actor) -> QuerySet[Issue]:
    """我接待的: what voters told this deputy, the newest first."""
    rows = Issue.objects.visible_to(actor).filter(visit__deputy__user=actor.user)
    related = rows.select_related("station__area", "visit__deputy", "message__deputy", "unit")
    return related.order_by("-visit__came_on", "-pk")


def received(actor: Actor, year: int) -> dict[str, int]:
    """How many visits and people this deputy received in that year."""
    rows = Visit.objects.visible_to(actor).taken().filter(came_on__year=year)
    found = rows.filter(deputy__user=actor.user).aggregate(visits=Count("pk"), people=Sum("people"))
    return {"visits": found["visits"], "people": found["people"] or 0}
