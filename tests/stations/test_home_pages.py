"""阵地's pages, papers and pictures: each opens for whom it is meant, and does what it says."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pikepdf import Pdf

from congress.shared.roles import DESK, Role
from deputies import files
from stations.actions import fittings
from stations.models import Posting, Standard, Station, WallDocument
from stations.pictures import Place, Township, county_map, phone_map, spread, township_map
from tests import make
from tests.stations import rota_walk as walk
from tests.stations import screens
from tests.stations.rota_walk import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(today):
    return walk.station(2)


def page(client, name, *args, status=200, **query) -> str:
    answer = client.get(reverse(f"stations:{name}", args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def post(client, where, *args, **data) -> int:
    return client.post(reverse(f"stations:{where}", args=args), data).status_code


def test_the_office_keeps_the_register_from_founding_to_closing(client, found):
    client.force_login(make.actor().user)
    text = page(client, "register")
    for words in ("柳河镇第一联络站", "没有自查过", "没有位置", "每一名代表都已进驻", "新设家站"):
        assert words in text
    new = {"kind": "station", "area": found.place.area_id, "name": "柳河镇第二联络站"}
    assert post(client, "open_station", **new | {"name": ""}) == 422
    assert post(client, "open_station", **new) == 302
    assert post(client, "open_station", **new) == 409
    heir = Station.objects.get(name="柳河镇第二联络站")
    place = {"address": "老街 18 号", "opening": "周一至周五"}
    swapped = {"longitude": "32.22517", "latitude": "110.22845"}
    assert post(client, "describe_station", heir.pk, **place, **swapped) == 422
    outside = {"longitude": "110.22845", "latitude": "33.5"}
    assert post(client, "describe_station", heir.pk, **place, **outside) == 409
    there = {"longitude": "110.22845", "latitude": "32.22517"}
    assert post(client, "describe_station", heir.pk, **place, **there) == 302
    assert "老街 18 号" in page(client, "register", q="老街", area=heir.area_id, show="nokeeper")

    mover = found.deputies[0]
    page(client, "post_deputy", heir.pk)
    assert post(client, "post_deputy", heir.pk, deputy="") == 422
    posting = Posting.objects.get(deputy=mover)
    page(client, "unpost_deputy", posting.pk)
    assert post(client, "unpost_deputy", posting.pk, reason="调走") == 302
    assert mover.name in page(client, "posted_nowhere")
    assert post(client, "post_missing") == 302
    assert post(client, "post_deputy", heir.pk, deputy=mover.pk) in (302, 422)

    screen = screens.address(found.place)
    assert client.get(screen).status_code == 200
    assert "名进驻代表改驻" in page(client, "close_station", found.place.pk)
    assert post(client, "close_station", found.place.pk, successor="", reason="合并") == 422
    assert post(client, "close_station", found.place.pk, successor=heir.pk, reason="合并") == 302
    assert "并入柳河镇第二联络站" in page(client, "station_file", found.place.pk)
    client.logout()
    gone = page(client, "public_detail", found.place.pk)
    assert "撤并，不再接待：合并" in gone
    assert heir.name in gone
    assert client.get(screen).status_code == 404


def test_the_register_goes_out_as_a_sheet_of_what_is_shown(client, found):
    client.force_login(make.actor().user)
    answer = client.get(reverse("stations:register_sheet"))
    rows = [[*row] for _, grid in files.grids(answer.content, "家站.xlsx") for row in grid]
    assert rows[0][:7] == ["乡镇", "类别", "名称", "地址", "开放时间", "经度", "纬度"]
    assert rows[1][1:3] == ["代表联络站", "柳河镇第一联络站"]
    for query in ("?show=x", "?area=0", "?page=x"):
        assert client.get(reverse("stations:register") + query).status_code == 400


def test_the_keeper_checks_the_place_and_prints_its_walls(client, found):
    document = WallDocument.objects.first()
    client.force_login(make.actor().user)
    assert "还没有发布" in page(client, "walls")
    page(client, "publish_wall", document.pk)
    assert post(client, "publish_wall", document.pk, text="一、接待。", basis="") == 422
    assert post(client, "publish_wall", document.pk, text="一、接待。", basis="主任会议") == 302
    assert post(client, "publish_wall", document.pk, text="一、接待。", basis="主任会议") == 409

    client.force_login(found.keeper.user)
    assert "2026 年还没有自查" in page(client, "station_file", found.place.pk)
    page(client, "check_station", found.place.pk)
    answers = {f"has{each.pk}": "1" for each in Standard.objects.running(TODAY)}
    first = Standard.objects.first()
    wrong = answers | {f"has{first.pk}": "0"}
    assert post(client, "check_station", found.place.pk, **wrong) == 422
    wrong[f"lacks{first.pk}"] = "房子在修"
    assert post(client, "check_station", found.place.pk, **wrong) == 302
    assert "缺：房子在修" in page(client, "station_file", found.place.pk)
    poster = reverse("stations:wall_poster", args=[found.place.pk, document.pk])
    assert len(Pdf.open(BytesIO(client.get(poster + "?paper=a3").content)).pages) == 1
    assert client.get(poster + "?paper=a5").status_code == 400
    other = reverse("stations:wall_poster", args=[found.place.pk, document.pk + 1])
    assert client.get(other).status_code == 404
    client.logout()
    text = page(client, "public_detail", found.place.pk)
    assert "场所（正在补）" in text
    assert "一、接待。" in text
    assert "房子在修" not in text


def test_others_see_no_desk_and_no_file_of_a_place_that_is_not_theirs(client, found):
    desk = ("register", "register_sheet", "walls", "import_stations", "open_station")
    for number, role in enumerate(sorted(set(Role) - DESK)):
        client.force_login(make.actor(role).user)
        page(client, desk[number % len(desk)], status=403)
        theirs = role == Role.TOWNSHIP_CLERK
        page(client, "station_file", found.place.pk, status=200 if theirs else 404)


def test_a_township_posts_its_deputies_on_its_own_pages(client, found):
    by, mover = make.actor(Role.TOWNSHIP_CLERK), found.deputies[0]
    client.force_login(by.user)
    assert "安排代表进驻…" in page(client, "station_file", found.place.pk)
    posting = Posting.objects.get(deputy=mover)
    page(client, "unpost_deputy", posting.pk)
    assert post(client, "unpost_deputy", posting.pk, reason="调走") == 302
    assert "1 名在任代表没有进驻" in page(client, "posted_nowhere")
    assert mover.name in page(client, "post_deputy", found.place.pk)
    assert post(client, "post_deputy", found.place.pk, deputy=mover.pk) == 302
    assert post(client, "post_missing") == 302
    place = Station.objects.create(kind="station", area=make.township("远山镇"), name="远山镇站")
    page(client, "post_deputy", place.pk, status=404)


def test_the_lists_cost_the_same_at_one_row_and_at_three(client, found):
    client.force_login(make.actor().user)
    counts = []
    for count in (1, 2):
        for _ in range(count):
            place = Station.objects.create(
                kind="station", area=make.township(), name=f"第{make.serial()}站"
            )
            make.deputy()
            lacks = {each.pk: "" for each in Standard.objects.running(TODAY)}
            fittings.check_station(place, lacks=lacks, by=make.actor(), today=TODAY)
        for name in ("register", "posted_nowhere"):
            with CaptureQueriesContext(connection) as queries:
                page(client, name)
            counts.append((name, len(queries)))
    assert counts[:2] == counts[2:]


def test_the_public_list_draws_the_places_and_takes_no_position(client, found):
    text = page(client, "public_list")
    assert "<svg" not in text
    Station.objects.update(latitude=Decimal("32.22517"), longitude=Decimal("110.22845"))
    text = page(client, "public_list")
    assert text.count("<svg") == 2
    assert "不是行政区划图，没有画乡镇界线" in text
    assert 'data-at="32.22517,110.22845"' in text
    assert page(client, "public_list", area=found.place.area_id).count("<svg") == 1


def places_of(township: int, count: int) -> tuple[Place, ...]:
    return tuple(
        Place(
            32.1 + township / 20, 110 + n / 500, f"<{township}.{n}>", "镇", n == 0, f"/{n}/?a=1&b=2"
        )
        for n in range(count)
    )


def links(drawing) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"><title>', drawing)


def test_the_maps_link_every_place_and_say_the_same_in_words():
    townships = [Township(f"{n}镇", f"/?area={n}", places_of(n, 5)) for n in range(4)]
    county = county_map(townships)
    assert len(links(county)) == 24
    assert ("/3/?a=1&amp;b=2", "&lt;0.3&gt;") in links(county)
    assert "3镇 5 个</desc>" in county
    assert links(phone_map(townships)) == [(f"/?area={n}", f"{n}镇，5 个家站") for n in range(4)]
    for one in (townships[0], Township("镇", "/", places_of(0, 1))):
        assert len(links(township_map(one))) == len(one.places)


def test_what_is_spread_stands_apart():
    found = spread([(100.0, 100.0)] * 3 + [(104.0, 100.0)], 50, 20)
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            assert abs(one[0] - other[0]) > 49 or abs(one[1] - other[1]) > 19
