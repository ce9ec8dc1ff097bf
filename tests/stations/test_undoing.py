"""撤回导入: a whole import is taken back, save what has come to hang on it since."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import Area, AuditEvent, Post, Term
from congress.shared.roles import STAFF, Role
from deputies import tasks
from deputies.actions import accounts, terms
from deputies.models import (
    Deputy,
    DeputyGroup,
    District,
    Mandate,
    Membership,
    Pledge,
    RetiredCode,
)
from deputies.states import ImportState
from stations.actions import places, undoing
from stations.models import Posting, Station
from tests import make
from tests.deputies import seats, sheet, walk
from tests.race import at_once
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
TODAY = sheet.TODAY


def applied(*rows, by=None, **how):
    by = by or make.actor()
    return places.apply_roster(sheet.upload(rows, by=by, **how), by=by, today=TODAY)


def undo(batch, *, by=None):
    return undoing.undo_roster(batch, by=by or make.actor(), today=TODAY)


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
    assert "不用再办一次" in text(client.get(page))


# What hangs on it stays.


def test_a_deputy_with_an_account_stays_with_seat_group_and_post():
    batch = applied(sheet.row(姓名="罗明贵"), sheet.row())
    person = Deputy.objects.get(name="罗明贵")
    clerk = make.actor()
    accounts.open_account(person, by=clerk, today=TODAY)
    batch = undo(batch)
    assert list(Deputy.objects.values_list("name", flat=True)) == ["罗明贵"]
    assert (person.mandates.count(), person.membership_set.count()) == (1, 1)
    assert Post.objects.filter(user__deputy=person, to_on=None).count() == 1
    assert batch.problem.endswith(
        "撤回新增 1 人、变更 0 人，保留 1 人（已有别的记录或后来改过）：罗明贵"
    )


@pytest.mark.parametrize("what", ["code", "pledge"])
def test_codes_on_printed_cards_and_pledges_are_not_lost(what):
    batch = applied(sheet.row(), sheet.row(姓名="罗明贵"))
    person = Deputy.objects.get(name="罗明贵")
    if what == "code":
        RetiredCode.objects.create(deputy=person, code="x", reason="换发", retired_at=clock.now())
    else:
        Pledge.objects.create(deputy=person, position=1, text="每月到站一次")
    undo(batch)
    assert list(Deputy.objects.all()) == [person]
    assert (RetiredCode.objects.count() + Pledge.objects.count()) == 1


def test_one_held_seat_of_a_new_term_does_not_break_the_undo():
    one, two = sheet.row(姓名="罗明贵"), sheet.row(姓名="吴秀兰")
    applied(one, two)
    old, new = Term.objects.get(assembly__level__code="county"), date(2026, 5, 1)
    facts = {"number": old.number + 1, "from_on": new, "seats": 30}
    terms.open_term(old.assembly, **facts, by=make.director(), today=TODAY)
    batch = applied(one | {"代表小组": "柳河镇第二代表小组"}, two, elected_on=new)
    assert Mandate.objects.filter(from_on=new).count() == 2
    held = Mandate.objects.get(from_on=new, deputy__name="罗明贵")
    seats.terminated(held, on=TODAY, today=TODAY)
    batch = undo(batch)
    assert list(Mandate.objects.filter(from_on=new)) == [held]
    assert "保留 1 人（已有别的记录或后来改过）：罗明贵" in batch.problem


def test_facts_of_a_seat_changed_by_hand_since_stay_and_are_named():
    row = sheet.row(姓名="罗明贵")
    applied(row)
    moved = {"选区（选举单位）": "柳河镇第9选区", "代表证号": "198888", "代表团": "新代表团"}
    batch = applied(row | moved)
    other = District.objects.create(assembly=District.objects.first().assembly, name="第8选区")
    Mandate.objects.update(district=other)
    batch = undo(batch)
    seat = Mandate.objects.get()
    assert (seat.district, seat.certificate) == (other, row["代表证号"])
    assert seat.delegation.name == "柳河代表团"
    assert "罗明贵" in batch.problem


def test_a_district_renamed_or_a_number_given_away_since_stops_nothing():
    row = sheet.row(姓名="罗明贵")
    applied(row)
    batch = applied(row | {"选区（选举单位）": "柳河镇第9选区", "代表证号": "198888"})
    District.objects.filter(name="柳河镇第1选区").update(name="柳河镇东选区")
    applied(sheet.row(代表证号=row["代表证号"], **{"选区（选举单位）": "柳河镇第7选区"}))
    batch = undo(batch)
    seat = Mandate.objects.get(deputy__name="罗明贵")
    assert (seat.district.name, seat.certificate) == ("柳河镇第9选区", "198888")
    assert (batch.state, "罗明贵" in batch.problem) == (ImportState.UNDONE, True)


def test_whom_a_newer_import_has_changed_stays_and_is_named():
    row, other = sheet.row(姓名="罗明贵"), sheet.row()
    batch = applied(row, other)
    applied(row | {"学历": "本科"}, other)
    batch = undo(batch)
    assert list(Deputy.objects.values_list("name", "education")) == [("罗明贵", "本科")]
    assert "罗明贵" in batch.problem


def test_of_an_undone_import_the_rows_are_gone_when_its_days_are_over():
    batch = undo(applied(sheet.row()))
    with clock.at(clock.now() + timedelta(days=31)):
        assert (tasks.purge_rows(), tasks.purge_rows()) == (1, 0)
    assert batch.rows.count() == 0
