"""长的导入在后台做完: long imports go on without anybody."""

import pytest
from django.urls import reverse

from deputies.actions import reading, roster
from deputies.models import Deputy, Mandate, RosterFile, RosterImport
from deputies.states import ImportState
from stations import tasks
from stations.actions import places
from stations.models import Posting
from tests import make
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


@pytest.mark.django_db(transaction=True)
def test_two_workers_read_and_write_a_batch_once(long):
    batch = sheet.upload([sheet.row() for _ in range(5)])
    assert at_once(2, tasks.run_imports) == ["done", "done"]
    assert batch.rows.count() == 5
    places.apply_roster(batch, by=make.actor(), today=TODAY)
    assert at_once(2, tasks.run_imports) == ["done", "done"]
    assert (Deputy.objects.count(), Mandate.objects.count()) == (5, 5)
