"""家站大屏: what stands on it, for whom it opens, and that the same again is not sent twice."""

from dataclasses import fields
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from pikepdf import Pdf

from congress.home.queries import wall
from congress.shared import clock
from congress.shared.roles import Role
from proposals.states import State
from stations.actions import issues
from stations.models import Posting, ReceptionDay, RotaSlot, ScreenToken, Station, StationKind
from stations.queries.public_counts import Counts
from stations.queries.rota import OnDuty
from tests import make
from tests.deputies import voters
from tests.home.facts import graded, review
from tests.proposals import walk
from tests.scoring.facts import on
from tests.stations import screens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with on(make.TODAY):
        yield


@pytest.fixture
def station():
    return Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村代表联络站"
    )


def seen(station) -> wall.Wall:
    return wall.wall(station, clock.now())


def rows(station) -> list[wall.Departure]:
    return [row for page in seen(station).pages for row in page]


def screen(client, station) -> str:
    answer = client.get(screens.address(station))
    assert answer.status_code == 200
    return answer.content.decode()


def test_only_what_stands_in_these_lists_is_on_a_wall():
    assert [field.name for field in fields(wall.Wall)] == [
        *("name", "township", "address", "days", "elsewhere", "planned", "pages"),
        *("total", "solved", "solved_count", "solved_this_year", "counts", "stars"),
        *("stars_year", "stars_of_county", "stars_known", "stars_spread"),
    ]
    assert [field.name for field in fields(wall.WallDay)] == [
        *("on", "number", "month", "weekday", "left", "hours", "people", "more")
    ]
    assert [field.name for field in fields(wall.Departure)] == [
        *("title", "meta", "stops", "kind", "word", "words", "then")
    ]
    assert OnDuty._fields == ("name", "level")
    assert Counts._fields == ("raised", "settled", "talks", "agreed", "done")


def test_the_screen_shows_who_serves_and_the_townships_proposals(client, station):
    person = make.deputy("柳如是")
    Posting.objects.create(deputy=person, station=station, from_on=make.ELECTED_ON)
    own = walk.proposal(State.ASSIGNED, lead=person)
    far = make.deputy(of=make.group("青山乡第一代表小组", make.township("青山乡")))
    other = walk.proposal(State.ASSIGNED, lead=far, title="关于硬化青山乡晒谷场的建议")
    text = screen(client, station)
    assert "柳如是" in text
    assert "修复柳河镇桃园村过水桥</p>" in text
    assert own.number in text
    assert other.number not in text
    assert "<b>按期</b>" in text
    assert "6.8 到期" in text


def test_of_a_planned_day_the_screen_names_who_has_the_turn_and_the_days_after_it(station):
    on_turn, other = make.deputy("柳如是"), make.deputy("王伟民")
    Posting.objects.create(deputy=other, station=station, from_on=make.ELECTED_ON)
    today = clock.today()
    for later in (0, 10, 20, 30):
        day = today + timedelta(days=later)
        held = {"planned_on": day, "held_on": day, "seats": 2}
        RotaSlot.objects.create(
            day=ReceptionDay.objects.create(station=station, **held),
            deputy=other if later else on_turn,
        )
    shown = seen(station)
    assert (shown.planned, shown.elsewhere, len(shown.days)) == (True, False, 3)
    assert shown.days[0].left == "就在今天"
    assert [day.people for day in shown.days[:2]] == [
        (OnDuty("柳如是", "县级"),),
        (OnDuty("王伟民", "县级"),),
    ]


def test_the_screen_shows_only_what_is_public(client, station):
    person = make.deputy("柳如是")
    Posting.objects.create(deputy=person, station=station, from_on=make.ELECTED_ON)
    withheld = walk.proposal(State.ASSIGNED, lead=person, withheld="涉及个人隐私")
    answered = walk.proposal(State.ANSWERED, lead=person, title="关于加固桃园村河堤的建议")
    message = voters.sent()
    heard = {"by": make.as_deputy(message.deputy), "today": clock.today()}
    issues.raise_issue(message, station=station, title="路灯不亮", **heard)
    text = screen(client, station)
    assert answered.number in text
    secrets = (withheld.number, "隐私", person.phone, person.user.username, "B 类", "登录")
    assert not [word for word in (*secrets, "路灯不亮") if word in text]
    assert "反映 <b>1</b> 件，办结 <b>0</b> 件" in text


def test_solved_is_a_published_answer_of_class_a(station):
    proposal = walk.proposal(State.ASSIGNED, lead=make.deputy())
    walk.gated(proposal.lead_assignment)
    walk.answered(proposal.lead_assignment, outcome="A")
    assert (seen(station).solved_count, seen(station).solved) == (0, ())
    walk._take(proposal, State.PUBLISHED, None, (), "")
    shown = seen(station)
    assert (shown.solved_count, shown.solved_this_year) == (0, 1)  # published in April
    assert shown.solved[0][:2] == ("4.24", "修复柳河镇桃园村过水桥")


