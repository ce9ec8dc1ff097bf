"""名册导入: upload, drop and apply, each as a verb."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.shared import names
from congress.shared.errors import Refused
from congress.shared.models import Assembly, AuditEvent, Organisation, Term
from congress.shared.roles import STAFF, Role
from deputies.actions import accounts, groups, roster, terms
from deputies.models import Deputy, DeputyGroup, Mandate, Membership, RosterImport, RosterRow
from deputies.states import ImportState
from tests import make
from tests.deputies import sheet
from tests.race import at_once
from tests.scoring.facts import on

OTHERS = sorted(set(Role) - STAFF)


def trail(row) -> list[str]:
    events = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(events.values_list("now", flat=True))


@pytest.mark.django_db
def test_upload_keeps_the_rows_and_leaves_the_register_alone():
    batch = sheet.upload([sheet.row(), sheet.row(民族="土家")])

    assert (batch.state, batch.sheet, batch.header_row) == (ImportState.PREVIEWED, "名册", 3)
    assert sheet.verdicts(batch) == ["new", "error"]
    assert (Deputy.objects.count(), Assembly.objects.count()) == (0, 0)
    assert trail(batch) == ["previewed"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", OTHERS)
def test_upload_is_refused_to_every_other_role(role):
    with pytest.raises(Refused, match="只有代工委"):
        sheet.upload([sheet.row()], by=make.actor(role))


@pytest.mark.django_db
def test_upload_is_refused_for_a_day_before_the_term_or_after_its_five_years():
    sheet.apply([sheet.row()])

    with pytest.raises(Refused, match="日期太早"):
        sheet.upload([sheet.row()], elected_on=sheet.ELECTED_ON - timedelta(days=1))
    with pytest.raises(Refused, match="日期太晚"):
        sheet.upload([sheet.row()], elected_on=date(2026, 12, 1))


@pytest.mark.django_db
def test_upload_asks_the_database_as_often_for_many_rows_as_for_few():
    clerk = make.actor()
    sheet.upload([sheet.row()], by=clerk)  # the county is made on first asking
    with CaptureQueriesContext(connection) as few:
        sheet.upload([sheet.row() for _ in range(3)], by=clerk)
    with CaptureQueriesContext(connection) as many:
        sheet.upload([sheet.row() for _ in range(60)], by=clerk)

    assert len(few) == len(many)


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_stand_side_by_side():
    content = sheet.book([sheet.row()])
    outcomes = at_once(
        2, roster.upload, content, file_name="a.xlsx", elected_on=sheet.ELECTED_ON, by=make.actor()
    )

    assert outcomes == ["done", "done"]
    assert RosterRow.objects.count() == 2


@pytest.mark.django_db
def test_an_error_row_without_its_reason_is_refused_by_the_database():
    batch = sheet.upload([sheet.row()])

    with pytest.raises(IntegrityError, match="roster_row_error_says_why"), transaction.atomic():
        batch.rows.update(verdict="error")


@pytest.mark.django_db
def test_drop_puts_the_sheet_aside_and_leaves_a_trail():
    batch = sheet.upload([sheet.row()])

    roster.drop(batch, by=make.actor())

    batch.refresh_from_db()
    assert batch.state == ImportState.DROPPED
    assert trail(batch) == ["previewed", "dropped"]


@pytest.mark.django_db
@pytest.mark.parametrize("role", OTHERS)
def test_drop_is_refused_to_every_other_role(role):
    batch = sheet.upload([sheet.row()])

    with pytest.raises(Refused, match="只有代工委"):
        roster.drop(batch, by=make.actor(role))


@pytest.mark.django_db
def test_drop_is_refused_once_applied():
    batch = sheet.apply([sheet.row()])

    with pytest.raises(Refused, match="已导入"):
        roster.drop(batch, by=make.actor())


@pytest.mark.django_db(transaction=True)
def test_two_clicks_drop_once():
    batch = sheet.upload([sheet.row()])

    assert at_once(3, roster.drop, batch, by=make.actor()) == ["done", "refused", "refused"]


@pytest.mark.django_db
def test_apply_makes_people_seats_and_groups_and_leaves_a_trail():
    batch = sheet.apply([sheet.row(姓名="王　伟"), sheet.row(代表层级="乡镇", 代表团="")])

    wei = Deputy.objects.get(name="王伟")
    seat = wei.mandates.get()
    assert (seat.from_on, seat.district.name, seat.delegation.name) == (
        sheet.ELECTED_ON,
        "柳河镇第1选区",
        "柳河代表团",
    )
    assert (seat.term.number, seat.term.assembly.name) == (19, "竹山县人民代表大会")
    assert (seat.delegation.area.name, seat.district.area.name) == ("柳河镇", "柳河镇")
    spell = wei.membership_set.get()
    assert (spell.group.name, spell.group.position, spell.from_on) == (
        "柳河镇第一代表小组",
        1,
        sheet.ELECTED_ON,
    )
    assert Assembly.objects.filter(name="竹山县柳河镇人民代表大会", level__code="township").exists()
    assert Organisation.objects.townships().get().name == "柳河镇人大"
    assert wei.stroke_key == names.stroke_key("王伟")
    assert (batch.state, trail(batch), trail(wei)) == (
        ImportState.APPLIED,
        ["previewed", "applied"],
        ["enrolled"],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("role", OTHERS)
def test_apply_is_refused_to_every_other_role(role):
    batch = sheet.upload([sheet.row()])

    with pytest.raises(Refused, match="只有代工委"):
        roster.apply(batch, by=make.actor(role), today=sheet.TODAY)


@pytest.mark.django_db
def test_apply_is_refused_the_second_time_and_after_dropping():
    batch = sheet.apply([sheet.row()])
    with pytest.raises(Refused, match="已导入"):
        roster.apply(batch, by=make.actor(), today=sheet.TODAY)

    dropped = roster.drop(sheet.upload([sheet.row()]), by=make.actor())
    with pytest.raises(Refused, match="已放弃"):
        roster.apply(dropped, by=make.actor(), today=sheet.TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_apply_once():
    batch = sheet.upload([sheet.row(), sheet.row()])

    outcomes = at_once(3, roster.apply, batch, by=make.actor(), today=sheet.TODAY)

    assert outcomes == ["done", "refused", "refused"]
    assert (Deputy.objects.count(), Mandate.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_previews_of_one_file_only_the_first_is_applied():
    rows = [sheet.row()]
    clerk = make.actor()
    one, two = sheet.upload(rows, by=clerk), sheet.upload(rows, by=clerk)
    roster.apply(one, by=clerk, today=sheet.TODAY)

    with pytest.raises(Refused, match="预览已经过时"):
        roster.apply(two, by=clerk, today=sheet.TODAY)
    assert Deputy.objects.count() == 1


@pytest.mark.django_db
def test_an_applied_import_without_who_and_when_is_refused_by_the_database():
    batch = sheet.upload([sheet.row()])

    with pytest.raises(IntegrityError, match="applied_has_when"), transaction.atomic():
        RosterImport.objects.filter(pk=batch.pk).update(state=ImportState.APPLIED)


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
