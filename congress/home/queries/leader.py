"""The first screen of a leader: how the proposals stand, to be read and not to be worked on."""

from dataclasses import dataclass
from datetime import date

from congress.home.queries.office import unit_lights
from congress.shared.actors import Actor
from congress.shared.models import Notice
from congress.shared.pictures import lights_by_unit
from proposals.queries import in_hand
from proposals.queries.clocks import Clock, day, weekday
from proposals.queries.in_hand import Line, Tally
from proposals.queries.supervision import Before, KeyLine, key_lines, unanswered_before
from scoring.models import LedgerAnchor

SHOWN = 8


@dataclass(frozen=True)
class LeaderDesk:
    name: str
    post: str
    today: str
    counts: list[Tally]
    late: int
    pressing: list[Line]
    lights: str
    lights_narrow: str
    open_count: int
    sheet: LedgerAnchor | None
    keys: list[KeyLine]
    before: list[Before]
    month: date
    leads: int | None
    notices: list[Notice]


def desk(actor: Actor, today: date) -> LeaderDesk:
    """What is late first, the lights of the units, and the page of the last month."""
    timing = Clock.on(today)
    units, counts = unit_lights(timing), in_hand.counts(actor, timing)
    pressing = in_hand.handed_over(actor, timing, "late", "soon")[:SHOWN]
    return LeaderDesk(
        name=actor.name,
        post=actor.title,
        today=f"{day(today)} {weekday(today)}",
        counts=counts,
        late=sum(each.many for each in counts if each.key == "late"),
        pressing=in_hand.lines(pressing, timing),
        lights=lights_by_unit(units),
        lights_narrow=lights_by_unit(units, narrow=True),
        open_count=sum(unit.open for unit in units),
        keys=key_lines(today, year=today.year, actor=actor)[:SHOWN],
        before=unanswered_before(today.year),
        month=today,
        leads=actor.user.pk if actor.user else None,
        sheet=LedgerAnchor.objects.visible_to(actor).order_by("pk").last(),
        notices=list(Notice.objects.unread(actor.user)[:5]) if actor.user else [],
    )
