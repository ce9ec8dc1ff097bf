"""A reception day that was held two days ago, and visits taken down by the real verbs."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from congress.shared.roles import Role
from stations.actions import issues, visits
from stations.models import (
    Consent,
    CouncilKind,
    Issue,
    Outcome,
    ReceptionDay,
    RotaSlot,
    Route,
    Visit,
    Way,
)
from stations.permissions.councils import Talked
from stations.permissions.visits import Heard
from tests import make
from tests.stations import rota_walk

TODAY = rota_walk.TODAY
HELD = date(2026, 5, 10)


def desk():
    """`place`, `keeper`, `deputies` of the rota's walk; `day` with the first two on duty."""
    found = rota_walk.station()
    found.day = ReceptionDay.objects.create(
        station=found.place, planned_on=HELD, held_on=HELD, seats=2
    )
    for each in found.deputies[:2]:
        RotaSlot.objects.create(day=found.day, deputy=each)
    found.deputy = make.as_deputy(found.deputies[0])
    found.clerk = make.actor(Role.TOWNSHIP_CLERK)
    found.office = make.actor()
    return found


def heard(found, **said) -> Heard:
    usual = {
        "deputy": found.deputies[0],
        "way": Way.DAY,
        "day": found.day,
        "came_on": HELD,
        "title": "桃园村四组路灯不亮",
        "words": "四组有三盏路灯两个月不亮，晚上学生回家看不见路。",
        "caller": "罗桂芳",
        "contact": "13987654321",
        "place": "桃园村四组",
        "consent": Consent.YES,
    }
    return Heard(**{**usual, **said})


def taken(found, *, by=None, token: UUID | None = None, **said) -> Visit:
    return visits.take_down_visit(
        found.place,
        heard=heard(found, **said),
        token=token or uuid4(),
        by=by or found.keeper,
        today=TODAY,
    )


def routed(found, route=Route.COMMUNITY, **said) -> Issue:
    issue = taken(found, **said).issue
    return issues.route_issue(issue, route=route, by=found.keeper, today=TODAY)


def settled(found, route=Route.COMMUNITY, **said) -> Issue:
    how = {"outcome": Outcome.SOLVED, "result": "换了三盏灯。"}
    row = routed(found, route, **said)
    return issues.settle_issue(row, **how, by=found.office, today=TODAY)


def talked(found, **said) -> Talked:
    usual = {
        "kind": CouncilKind.objects.get_or_create(name="场院会")[0],
        "held_on": TODAY - timedelta(days=2),
        "place": "四组院坝",
        "topic": "院坝里装路灯",
        "people": 23,
        "notes": "大家都说晚上看不见，愿意一起出工。",
        "deputies": found.deputies[:1],
        "matters": ("装三盏灯", "各户轮流看管"),
    }
    return Talked(**{**usual, **said})
