"""轮值's pages, papers and feeds: each opens for whom it is meant, and does what it says."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar
from pikepdf import Pdf
from pypdf import PdfReader

from congress.home.queries.office import desk
from congress.shared import clock
from congress.shared.models import Notice
from congress.shared.roles import Role
from stations.actions import rota
from stations.models import ReceptionDay, RotaFeed, RotaLeave, RotaSlot, Station, StationKind, Swap
from stations.queries import county_rota
from stations.states import SlotState
from tests import make
from tests.home.screens import front
from tests.stations import rota_walk as walk
from tests.stations.rota_walk import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(today):
    return walk.planned()


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"stations:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def post(client, name, *args, **data) -> int:
    return client.post(reverse(f"stations:{name}", args=args), data).status_code


def test_a_deputy_asks_another_answers_and_the_calendar_follows(client, found):
    slot = walk.turns(found)[0]
    other = walk.free_for(found, slot)
    asker, asked = walk.of(slot).user, make.as_deputy(other).user
    client.force_login(asker)
    assert "5 月 20 日（周三）" in page(client, "my_rota")
    assert other.name in page(client, "ask_swap", slot.pk)
    assert post(client, "ask_swap", slot.pk, asked="") == 422
    assert post(client, "ask_swap", slot.pk, asked=other.pk) == 302
    assert f"等{other.name}答复" in page(client, "my_rota")
    swap = Swap.objects.get()
    assert post(client, "withdraw_swap", swap.pk) == 302
    assert post(client, "ask_swap", slot.pk, asked=other.pk, words="劳驾") == 302
    client.force_login(asked)
    swap = Swap.objects.latest("pk")
    assert "请您换班" in page(client, "my_rota")
    assert "5 月 20 日（周三），柳河镇第一联络站。请您替一次。劳驾" in page(
        client, "refuse_swap", swap.pk
    )
    assert post(client, "agree_swap", swap.pk) == 302
    assert post(client, "refuse_swap", swap.pk, words="迟了") == 409
    assert post(client, "renew_feed") == 302
    feed = RotaFeed.objects.get()
    client.logout()
    text = client.get(reverse("stations:feed", args=[feed.token])).content
    days = [event.decoded("dtstart").date() for event in Calendar.from_ical(text).walk("VEVENT")]
    assert date(2026, 5, 20) in days
    token = RotaFeed.objects.create(deputy=slot.deputy, token="t" * 32, made_at=clock.now()).token
    gone = client.get(reverse("stations:feed", args=[token])).content
    [event] = [each for each in Calendar.from_ical(gone).walk("VEVENT") if each["sequence"]]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    client.force_login(asked)
    assert feed.token in page(client, "my_rota")
    assert post(client, "end_feed") == 302
    assert client.get(reverse("stations:feed", args=[feed.token])).status_code == 404


def test_leave_is_taken_and_called_off_on_the_phone(client, found):
    client.force_login(walk.of(walk.turns(found)[0]).user)
    page(client, "take_leave")
    wrong = {"from_on": "2026-05-01", "to_on": "2026-05-31", "reason": "外出"}
    assert post(client, "take_leave", **wrong) == 409
    assert post(client, "take_leave", **wrong | {"from_on": "2026-05-20"}) == 302
    assert "销假" in page(client, "my_rota")
    leave = walk.turns(found)[0].deputy.rota_leaves.model.objects.get()
    assert post(client, "end_leave", leave.pk) == 302


def test_the_keeper_runs_the_station_from_one_page(client, found):
    client.force_login(found.keeper.user)
    assert client.get(reverse("stations:my_stations")).status_code == 302
    assert "安排替班" in page(client, "station_rota", found.place.pk)
    slot = walk.turns(found)[0]
    other = walk.free_for(found, slot)
    page(client, "appoint_substitute", slot.pk)
    chosen = {"deputy": other.pk, "reason": "出差"}
    assert post(client, "appoint_substitute", slot.pk, **chosen) == 302
    page(client, "move_day", slot.day_id)
    assert post(client, "move_day", slot.day_id, to="2026-05-30", reason="停电") == 409
    assert post(client, "move_day", slot.day_id, to="2026-05-21", reason="停电") == 302
    assert "原定5 月 20 日（周三），停电" in page(client, "station_rota", found.place.pk)
    taken = RotaSlot.objects.get(stands_in_for=slot)
    with clock.at(datetime(2026, 5, 21, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
        client.force_login(found.keeper.user)
        assert "缺岗" in page(client, "station_rota", found.place.pk)
        assert post(client, "check_in", taken.pk, came="2") == 400
        assert post(client, "check_in", taken.pk, came="1") == 302
    taken.refresh_from_db()
    assert taken.state == SlotState.ATTENDED
    poster = reverse("stations:rota_poster", args=[found.place.pk])
    for name, row in (("rota_poster", found.place.pk), ("desk_sheet", slot.day_id)):
        content = client.get(reverse(f"stations:{name}", args=[row])).content
        assert len(Pdf.open(io.BytesIO(content)).pages) == 1
    words = PdfReader(io.BytesIO(client.get(poster).content)).pages[0].extract_text()
    assert not [said for said in ("逢十接待日", "有话当面说", "来不了") if said not in words]


def at(day: date):
    """Nine in the morning of that day."""
    return clock.at(datetime(day.year, day.month, day.day, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_on_the_day_the_keeper_still_finds_a_substitute_and_no_swap_is_offered(client, found):
    slot = walk.turns(found)[0]
    other, turn = walk.free_for(found, slot), reverse("stations:appoint_substitute", args=[slot.pk])
    ask = reverse("stations:ask_swap", args=[slot.pk])
    client.force_login(walk.of(slot).user)
    assert ask in page(client, "my_rota")
    with at(slot.day.held_on):
        client.force_login(walk.of(slot).user)
        seen = page(client, "my_rota")
        assert ask not in seen
        assert "换班最迟在接待日 1 天以前定下" in seen
        client.force_login(found.keeper.user)
        seen = page(client, "station_rota", found.place.pk)
        assert turn in seen
        assert reverse("stations:check_in", args=[slot.pk]) in seen
        assert (
            post(client, "appoint_substitute", slot.pk, deputy=other.pk, reason="临时住院") == 302
        )
        taken = RotaSlot.objects.get(stands_in_for=slot)
        assert post(client, "check_in", taken.pk, came="1") == 302
        seen = page(client, "station_rota", found.place.pk)
        assert reverse("stations:appoint_substitute", args=[taken.pk]) not in seen
        assert reverse("stations:move_day", args=[slot.day_id]) not in seen
        assert reverse("stations:desk_sheet", args=[slot.day_id]) in seen


def test_the_countys_year_stands_under_its_months_and_dates(client, found):
    new = walk.station(name="柳河镇第二联络站")
    late = date(2026, 11, 2)
    rota.plan_rota(year=YEAR, by=make.actor(), today=late)
    sheet = county_rota.county(YEAR, late)
    assert [sheet.months[0], sheet.months[-1], len(sheet.dates)] == [(5, 2), (12, 3), 23]
    cells = {line.pk: line.cells for line in sheet.lines}
    assert cells[new.place.pk][:17] == [None] * 17
    first = cells[new.place.pk][17]
    assert first.planned_on == sheet.dates[17] == date(2026, 11, 10)
    assert sheet.gaps == 17
    client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
    seen = page(client, "county_rota")
    assert seen.count('scope="colgroup"') == 8


def test_the_office_sees_the_county_plans_and_exports(client, found):
    client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
    assert "没有空缺" in page(client, "county_rota")
    assert "没有轮值" in page(client, "county_rota", gaps="1")
    assert "每人 24—24 次" in page(client, "plan_rota", year="2027")
    assert post(client, "plan_rota", year="2027") == 302
    assert "没有新的班要排" in page(client, "plan_rota", year="2027")
    assert "只能排" in page(client, "plan_rota", year="2025")
    assert post(client, "plan_rota", year="2025") == 409
    page(client, "station_rota", found.place.pk, year="2027")
    sheet = client.get(reverse("stations:county_rota_sheet"), {"year": "2027"})
    assert sheet.content[:2] == b"PK"
    assert client.get(reverse("stations:county_rota"), {"area": "x"}).status_code == 400
    client.force_login(found.keeper.user)
    assert client.get(reverse("stations:county_rota")).status_code == 403


def test_voters_read_who_receives_next_and_take_the_days_along(client, found):
    names = [slot.deputy.name for slot in walk.turns(found)[:2]]
    seen = client.get(reverse("stations:public_detail", args=[found.place.pk])).content.decode()
    assert all(name in seen for name in names)
    feed = client.get(reverse("stations:station_ics", args=[found.place.pk])).content
    before = {each["uid"]: each for each in Calendar.from_ical(feed).walk("VEVENT")}
    assert (len(before), {each["sequence"] for each in before.values()}) == (23, {0})
    first = ReceptionDay.objects.ahead(walk.TODAY)[0]
    to = first.held_on + timedelta(days=1)
    rota.move_day(first, to=to, reason="停电", by=found.keeper, today=walk.TODAY)
    feed = client.get(reverse("stations:station_ics", args=[found.place.pk])).content
    moved = [each for each in Calendar.from_ical(feed).walk("VEVENT") if each["sequence"]]
    assert [(one["sequence"], one.decoded("dtstart").date()) for one in moved] == [(1, to)]
    assert moved[0]["uid"] in before


def test_the_pages_cost_the_same_for_one_station_and_for_three(
    client, found, django_assert_max_num_queries
):
    client.force_login(make.actor(Role.STAFF_DIRECTOR).user)
    page(client, "county_rota")
    with django_assert_max_num_queries(16):
        page(client, "county_rota")
    with django_assert_max_num_queries(18):
        page(client, "station_rota", found.place.pk)


def test_the_station_enters_leave_for_whoever_rings_up_and_calls_it_off(client, found):
    slot = walk.turns(found)[0]
    away = {"deputy": slot.deputy_id, "from_on": "2026-05-20", "to_on": "2026-05-20"}
    clerk = make.actor(Role.TOWNSHIP_CLERK)
    for by in (found.keeper, clerk, make.actor()):
        client.force_login(by.user)
        assert "代表请假" in page(client, "station_rota", found.place.pk)
        assert slot.deputy.name in page(client, "station_leave", found.place.pk)
        assert post(client, "station_leave", found.place.pk, **away) == 422
        assert post(client, "station_leave", found.place.pk, **away, reason="住院") == 302
        leave = RotaLeave.objects.standing().get()
        assert f"{by.user.name}登记" in page(client, "station_leave", found.place.pk)
        told = Notice.objects.get(key=f"stations.leave:{leave.pk}")
        assert told.person == slot.deputy.user
        answer = client.post(reverse("stations:end_leave", args=[leave.pk]))
        assert answer.url == reverse("stations:station_leave", args=[found.place.pk])
    other = walk.station(name="青山乡第一联络站", area=make.township("青山乡"))
    client.force_login(other.keeper.user)
    assert client.get(reverse("stations:station_leave", args=[found.place.pk])).status_code == 404
    assert post(client, "end_leave", RotaLeave.objects.latest("pk").pk) == 404


def test_an_empty_day_waits_on_every_desk_until_somebody_says_who_came(client, found):
    turns = walk.turns(found)[:2]
    day, empty = turns[0].day, reverse("stations:empty_days")
    with at(day.held_on + timedelta(days=1)):
        office, clerk = make.actor(Role.STAFF_CLERK), make.actor(Role.TOWNSHIP_CLERK)
        queue = next(each for each in desk(office, clock.today()).queues if each.url == empty)
        assert (queue.count, queue.kind) == (1, "late")
        for by in (office, clerk, found.keeper):
            client.force_login(by.user)
            assert "没有登记到岗" in page(client, "empty_days")
        for by in (clerk, found.keeper):
            assert "柳河镇第一联络站，5 月 20 日。来过的补登" in front(by.user)[0]
        for slot in turns:
            assert post(client, "check_in", slot.pk, came="0") == 302
        assert "都没有来" in page(client, "empty_days")
        queue = next(each for each in desk(office, clock.today()).queues if each.url == empty)
        assert (queue.count, queue.words) == (0, "最近另有 1 次没有代表到岗")
        assert post(client, "check_in", turns[0].pk, came="1") == 302
        assert "没有空岗" in page(client, "empty_days")
        client.force_login(turns[0].deputy.user)
        assert client.get(empty).status_code == 403


def test_a_home_says_that_it_has_no_reception_days(client, found):
    kind, area, by = StationKind.HOME, found.place.area, found.keeper
    home = Station.objects.create(kind=kind, area=area, name="柳河镇代表之家", keeper=by.user)
    client.force_login(by.user)
    listed = page(client, "my_stations")
    assert "代表之家没有排接待日" in listed
    assert "下次接待 5 月 20 日（周三）" in listed
    assert "代表之家没有排接待日" in page(client, "station_rota", home.pk)
