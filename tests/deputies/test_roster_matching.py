"""对列名、改错行、辨认同名: between the upload and the confirmation."""

import pytest
from django.db import IntegrityError, transaction

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from deputies.actions import roster
from deputies.models import Deputy, HeaderName, RosterFile, RosterImport
from deputies.states import ImportState, SameOrNot, Verdict
from tests import make
from tests.deputies import sheet
from tests.race import at_once

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(Role) - STAFF)
STRANGE = {"姓名": "代表", "性别": "男女", "联系电话": "通讯号"}
MATCHED = {"代表": "姓名", "男女": "性别", "通讯号": "联系电话"}


def strange(*rows, without=(), **rename):
    """The rows under headers nobody has heard of."""
    names = STRANGE | rename
    header = [names.get(title, title) for title in sheet.HEADER if title not in without]
    renamed = [{names.get(title, title): cell for title, cell in row.items()} for row in rows]
    return sheet.upload(renamed, header=header)


def match(batch, *, names=MATCHED, waived=(), level="", by=None):
    return roster.match_columns(
        batch, names=names, waived=waived, level=level, by=by or make.actor()
    )


def trail(row):
    rows = AuditEvent.objects.filter(subject=row._meta.label, subject_id=row.pk)
    return list(rows.values_list("now", "note"))


def test_a_sheet_with_strange_headers_waits_to_be_matched_with_its_file():
    batch = strange(sheet.row())
    assert batch.state == ImportState.MATCHING
    assert RosterFile.objects.get().batch == batch
    found = {each["title"]: each for each in batch.layout["headers"]}
    assert found["男女"]["samples"] == ["女"]
    assert batch.rows.count() == 0


def test_match_columns_reads_the_rows_and_remembers_the_names():
    batch = match(strange(sheet.row(), sheet.row()))
    assert (batch.state, batch.rows.count()) == (ImportState.PREVIEWED, 2)
    assert sheet.verdicts(batch) == ["new", "new"]
    assert dict(HeaderName.objects.values_list("header", "column")) == MATCHED
    assert not RosterFile.objects.exists()
    assert [now for now, _ in trail(batch)] == ["matching", "waiting", "previewed"]
    assert trail(batch)[1][1] == "代表→姓名；男女→性别；通讯号→联系电话"
    assert strange(sheet.row()).state == ImportState.PREVIEWED


def test_a_sheet_without_level_and_group_is_taken_in_when_somebody_says_so():
    known = sheet.row()
    sheet.apply([known])
    lacking = ("代表层级", "代表小组")
    batch = strange(known | {"学历": "本科"}, sheet.row(), without=lacking)
    batch = match(batch, waived=lacking, level="县")
    assert sheet.verdicts(batch) == ["changed", "error"]
    assert sheet.faults(batch) == [("", "没有填写。还没有编组的人，要写明编入哪个小组。")]


def test_match_columns_is_refused_until_every_needed_column_is_there():
    batch = strange(sheet.row())
    with pytest.raises(Refused, match="缺少这些列：性别"):
        match(batch, names={"代表": "姓名"})
    batch.refresh_from_db()
    assert (batch.state, HeaderName.objects.count()) == (ImportState.MATCHING, 0)


@pytest.mark.parametrize("role", OTHERS)
def test_only_the_office_matches_mends_and_tells_apart(role):
    by = make.actor(role)
    with pytest.raises(Refused, match="只有代工委"):
        match(strange(sheet.row()), by=by)
    row = sheet.upload([sheet.row(民族="土家")]).rows.get()
    for act in (
        lambda: roster.mend_row(row, cells={"民族": "土家族"}, by=by),
        lambda: roster.restore_row(row, by=by),
        lambda: roster.tell_apart(row, alike=SameOrNot.SAME, by=by),
    ):
        with pytest.raises(Refused, match="只有代工委"):
            act()


def test_headers_are_matched_once_and_rows_mended_only_in_the_preview():
    batch = match(strange(sheet.row(民族="土家")))
    with pytest.raises(Refused, match="不用对列名"):
        match(batch)
    row = batch.rows.get()
    with pytest.raises(Refused, match="没有改过"):
        roster.restore_row(row, by=make.actor())
    with pytest.raises(Refused, match="表里没有“车牌”"):
        roster.mend_row(row, cells={"车牌": "x"}, by=make.actor())
    roster.apply(batch, by=make.actor(), today=sheet.TODAY)
    for act in (
        lambda: roster.mend_row(row, cells={"民族": "土家族"}, by=make.actor()),
        lambda: roster.restore_row(row, by=make.actor()),
        lambda: roster.tell_apart(row, alike=SameOrNot.SAME, by=make.actor()),
    ):
        with pytest.raises(Refused, match="已导入"):
            act()


