"""导入家站表: looked at, confirmed, written once; what is wrong says so by its row."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, transaction
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from congress.shared.workbook import workbook
from stations.actions import place_sheet
from stations.models import Posting, Station, StationImport
from stations.queries.place_sheet import Row, judged
from stations.queries.register import HEAD, rows, sheet
from tests import make
from tests.race import at_once
from tests.stations import rota_walk as walk
from tests.stations.rota_walk import TODAY

pytestmark = pytest.mark.django_db
NEW = ("柳河镇", "代表联络站", "柳河镇第二联络站", "老街 18 号", "周一至周五", "110.2", "32.2")


@pytest.fixture
def found(today):
    return walk.station(1)


def file(*lines) -> bytes:
    return workbook("家站", HEAD[:7], lines)


def look(*lines) -> list[tuple[str, str]]:
    return [(one.verdict.value, one.words) for one in judged(file(*lines), "家站.xlsx", TODAY)]


def row(**facts) -> Row:
    plain = Row(2, make.township().pk, "station", NEW[2], *NEW[3:5], "", "110.20000", "32.20000")
    return plain._replace(**facts)


def test_import_stations_founds_and_describes_and_again_changes_nothing(found):
    old = row(number=3, name=found.place.name)
    assert place_sheet.import_stations([row(), old], by=make.actor(), today=TODAY) == (1, 2)
    made = Station.objects.get(name=NEW[2])
    assert (made.address, str(made.longitude), made.position) == ("老街 18 号", "110.20000", 2)
    deeds = list(AuditEvent.objects.values_list("now", flat=True).order_by("pk"))
    assert deeds == ["founded", "described", "described"]
    place_sheet.import_stations([row(), old], by=make.actor(), today=TODAY)
    assert AuditEvent.objects.count() == 3
    content = workbook("家站", HEAD, sheet(rows(TODAY)))
    assert {one.verdict.value for one in judged(content, "家站.xlsx", TODAY)} == {"same"}


def test_import_stations_is_the_offices_and_comes_in_whole_or_not_at_all(found):
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="只有代工委"):
            place_sheet.import_stations([row()], by=make.actor(role), today=TODAY)
    far = row(number=9, name="另一站", longitude="120.00000")
    with pytest.raises(Refused, match="第 9 行：这个位置不在本县"):
        place_sheet.import_stations([row(), far], by=make.actor(), today=TODAY)
    assert Station.objects.count() == 1
    with pytest.raises(DataError), transaction.atomic():
        place_sheet.import_stations([row(name="站" * 41)], by=make.actor(), today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_import_the_same_places_once():
    given, by = [row()], make.actor()
    assert at_once(3, place_sheet.import_stations, given, by=by, today=TODAY) == ["done"] * 3
    assert Station.objects.count() == AuditEvent.objects.filter(now="founded").count() == 1


def test_a_row_says_what_it_changes_or_what_is_wrong_with_it(found):
    Station.objects.create(kind="home", area=make.township(), name="柳河镇代表之家")
    Station.objects.create(
        kind="station", area=make.township(), name="旧站", state="closed", closed_on=TODAY, why="并"
    )
    old = found.place.name
    assert look(
        NEW,
        NEW,
        ("柳河镇", "", old, "新街 1 号", "周一"),
        ("柳河镇", "", old + "二"),
        ("柳河镇", "代表之家", old, "新街", "周一"),
        ("无此镇", "", "甲站"),
        ("柳河镇", "驿站", "乙站"),
        ("柳河镇", "", "丙站", "新街", "周一", "东边", "32"),
        ("柳河镇", "", "丁站", "新街", "周一", "110.2"),
        ("柳河镇", "", "戊站", "新街", "周一", "32.2", "110.2"),
        ("柳河镇", "", "己站", "新街"),
        ("柳河镇", "代表之家", "又一家"),
        ("柳河镇", "", "旧站"),
    ) == [
        ("new", "新设"),
        ("error", "名称和上面一行重复"),
        ("changed", "地址：（没有） → 新街 1 号；开放时间：（没有） → 周一"),
        ("new", "新设"),
        ("error", "名称和上面一行重复"),
        ("error", "没有“无此镇”这个乡镇"),
        ("error", "类别写“代表之家”或“代表联络站”，不是“驿站”"),
        ("error", "经度要写成小数，例如 110.22845，不是“东边”"),
        ("error", "经度和纬度要一起填"),
        (
            "error",
            "这个位置不在本县（经度 109.53—110.43，纬度 31.50—32.63），经度和纬度好像填反了",
        ),
        ("error", "地址和开放时间要一起写"),
        ("error", "这个乡镇已经有代表之家"),
        ("error", "这个家站已经撤并"),
    ]


def test_the_sheet_is_looked_at_and_then_comes_in(client, found):
    page = reverse("stations:import_stations")
    client.force_login(make.actor().user)
    assert "导入家站表" in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 422
    for content, status in ((b"", 409), (workbook("家", ["姓名", "性别"], [["甲", "男"]]), 409)):
        wrong = {"file": SimpleUploadedFile("家站.xlsx", content)}
        assert client.post(page, wrong).status_code == status
    shown = client.post(page, {"file": SimpleUploadedFile("家站.xlsx", file(NEW))})
    assert (shown.status_code, "导入 1 行" in shown.content.decode()) == (200, True)
    assert client.post(page, {"rows": "x"}).status_code == 409
    done = client.post(page, {"rows": shown.context["rows"]}, follow=True)
    assert "新设 1 个，更新 0 个" in done.content.decode()
    assert client.post(page, {"rows": shown.context["rows"]}).status_code == 302
    assert Station.objects.count() == 2


# 撤回


def test_undo_stations_puts_back_what_nobody_changed_since_and_names_what_stays(found, client):
    office = make.actor()
    old, used = row(number=3, name=found.place.name), row(number=4, name="柳河镇第五联络站")
    touched = walk.station(1, name="柳河镇第六联络站").place
    place_sheet.import_stations(
        [row(), old, used, row(number=5, name=touched.name)], by=office, today=TODAY
    )
    batch = StationImport.objects.get()
    at = Station.objects.get(name="柳河镇第五联络站")
    Posting.objects.create(deputy=make.deputy(), station=at, from_on=TODAY)
    Station.objects.filter(pk=touched.pk).update(address="新街 1 号")
    client.force_login(office.user)
    assert (
        "新设 2 个，更新 2 个" in client.get(reverse("stations:import_stations")).content.decode()
    )
    undo = reverse("stations:undo_stations", args=[batch.pk])
    assert "新设的没有人用就去掉" in client.get(undo).content.decode()
    assert client.post(undo).status_code == 302
    batch.refresh_from_db()
    kept = "柳河镇第六联络站、柳河镇第五联络站"
    assert batch.outcome == (f"撤回更新 1 个、新设 1 个，保留 2 个（后来改过或者已经在用）：{kept}")
    found.place.refresh_from_db()
    assert (found.place.address, found.place.latitude) == ("", None)
    assert not Station.objects.filter(name=NEW[2]).exists()
    assert Station.objects.get(pk=touched.pk).address == "新街 1 号"
    assert AuditEvent.objects.filter(subject="stations.StationImport").get().now == "sheet_undone"
    assert client.post(undo).status_code == 409


def test_undo_stations_is_the_offices_once_and_within_its_days(found):
    place_sheet.import_stations([row()], by=make.actor(), today=TODAY)
    batch = StationImport.objects.get()
    for role in sorted(set(Role) - STAFF):
        with pytest.raises(Refused, match="只有代工委"):
            place_sheet.undo_stations(batch, by=make.actor(role))
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused, match="超过 30 天"):
        place_sheet.undo_stations(batch, by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_undo_a_sheet_once():
    walk.station(1)
    by = make.actor()
    place_sheet.import_stations([row()], by=by, today=TODAY)
    batch = StationImport.objects.get()
    assert at_once(2, place_sheet.undo_stations, batch, by=by) == ["done", "refused"]
    assert Station.objects.count() == 1
