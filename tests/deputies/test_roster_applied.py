"""名册导入以后: what becomes of people, seats and groups that the sheet names or leaves out."""

from collections import Counter
from datetime import date, timedelta

import pytest

from congress.shared.models import Assembly, AuditEvent, Organisation, Term
from congress.shared.roles import Role
from deputies.actions import accounts, groups, roster, terms
from deputies.models import Deputy, DeputyGroup, Mandate, Membership
from tests import make
from tests.deputies import sheet
from tests.deputies.test_roster import trail
from tests.scoring.facts import on


@pytest.mark.django_db
def test_the_same_sheet_again_changes_nothing():
    rows = [sheet.row(), sheet.row(代表层级="乡镇"), sheet.row(代表小组="柳河镇第二代表小组")]
    sheet.apply(rows)
    models = (Deputy, Mandate, Membership, DeputyGroup, Assembly, Term, Organisation)
    before = {model: list(model.objects.order_by("pk").values()) for model in models}

    batch = sheet.upload(rows)
    assert Counter(sheet.verdicts(batch)) == {"same": 3}
    roster.apply(batch, by=make.actor(), today=sheet.TODAY)

    assert {model: list(model.objects.order_by("pk").values()) for model in models} == before


@pytest.mark.django_db
def test_rows_in_error_are_left_out_and_people_absent_from_the_sheet_stay():
    kept, other = sheet.row(), sheet.row()
    sheet.apply([kept, other])

    sheet.apply([other | {"学历": "大学"}, sheet.row(性别="?")])

    assert Deputy.objects.count() == 2
    assert Mandate.objects.filter(to_on=None).count() == 2
    assert Deputy.objects.get(name=other["姓名"]).education == "大学"


@pytest.mark.django_db
def test_a_changed_person_keeps_their_row_and_gets_new_sort_keys():
    one = sheet.row(姓名="黄啟秀")
    sheet.apply([one])
    was = Deputy.objects.get()

    sheet.apply([one | {"姓名": "王启秀"}])

    now = Deputy.objects.get()
    assert (now.pk, now.name, now.code) == (was.pk, "王启秀", was.code)
    assert now.stroke_key < was.stroke_key
    assert trail(now) == ["enrolled", "mended"]


@pytest.mark.django_db
def test_a_telephone_is_not_repeated_in_the_trail():
    one = sheet.row()
    sheet.apply([one])
    sheet.apply([one | {"联系电话": "13877776666"}])

    assert not AuditEvent.objects.filter(note__contains="13877776666").exists()


@pytest.mark.django_db
def test_who_changes_the_group_leaves_the_old_one_today():
    one = sheet.row()
    sheet.apply([one])

    sheet.apply([one | {"代表小组": "柳河镇第二代表小组"}])

    old, new = Membership.objects.order_by("from_on")
    assert (old.group.position, old.to_on) == (1, sheet.TODAY)
    assert (new.group.position, new.from_on, new.to_on) == (2, sheet.TODAY, None)


@pytest.mark.django_db
def test_a_convenor_who_changes_the_group_convenes_the_old_one_no_more():
    row = sheet.row()
    sheet.apply([row])
    deputy, group = Deputy.objects.get(), DeputyGroup.objects.get()
    accounts.open_account(deputy, by=make.actor(), today=make.TODAY)
    deputy.refresh_from_db()
    groups.name_convenor(group, deputy=deputy, by=make.actor(), today=make.TODAY)
    sheet.apply([row])
    group.refresh_from_db()
    assert group.convenor == deputy.user
    moved = make.TODAY + timedelta(days=1)
    batch = sheet.upload([row | {"代表小组": "柳河镇第二代表小组"}])
    roster.apply(batch, by=make.actor(), today=moved)
    group.refresh_from_db()
    post = deputy.user.posts.get(role=Role.CONVENOR)
    assert (group.convenor, post.to_on) == (None, make.TODAY)
    told = AuditEvent.objects.filter(subject="deputies.DeputyGroup", now="convenor_released")
    assert [each.subject_id for each in told] == [group.pk]


@pytest.mark.django_db
def test_a_group_put_right_on_the_same_day_leaves_no_spell_of_no_days():
    one = sheet.row()
    sheet.apply([one])
    for name in ("柳河镇第二代表小组", "柳河镇第三代表小组"):
        sheet.apply([one | {"代表小组": name}])

    spells = Membership.objects.order_by("from_on").values_list("group__position", "to_on")
    assert list(spells) == [(1, sheet.TODAY), (3, None)]


@pytest.mark.django_db
def test_a_by_election_brings_a_deputy_into_the_same_term():
    sheet.apply([sheet.row()])
    batch = sheet.upload([sheet.row(姓名="龚晓梅")], elected_on=date(2025, 4, 29))

    roster.apply(batch, by=make.actor(), today=sheet.TODAY)

    seat = Mandate.objects.get(deputy__name="龚晓梅")
    assert (seat.from_on, seat.term) == (date(2025, 4, 29), Term.objects.get())


@pytest.mark.django_db
def test_a_new_certificate_of_a_known_person_in_the_same_congress_is_a_change():
    one = sheet.row(代表证号="190001")
    sheet.apply([one])

    sheet.apply([one | {"代表证号": "190777"}])

    assert Mandate.objects.get().certificate == "190777"


@pytest.mark.django_db
def test_rows_of_a_new_term_come_in_whatever_congresses_the_sheet_does_not_name():
    above = {"代表层级": "市", "选区（选举单位）": "竹山县", "代表证号": "S1"}
    known = sheet.row()
    sheet.apply([known, known | above])
    opens = date(2026, 12, 28)
    county = Assembly.objects.get(level__code="county")
    with on(date(2026, 11, 1)):
        terms.open_term(
            county, number=20, from_on=opens, seats=9, by=make.director(), today=date(2026, 11, 1)
        )
        batch = sheet.upload(
            [sheet.row(), sheet.row() | above | {"代表证号": "S2"}], elected_on=opens
        )
    assert sheet.verdicts(batch) == ["new", "error"]
    assert "到这一天已满五年" in sheet.faults(batch)[0][1]
