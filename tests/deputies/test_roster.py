"""名册导入: upload, drop and apply, each as a verb."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congress.shared import names
from congress.shared.errors import Refused
from congress.shared.models import Assembly, AuditEvent, Organisation
from congress.shared.roles import STAFF, Role
from deputies.actions import roster
from deputies.models import Deputy, Mandate, RosterImport, RosterRow
from deputies.states import ImportState
from tests import make
from tests.deputies import sheet
from tests.race import at_once

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
