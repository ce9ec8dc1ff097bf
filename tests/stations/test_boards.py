"""家站活跃度: what each place did in the year, who is still, and numbers that are their lists."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse

from congress.shared.roles import DESK, Role
from deputies import files
from stations.actions import councils, events, issues, rota, visits
from stations.models import Council, RotaSlot, Route, Station, StationKind, Told
from stations.queries import board_cells, boards
from stations.queries.rota import days_of
from stations.states import MatterState
from tests import make
from tests.stations import rota_walk
from tests.stations import visit_walk as walk
from tests.stations.test_events import facts
from tests.stations.visit_walk import HELD, TODAY

pytestmark = pytest.mark.django_db
LATE = date(2026, 8, 12)
"""When whatever is still open then is late."""


@pytest.fixture
def found(today):
    """A day on which one came, one did not; four visits; 议事 of which one matter is done."""
    found = walk.desk()
    first, second = found.day.slots.order_by("pk")
    rota.check_in(first, came=True, by=found.keeper, today=TODAY)
    rota.check_in(second, came=False, by=found.keeper, today=TODAY)
    walk.taken(found, people=3)
    walk.routed(found)
    told = walk.settled(found, Route.TOWNSHIP)
    how = {"how": Told.CALL, "words": "", "told_on": TODAY, "by": found.keeper, "today": TODAY}
    issues.tell_voter(told, **how)
    visits.withdraw_visit(walk.taken(found), reason="登记错了", by=found.keeper)
    talked = walk.talked(found)
    row = councils.note_council(found.place, talked=talked, by=found.keeper, today=TODAY)
    done = {"to": MatterState.DONE, "result": "装了", "ended_on": TODAY}
    councils.end_matter(row.matters.first(), **done, by=found.keeper, today=TODAY)
    Station.objects.filter(pk=found.place.pk).update(group=make.group())
    acted = facts([make.deputy()], found.office, title="察看水渠", held_on=TODAY)
    events.roll_call(**acted)
    found.far = rota_walk.station(0, "青山乡联络站", make.township("青山乡"))
    return found


def lines(by, on=TODAY, **asked) -> dict[str, boards.Line]:
    found = boards.board(by, TODAY.year, on, **asked)
    return {line.station.name: line for line in found.lines}


def test_a_line_counts_what_was_done_in_the_year(found):
    line = lines(found.office)[found.place.name]
    assert (line.days, line.held, line.empty) == (1, 1, 0)
    assert (line.kept, line.stood_in, line.missed) == (1, 0, 1)
    assert boards.board(found.office, TODAY.year, TODAY).sums["unmarked"] == 0
    first = RotaSlot.objects.filter(day=found.day).order_by("pk").first()
    RotaSlot.objects.filter(pk=first.pk).update(state="planned", marked_by=None, marked_at=None)
    just_over = lines(found.office, HELD + timedelta(days=1))[found.place.name]
    assert (just_over.kept, just_over.missed, just_over.unmarked) == (0, 1, 1)
    said = days_of(found.place, TODAY.year, TODAY, found.office)[0].turns
    assert sorted(turn.state for turn in said) == ["没有登记", "缺岗"]
    assert (line.visits, line.people, line.issues, line.late, line.told) == (3, 5, 3, 0, 1)
    assert (line.talks, line.agreed, line.done, line.acts) == (1, 2, 1, 1)
    assert (line.last_on, line.still, line.idle) == (TODAY, 0, False)
    assert line.fittings == "今年没查"
    late = lines(found.office, LATE)[found.place.name]
    assert late.late == 2
    other = lines(found.office)["青山乡联络站"]
    assert (other.days, other.issues, other.quiet, other.idle) == (0, 0, "从来没有", True)


def test_a_place_is_idle_after_the_days_that_the_county_has_set(found):
    last = TODAY + timedelta(days=59)
    assert not lines(found.office, last)[found.place.name].idle
    assert lines(found.office, last + timedelta(days=1))[found.place.name].idle
    idle = lines(found.office, show="idle")
    assert list(idle) == ["青山乡联络站"]
    first = next(iter(lines(found.office, LATE, order="late")))
    assert first == found.place.name
    assert next(iter(lines(found.office, order="idle"))) == "青山乡联络站"
    Station.objects.filter(name="青山乡联络站").update(kind=StationKind.HOME)
    assert lines(found.office, show="idle") == {}  # nobody receives at a home that has no days


def test_routes_have_their_lights_and_the_age_of_the_oldest(found):
    ways = {way.name: way for way in boards.board(found.office, TODAY.year, LATE).ways}
    assert ways["待分流"][2:] == (1, 1, 0, 0, 0, (LATE - TODAY).days)
    assert ways["村（社区）办理"][2:7] == (1, 1, 0, 0, 0)
    assert ways["乡镇办理"][2:] == (1, 0, 0, 0, 1, None)
    assert sum(way.all for way in ways.values()) == 3


def listed(client, url: str) -> int:
    """How many rows the list at this address has."""
    answer = client.get(url)
    numbers = re.findall(r"符合条件的 (\d+) 件|只列.*的 (\d+) 次", answer.content.decode())
    if numbers:
        return int(next(filter(None, numbers[0])))
    return answer.context["page"].paginator.count


def test_every_number_of_matters_is_the_length_of_its_list(client, found):
    client.force_login(found.office.user)
    board = boards.board(found.office, TODAY.year, TODAY)
    line = next(line for line in board.lines if line.station == found.place)
    cells = {cell.head: cell for cell in board_cells.cells(line, TODAY.year)}
    total = board_cells.sum_cells(board, TODAY.year, None, all_shown=True)
    sums = {cell.head: cell for cell in total}
    for head in ("来访", "民情", "已告知", "议事", "活动"):
        for cell in (cells[head], sums[head]):
            assert listed(client, cell.url) == cell.number > 0, head
    counted = 0
    for way in board.ways:
        for cell in board_cells.way_cells(way, TODAY.year, found.place.area_id):
            if cell.number:
                counted += 1
                assert listed(client, cell.url) == cell.number, (way.name, cell.head)
    assert counted >= 5
    rota_page = client.get(cells["接待／应接"].url).content.decode()
    assert 'id="past"' in rota_page


def test_the_county_its_leaders_and_each_township_see_their_own(client, found):
    page = reverse("stations:board")
    for role in sorted(set(Role)):
        client.force_login(make.actor(role).user)
        answer = client.get(page)
        allowed = role in DESK or role == Role.TOWNSHIP_CLERK
        assert answer.status_code == (200 if allowed else 403), role
        if allowed:
            text = answer.content.decode()
            assert found.place.name in text
            assert ("青山乡联络站" in text) == (role in DESK), role
    for wrong in ({"order": "x"}, {"year": "1"}, {"area": "x"}):
        assert client.get(page, wrong).status_code in (400, 403)


def test_the_board_goes_out_as_two_tables(client, found):
    client.force_login(found.office.user)
    answer = client.get(reverse("stations:board_sheet"), {"area": found.place.area_id})
    sheets = [
        [[str(cell) for cell in row] for row in grid]
        for _, grid in files.grids(answer.content, "活跃度.xlsx")
    ]
    assert [len(rows) for rows in sheets] == [2 + 1, 2 + 6]
    assert (tuple(sheets[0][1]), sheets[0][2][1]) == (boards.HEAD, found.place.name)


def test_the_board_costs_the_same_at_one_station_and_at_three(
    client, found, django_assert_num_queries
):
    client.force_login(found.office.user)
    page = reverse("stations:board")
    for more in (0, 2):
        for number in range(more):
            rota_walk.station(1, f"柳河镇第{number}站")
        client.get(page)
        with django_assert_num_queries(COST):
            text = unescape(client.get(page).content.decode())
    assert "柳河镇第1站" in text
    assert Station.objects.count() == 4
    assert Council.objects.count() == 1


COST = 21
