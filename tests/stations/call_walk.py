"""A group of three, who calls it, and an activity called for it by the real verb."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from congress.shared.actors import Actor
from congress.shared.roles import Role
from deputies.models import Deputy
from stations.actions import calls, campaigns
from stations.models import Activity, Campaign, Invitee
from stations.permissions.calls import Circle, Meeting
from stations.permissions.campaigns import LineUp
from tests import make
from tests.deputies import walk as duties

TODAY = make.TODAY
DAY = TODAY + timedelta(days=8)
ZONE = ZoneInfo("Asia/Shanghai")


def at(day, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


@dataclass
class Place:
    """Who takes part."""

    people: list[Deputy] = field(
        default_factory=lambda: [make.deputy(name) for name in ("罗明贵", "吴秀兰", "沈定福")]
    )

    def __post_init__(self):
        self.group = make.group()
        self.office, self.clerk = make.actor(), make.actor(Role.TOWNSHIP_CLERK)
        self.convenor = make.actor(Role.CONVENOR, user=self.people[0].user)
        self.group.convenor = self.convenor.user
        self.group.save(update_fields=["convenor"])
        self.stranger, self.keeper = make.actor(Role.CONVENOR), make.actor(Role.KEEPER)


def meeting(**said) -> Meeting:
    usual = {
        "item": duties.item("A2"),
        "title": "察看桃园村水渠",
        "starts_at": at(DAY, 9),
        "ends_at": at(DAY, 11),
        "place": "桃园村",
    }
    return Meeting(**{**usual, **said})


def called(place: Place, by: Actor | None = None, today=TODAY, **said) -> Activity:
    circle = said.pop("circle", None) or Circle(group=place.group)
    by = by or place.clerk
    return calls.call_activity(circle, meeting=meeting(**said), by=by, today=today)


def invitee(activity: Activity, person: Deputy) -> Invitee:
    return Invitee.objects.select_related("activity", "deputy__user").get(
        activity=activity, deputy=person
    )


def campaign(by: Actor, title: str = "共同缔造") -> Campaign:
    return campaigns.open_campaign(
        make.assembly(), year=TODAY.year, title=title, by=by, today=TODAY
    )


def squad(place: Place, name: str = "水渠小分队", **said):
    usual = {"name": name, "leader": place.people[0], "deputies": place.people[:2]}
    line_up = LineUp(**{**usual, **said})
    return campaigns.form_squad(place.group, line_up=line_up, by=place.clerk, today=TODAY)


def sent(**said) -> dict[str, object]:
    """What a browser sends to call the activity above."""
    usual = SimpleNamespace(**vars(meeting()))
    return {
        "item": usual.item.pk,
        "title": usual.title,
        "held_on": DAY,
        "from_time": "9:00",
        "to_time": "11:00",
        "place": usual.place,
        **said,
    }
