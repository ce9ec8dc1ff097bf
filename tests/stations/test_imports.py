"""长的导入在后台做完: long imports go on without anybody."""

import pytest
from django.db import connection
from django.urls import reverse

from congress.shared.models import AuditEvent
from deputies.actions import reading, roster
from deputies.models import Deputy, DeputyGroup, Mandate, RosterFile, RosterImport
from deputies.states import ImportState
from stations import tasks
from stations.actions import places
from stations.models import Posting, Station
from tests import make, tamper
from tests.deputies import sheet
from tests.race import at_once
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
TODAY = sheet.TODAY


@pytest.fixture
def long(monkeypatch):
    """Files are long from the first byte on, imports from the second row."""
    monkeypatch.setattr(reading, "LONG", 10)
    monkeypatch.setattr(reading, "PIECE", 2)
    monkeypatch.setattr(places, "LONG", 1)


def test_a_long_file_waits_is_read_by_a_task_and_shows_its_progress(client, long):
    batch = sheet.upload([sheet.row() for _ in range(5)])
    as_(client, make.actor())
    page = reverse("deputies:preview", args=[batch.pk])
    assert (batch.state, batch.rows.count()) == (ImportState.WAITING, 0)
    assert "正在读取，已读 0 行" in text(client.get(page))
    assert tasks.run_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.rows_read, batch.rows.count()) == (ImportState.PREVIEWED, 5, 5)
    assert not RosterFile.objects.exists()
    assert client.get(page, HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    assert tasks.run_imports() == 0


def test_a_run_that_died_half_way_is_begun_again(long):
    batch = sheet.upload([sheet.row() for _ in range(5)])
    file = RosterFile.objects.get()
    pieces = reading.read_rows(batch, reading.open_sheet(batch, bytes(file.content)))
    batch.rows.bulk_create(next(iter(pieces)))
    assert batch.rows.count() == 2
    tasks.run_imports()
    assert batch.rows.count() == 5


def test_a_file_put_aside_while_it_is_read_leaves_no_rows(long):
    batch = sheet.upload([sheet.row() for _ in range(3)])
    roster.drop(batch, by=make.actor())
    assert tasks.run_imports() == 0
    assert batch.rows.count() == 0


def test_a_long_import_is_confirmed_at_once_and_written_by_a_task(client, long):
    batch = sheet.upload([sheet.row() for _ in range(3)])
    tasks.run_imports()
    clerk = make.actor()
    as_(client, clerk)
    client.post(reverse("stations:apply_roster", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, Deputy.objects.count()) == (ImportState.APPLYING, 0)
    assert "正在写入名册" in text(client.get(reverse("deputies:preview", args=[batch.pk])))
    assert tasks.run_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.applied_by) == (ImportState.APPLIED, clerk.user)
    assert (Deputy.objects.count(), Posting.objects.count()) == (3, 3)


def test_a_confirmed_import_that_no_longer_fits_comes_back_with_its_reason(client, long):
    batch = sheet.upload([sheet.row() for _ in range(3)])
    tasks.run_imports()
    places.apply_roster(batch, by=make.actor(), today=TODAY)
    RosterImport.objects.get(pk=batch.pk).rows.filter(number=4).update(verdict="same")
    assert tasks.run_imports() == 1
    batch.refresh_from_db()
    assert batch.state == ImportState.PREVIEWED
    assert "又有变动" in batch.problem
    assert Deputy.objects.count() == 0
    as_(client, make.actor())
    assert "上次没有写入" in text(client.get(reverse("deputies:preview", args=[batch.pk])))


def test_the_trail_of_a_long_import_names_who_confirmed_it(long):
    batch = sheet.upload([sheet.row() for _ in range(3)])
    tasks.run_imports()
    clerk = make.actor()
    places.apply_roster(batch, by=clerk, today=TODAY)
    tasks.run_imports()
    events = AuditEvent.objects.filter(now__in=("enrolled", "applied", "placed"))
    assert set(events.values_list("by_id", "by_name", "post")) == {
        (clerk.user.pk, clerk.name, clerk.title)
    }
    assert events.count() == 5


def forbid(table: str, rule: str) -> None:
    """The database refuses these rows, as a fault of ours would make it do."""
    with tamper.as_owner(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT a_fault CHECK ({rule}) NOT VALID")


def test_an_import_that_fails_says_so_once_and_stops_no_other(long, caplog):
    forbid("deputies_deputy", "job <> '出错'")
    bad = sheet.upload([sheet.row(工作单位及职务="出错"), sheet.row()])
    good = sheet.upload([sheet.row(), sheet.row()])
    tasks.run_imports()
    for batch in (bad, good):
        places.apply_roster(batch, by=make.actor(), today=TODAY)
    assert tasks.run_imports() == 2
    assert "not written" in caplog.text
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.problem, bad.applied_by) == ("previewed", tasks.NOT_WRITTEN, None)
    assert (good.state, Deputy.objects.count()) == ("applied", 2)
    assert tasks.run_imports() == 0


def test_a_file_that_cannot_be_read_is_dropped_and_stops_no_other(long):
    forbid("deputies_rosterrow", "name <> '罗明贵'")
    bad, good = (sheet.upload([sheet.row(姓名=name)]) for name in ("罗明贵", "吴秀兰"))
    assert tasks.run_imports() == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.problem, good.state) == ("dropped", tasks.NOT_READ, "previewed")
    assert not RosterFile.objects.exists()


def test_a_new_station_is_kept_by_the_group_people_are_in_when_the_sheet_names_none():
    row = sheet.row()
    by = make.actor()
    places.apply_roster(sheet.upload([row], by=by), by=by, today=TODAY)
    group = DeputyGroup.objects.get()
    header = [title for title in sheet.HEADER if title != "代表小组"]
    moved = {"联络站": "桃园代表联络站"}
    content = sheet.book([row | moved], header=header)
    facts = {"file_name": "名册.xlsx", "elected_on": sheet.ELECTED_ON, "by": by}
    batch = roster.match_columns(
        roster.upload(content, **facts), names={}, waived=["代表小组"], level="", by=by
    )
    places.apply_roster(batch, by=by, today=TODAY)
    station = Station.objects.get(name="桃园代表联络站")
    assert (station.group, station.area) == (group, group.area)


@pytest.mark.django_db(transaction=True)
def test_two_workers_read_and_write_a_batch_once(long):
    batch = sheet.upload([sheet.row() for _ in range(5)])
    assert at_once(2, tasks.run_imports) == ["done", "done"]
    assert batch.rows.count() == 5
    places.apply_roster(batch, by=make.actor(), today=TODAY)
    assert at_once(2, tasks.run_imports) == ["done", "done"]
    assert (Deputy.objects.count(), Mandate.objects.count()) == (5, 5)
