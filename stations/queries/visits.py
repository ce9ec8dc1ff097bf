"""接待 as the desk of the day and the deputy see it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet, Sum

from congress.shared import clock
from congress.shared.actors import Actor
from deputies.models import Deputy
from deputies.queries.messages import masked
from deputies.rules import MESSAGE_KEEP_DAYS, MESSAGE_OPEN_DAYS
from stations.models import Issue, Posting, ReceptionDay, RotaSlot, Station, Visit
from stations.queries.hours import reception_words
from stations.queries.issues import Row, with_lights
from stations.queries.rota import stations_of, turn_state
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
    none: str
    """What stands where there is none."""


def shown(visit: Visit) -> Shown:
    """Name and number went only where the day for it is over; before it nobody left any."""
    today = clock.today()
    told = getattr(visit.issue, "telling", None)
    kept = visit.came_on >= today - timedelta(days=MESSAGE_OPEN_DAYS.on(today)) and (
        told is None or told.told_on >= today - timedelta(days=MESSAGE_KEEP_DAYS.on(today))
    )
    none = "没有留" if kept else "没有留，或者已到期删除"
    return Shown(visit, hidden(visit.caller), masked(visit.contact), none)


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
    duty: list[tuple[str, str]]
    rows: list[Row]
    waiting: list[Row]
    """Of other days, what this person can do something about."""
    days: list[ReceptionDay]


def desk(station: Station, on: date, actor: Actor, today: date) -> Desk:
    """Who is on, who came that day, and what is left to do from other days."""
    held = ReceptionDay.objects.held().filter(station=station)
    day = held.filter(held_on=on).first()
    duty = RotaSlot.objects.live().filter(day=day).select_related("deputy", "day") if day else []
    issues = Issue.objects.visible_to(actor).filter(station=station)
    issues = issues.select_related("station__area", "visit__deputy", "message__deputy", "unit")
    of_day = issues.filter(visit__came_on=on).exclude(state=IssueState.WITHDRAWN)
    others = issues.waiting().exclude(visit__came_on=on)[:20]
    return Desk(
        station,
        on,
        f"{day_words(on)} {reception_words(station, on)}" if day else day_words(on),
        day,
        [(slot.deputy.name, turn_state(slot, today)[0]) for slot in duty],
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