def test_the_three_meetings_are_one_stop_across_the_room(station):
    proposal = walk.proposal(State.ASSIGNED)
    walk.met(proposal.lead_assignment, *list(walk.MET_ON)[:2])
    row = rows(station)[0]
    assert [stop.label for stop in row.stops] == list(wall.HEAD)
    assert [stop.state for stop in row.stops] == ["done"] * 3 + ["now"] + [""] * 3


def test_many_proposals_stand_on_pages_that_the_screen_turns(client, station):
    lead = make.deputy()
    for number in range(6):
        walk.proposal(State.ACCEPTED, lead=lead, title=f"关于第 {number} 座桥的建议")
    assert [len(page) for page in seen(station).pages] == [5, 1]
    text = screen(client, station)
    assert text.count("data-turn-page") == 2
    assert text.count("data-turn-page hidden") == 1
    assert "6 件 · 第 <span data-page>1</span> 页，共 2 页" in text


def test_the_townships_own_ten_star_deputies_come_first(station):
    cycle = review()
    far = make.deputy("王伟民", of=make.group("青山乡第一代表小组", make.township("青山乡")))
    graded(cycle, far)
    shown = seen(station)
    assert (shown.stars_of_county, [one.name for one in shown.stars]) == (True, ["王伟民"])
    graded(cycle, make.deputy("柳如是"))
    shown = seen(station)
    assert (shown.stars_of_county, [one.name for one in shown.stars]) == (False, ["柳如是"])
    graded(cycle, make.deputy("石磊"), lit=8)
    assert seen(station).stars_spread == "十星 1 人，八星 1 人"


def test_the_same_again_is_a_304_that_says_of_when_it_is(client, station):
    address = screens.address(station)
    first = client.get(address)
    assert first["Cache-Control"] == "private, no-store"
    assert first["Referrer-Policy"] == "no-referrer"
    assert not first.cookies
    assert "csrf" not in first.content.decode()
    with clock.at(clock.now() + timedelta(minutes=3)):
        again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert int(again["X-As-Of"]) - int(first["X-As-Of"]) == 180
    walk.proposal(State.ACCEPTED)
    fresh = client.get(address, headers={"if-none-match": first["ETag"]})
    assert fresh.status_code == 200
    with clock.at(clock.now() + timedelta(days=1)):
        assert client.get(address).headers["ETag"] != fresh["ETag"], "a day less is left"


def test_a_wrong_or_ended_address_is_a_404_that_says_whom_to_ask(client, station):
    address = screens.address(station)
    assert client.post(address).status_code == 405
    newer = screens.address(station)
    for gone in (address, reverse("home:wall", args=["keine"]), reverse("home:wall", args=["1"])):
        answer = client.get(gone)
        assert (answer.status_code, answer["X-Screen-Ended"]) == (404, "1")
        assert "请站长" in answer.content.decode()
    assert client.get(newer).status_code == 200
    seen_at = ScreenToken.objects.open().get().last_seen_at
    assert seen_at == clock.now()


def test_a_screen_is_framed_only_where_the_county_allows_it(client, station, settings):
    address = screens.address(station)
    assert "frame-ancestors 'none'" in client.get(address)["Content-Security-Policy"]
    settings.EMBED_HOSTS = ["https://www.example.gov.cn"]
    allowed = client.get(address)
    assert "frame-ancestors https://www.example.gov.cn" in allowed["Content-Security-Policy"]
    assert "X-Frame-Options" not in allowed


def test_without_the_database_the_screen_is_told_503_and_no_page(station, monkeypatch):
    address = screens.address(station)

    def down(*_: object) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr("congress.home.views.wall.shown_at", down)
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == 503
    assert "X-As-Of" not in answer


def test_the_screens_own_program_names_what_it_keeps(client):
    answer = client.get(reverse("home:wall_worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    first, _, rest = answer.content.decode().partition("\n")
    assert first.startswith('const WALL = {"version": "')
    assert "css/wall" in first
    assert "skipWaiting" in rest


def test_the_days_sheet_prints_the_same_for_whoever_runs_the_station(client, station):
    walk.proposal(State.ASSIGNED)
    address = reverse("home:day_sheet", args=[station.pk])
    client.force_login(make.actor(Role.KEEPER).user)
    assert client.get(address).status_code == 404
    client.force_login(make.actor(Role.TOWNSHIP_CLERK).user)
    assert client.get(address, {"paper": "a5"}).status_code == 400
    answer = client.get(address, {"paper": "a3"})
    assert answer["Content-Type"] == "application/pdf"
    pages = Pdf.open(BytesIO(answer.content)).pages
    assert (len(pages), round(float(pages[0].mediabox[2]))) == (1, 842)


def test_the_screen_costs_the_same_at_one_row_and_at_three(
    client, station, django_assert_num_queries
):
    address = screens.address(station)
    for count in (1, 2):
        for _ in range(count):
            proposal = walk.proposal(State.PUBLISHED)
            Posting.objects.create(deputy=proposal.lead, station=station, from_on=make.ELECTED_ON)
        client.get(address)
        with django_assert_num_queries(COST):
            client.get(address)


COST = 17