@pytest.mark.django_db(transaction=True)
def test_headers_matched_at_once_are_matched_once():
    batch, by = strange(sheet.row()), make.actor()
    assert at_once(2, match, batch, by=by) == ["done", "refused"]
    assert RosterImport.objects.get().rows.count() == 1


def test_mend_row_changes_the_cell_and_judges_every_row_anew():
    one = sheet.row(代表证号="190001")
    batch = sheet.upload([one, sheet.row(代表证号="190001")])
    assert sheet.verdicts(batch) == ["new", "error"]
    row = batch.rows.get(number=4)
    roster.mend_row(row, cells={"代表证号": "190002"}, by=make.actor())
    assert sheet.verdicts(batch) == ["new", "new"]
    assert trail(batch)[-1] == ("row_mended", "第 4 行：代表证号")
    row = roster.restore_row(batch.rows.get(number=4), by=make.actor())
    assert (row.cells["代表证号"], row.sent) == ("190001", {})
    assert sheet.verdicts(batch) == ["new", "error"]
    assert trail(batch)[-1] == ("row_restored", "第 4 行")


def test_a_mended_row_is_taken_in_as_mended():
    batch = sheet.upload([sheet.row(民族="土家")])
    roster.mend_row(batch.rows.get(), cells={"民族": "土家族"}, by=make.actor())
    roster.apply(batch, by=make.actor(), today=sheet.TODAY)
    assert Deputy.objects.get().nation == "土家族"


def known_and_alike():
    """Somebody in the register, and a row of the same name and month with another telephone."""
    known = sheet.row(姓名="罗明贵")
    sheet.apply([known])
    new = known | {"联系电话": "13688880000", "代表证号": "199999", "代表层级": "乡镇"}
    return sheet.upload([new | {"选区（选举单位）": "柳河镇第2选区"}])


def test_a_row_that_looks_like_somebody_known_waits_for_an_answer():
    batch = known_and_alike()
    (fault,) = sheet.faults(batch)
    assert fault[1].endswith("是不是同一个人？")
    row = roster.tell_apart(batch.rows.get(), alike=SameOrNot.SAME, by=make.actor())
    assert (row.verdict, row.deputy) == (Verdict.NEW, Deputy.objects.get())
    assert trail(batch)[-1] == ("row_told_apart", "第 4 行：是同一个人")
    row = roster.tell_apart(row, alike=SameOrNot.OTHER, by=make.actor())
    assert (row.verdict, row.deputy) == (Verdict.NEW, None)
    roster.apply(batch, by=make.actor(), today=sheet.TODAY)
    assert Deputy.objects.filter(name="罗明贵").count() == 2


def test_the_same_person_keeps_one_identity():
    batch = known_and_alike()
    roster.tell_apart(batch.rows.get(), alike=SameOrNot.SAME, by=make.actor())
    roster.apply(batch, by=make.actor(), today=sheet.TODAY)
    deputy = Deputy.objects.get(name="罗明贵")
    assert (deputy.mandates.count(), deputy.phone) == (2, "13688880000")


@pytest.mark.django_db(transaction=True)
def test_a_row_mended_and_an_import_applied_at_once_leave_what_was_shown():
    batch, by = sheet.upload([sheet.row(民族="土家")]), make.actor()
    row = batch.rows.get()
    acts = iter(
        [
            lambda: roster.mend_row(row, cells={"民族": "土家族"}, by=by),
            lambda: roster.apply(batch, by=by, today=sheet.TODAY),
        ]
    )
    outcomes = at_once(2, lambda: next(acts)())
    row.refresh_from_db()
    assert outcomes in (["done", "done"], ["done", "refused"])
    assert Deputy.objects.count() == (row.verdict == Verdict.NEW)


def test_an_undone_import_says_who_and_when():
    batch = sheet.apply([sheet.row()])
    with (
        pytest.raises(IntegrityError, match="roster_import_undone_has_who_and_when"),
        transaction.atomic(),
    ):
        RosterImport.objects.filter(pk=batch.pk).update(state=ImportState.UNDONE)


@pytest.mark.django_db(transaction=True)
def test_a_row_restored_and_told_apart_by_two_at_once_is_judged_once_after_the_other():
    batch, by = sheet.upload([sheet.row(民族="土家"), sheet.row()]), make.actor()
    row = roster.mend_row(batch.rows.get(number=4), cells={"民族": "土家族"}, by=by)
    assert at_once(2, roster.restore_row, row, by=by) == ["done", "refused"]
    row.refresh_from_db()
    assert (row.cells["民族"], row.sent, row.verdict) == ("土家", {}, Verdict.ERROR)
    assert at_once(2, roster.tell_apart, row, alike=SameOrNot.OTHER, by=by) == ["done", "done"]
    assert [deed for deed, _ in trail(batch)].count("row_told_apart") == 2
    assert at_once(2, roster.restore_row, row, by=by) == ["done", "refused"]
    row.refresh_from_db()
    assert row.alike == ""
