"""长的导入在后台做完，整批可以撤回: long imports go on without anybody, and can be taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Area, AuditEvent, Term
from congress.shared.roles import STAFF, Role
from deputies.actions import reading, roster
from deputies.models import Deputy, DeputyGroup, Mandate, Membership, RosterFile, RosterImport
from deputies.states import ImportState
from stations import tasks
from stations.actions import places, undoing
from stations.models import Posting, Station
from tests import make
from tests.deputies import sheet, walk
from tests.race import at_once
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
TODAY = sheet.TODAY


def applied(*rows, by=None, **how):
    by = by or make.actor()
    return places.apply_roster(sheet.upload(rows, by=by, **how), by=by, today=TODAY)


def undo(batch, *, by=None):
    return undoing.undo_roster(batch, by=by or make.actor(), today=TODAY)


@pytest.fixture
def long(monkeypatch):
    """Files are long from the first byte on, imports from the second row."""
    monkeypatch.setattr(reading, "LONG", 10)
    monkeypatch.setattr(reading, "PIECE", 2)
    monkeypatch.setattr(places, "LONG", 1)


# In the background.


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


# Taken back.


def everything():
    return {
        "people": sorted(Deputy.objects.values_list("name", "education", "job", "phone")),
        "seats": sorted(Mandate.objects.values_list("certificate", "district__name", "to_on")),
        "groups": sorted(Membership.objects.values_list("deputy__name", "group__name", "to_on")),
        "posts": sorted(Posting.objects.values_list("deputy__name", "station__name", "to_on")),
        "frame": [
            model.objects.count() for model in (Area, Term, DeputyGroup, Station, Deputy, Mandate)
        ],
    }


def test_undo_roster_leaves_the_register_as_it_was():
    one, two = sheet.row(), sheet.row()
    applied(one, two)
    before = everything()
    moved = {"学历": "本科", "代表小组": "柳河镇第二代表小组", "联络站": "柳河镇第二代表联络站"}
    moved |= {"选区（选举单位）": "柳河镇第9选区", "代表证号": "198888", "代表团": "新代表团"}
    batch = applied(one | moved, two, sheet.row())
    assert everything() != before
    batch = undo(batch)
    assert everything() == before
    assert (batch.state, batch.undone_by is not None) == (ImportState.UNDONE, True)
    note = AuditEvent.objects.filter(subject="deputies.RosterImport", now="undone").get().note
    assert note == "撤回新增 1 人、变更 1 人"


def test_undo_of_the_first_import_leaves_nothing():
    batch = applied(sheet.row(), sheet.row())
    undo(batch)
    assert (Deputy.objects.count(), Membership.objects.count(), Posting.objects.count()) == (0,) * 3
    assert (DeputyGroup.objects.count(), Station.objects.count(), Term.objects.count()) == (0,) * 3


def test_who_has_records_by_now_stays_and_is_named():
    batch = applied(sheet.row(姓名="罗明贵"), sheet.row(姓名="吴秀兰"))
    person = Deputy.objects.get(name="罗明贵")
    person.user = make.user("罗明贵")
    person.save()
    with clock.at(clock.now().replace(year=2026, month=5, day=12)):
        walk.report(person)
    batch = undo(batch)
    assert list(Deputy.objects.values_list("name", flat=True)) == ["罗明贵"]
    assert (person.mandates.count(), person.membership_set.count()) == (1, 1)
    assert "保留 1 人" in batch.problem
    assert "罗明贵" in batch.problem


def test_what_was_changed_again_since_stays():
    row = sheet.row()
    applied(row)
    batch = applied(row | {"学历": "本科", "党派": "群众"})
    Deputy.objects.update(education="研究生")
    undo(batch)
    assert Deputy.objects.values_list("education", "party").get() == ("研究生", "中共党员")


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_only_the_office_takes_an_import_back(role):
    batch = applied(sheet.row())
    with pytest.raises(Refused, match="只有代工委可以撤回"):
        undo(batch, by=make.actor(role))


def test_an_import_is_taken_back_once_and_within_its_days():
    fresh = sheet.upload([sheet.row()])
    with pytest.raises(Refused, match="待确认"):
        undo(fresh)
    batch = applied(sheet.row())
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused, match="超过 30 天"):
        undo(batch)
    undo(batch)
    with pytest.raises(Refused, match="已撤回"):
        undo(batch)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_take_an_import_back_once():
    batch, by = applied(sheet.row()), make.actor()
    assert at_once(2, undo, batch, by=by) == ["done", "refused"]


def test_the_page_shows_what_undoing_will_touch_and_then_does_it(client):
    batch = applied(sheet.row(), sheet.row())
    as_(client, make.actor())
    page = reverse("stations:undo_roster", args=[batch.pk])
    assert page in text(client.get(reverse("deputies:preview", args=[batch.pk])))
    body = text(client.get(page))
    assert ("新增的人" in body, "新建的小组" in body) == (True, True)
    assert "已撤回新增 2 人" in text(client.post(page, follow=True))
    assert "不能变为" in text(client.get(page))
