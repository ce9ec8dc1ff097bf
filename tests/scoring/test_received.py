"""接待选民 in the file: each matter with its route and result, and nothing of the voter."""

from datetime import date, timedelta

import pytest

from deputies import codes
from deputies.models import DutyRecord
from scoring.duty_file import duty_file
from scoring.queries.duty_file import county, year_of
from scoring.queries.received import OF_THE_VOTER, receptions
from stations.actions import visits
from stations.models import Route, Way
from tests import make
from tests.scoring import facts, year
from tests.stations import visit_walk as walk

pytestmark = pytest.mark.django_db
PERIOD = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def desk():
    return walk.desk()


def received(desk, *records):
    return receptions(desk.deputies[0], PERIOD, records)


def test_visits_of_one_day_and_place_are_one_reception_with_its_matters(desk):
    walk.taken(desk, people=2)
    walk.settled(desk, title="井盖坏了", people=3)
    [day] = received(desk)
    assert (day.day, day.place, day.way, day.people) == (walk.HELD, desk.place.name, "", 5)
    assert [issue.title for issue in day.issues] == ["桃园村四组路灯不亮", "井盖坏了"]
    assert day.solved == 1


def test_another_way_of_coming_is_a_reception_of_its_own(desk):
    walk.taken(desk)
    walk.taken(desk, way=Way.CALL, day=None)
    assert [each.way for each in received(desk)] == ["", "来电"]


def test_what_was_withdrawn_and_what_another_deputy_heard_is_left_out(desk):
    visits.withdraw_visit(walk.taken(desk), reason="登记错了", by=desk.keeper)
    walk.taken(desk, deputy=desk.deputies[1])
    assert received(desk) == []


def test_a_verified_reception_to_which_nobody_came_stands_with_its_place(desk):
    later = walk.HELD + timedelta(days=10)
    told = DutyRecord(done_on=later, place="青禾站")
    walk.taken(desk)
    same = DutyRecord(done_on=walk.HELD, place="站里写的另一个名字")
    days = received(desk, same, told)
    assert [(each.day, each.place, each.people) for each in days] == [
        (walk.HELD, desk.place.name, 1),
        (later, "青禾站", 0),
    ]


def test_the_voter_is_not_even_read(desk, django_assert_num_queries):
    walk.taken(desk)
    walk.taken(desk, title="井盖坏了")
    with django_assert_num_queries(1) as asked:
        received(desk)
    read = [f'"stations_visit"."{name}"' for name in OF_THE_VOTER]
    assert not [name for name in read if name in asked[0]["sql"]]


def test_the_file_says_route_and_result_and_counts_them(desk):
    facts.book()
    deputy = desk.deputies[0]
    facts.posted(deputy, codes.RECEPTION, on=walk.HELD)
    walk.settled(desk, Route.TOWNSHIP, people=4)
    row = walk.routed(desk, Route.COMMUNITY, title="井盖坏了")
    walk.taken(desk, title="水压低")
    cycle = year.final(year.Party(make.director(), None, None, desk.deputies))
    of = year_of(county(cycle), cycle.gradings.get(deputy=deputy))
    file = duty_file(of, number="2026-1", code="A")
    [line] = file.receptions
    assert (line.date, line.voters) == ("5月10日", "6")
    assert [(each.title, each.route, each.outcome) for each in line.matters] == [
        ("桃园村四组路灯不亮", "乡镇", "已解决"),
        ("井盖坏了", "村（社区）", "办理中"),
        ("水压低", "待分流", "办理中"),
    ]
    assert file.receptions_note == "1次　6人次　反映3件　解决1件"
    assert row.outcome == ""
    assert "罗桂芳" not in repr(file)
    assert "13987654321" not in repr(file)
