"""小组表: groups and convenors by a sheet, looked at first, taken back whole."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared import clock
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent, Post
from congress.shared.roles import STAFF, Role
from deputies.actions import groups, roster, tables
from deputies.models import DeputyGroup, HeaderName, RosterImport
from deputies.queries import group_verdicts
from deputies.sheets import Line
from deputies.states import ImportState, SheetKind
from tests import make
from tests.deputies import sheet
from tests.race import at_once
from tests.scoring.facts import on
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
HEADER = ["乡镇", "代表小组", "召集人", "召集人代表证号"]


@pytest.fixture(autouse=True)
def _today(db, settings):
    settings.COUNTY = make.county().name
    make.organisation("township")
    with on(TODAY):
        yield


def row(group, convenor="", certificate="", township="柳河镇"):
    return dict(zip(HEADER, (township, group, convenor, certificate), strict=True))


def upload(*rows, by=None, header=HEADER, kind=SheetKind.GROUPS):
    content = sheet.book(rows, header=header)
    return roster.upload(
        content, file_name="小组表.xlsx", elected_on=TODAY, kind=kind, by=by or make.actor()
    )


def apply(batch, *, by=None, today=TODAY):
    return tables.apply_table(batch, by=by or make.actor(), today=today)


def undo(batch, *, by=None, today=TODAY):
    return tables.undo_table(batch, by=by or make.actor(), today=today)


def convenor(group):
    group.refresh_from_db()
    return group.convenor.name if group.convenor else ""


def test_apply_table_forms_groups_names_convenors_and_leaves_a_trail():
    deputy = make.deputy("罗明贵")
    batch = upload(row("柳河镇第一代表小组", "罗　明贵"), row("第二代表小组"))
    assert sheet.verdicts(batch) == ["changed", "new"]
    assert batch.rows.get(number=4).changes == [["召集人", "", "罗明贵"]]
    assert DeputyGroup.objects.count() == 1
    batch = apply(batch)
    assert (batch.state, convenor(make.group())) == (ImportState.APPLIED, "罗明贵")
    assert set(DeputyGroup.objects.values_list("name", flat=True)) == {
        *("柳河镇第一代表小组", "柳河镇第二代表小组")
    }
    assert Post.objects.filter(user=deputy.user, role=Role.CONVENOR, to_on=None).exists()
    deeds = AuditEvent.objects.filter(subject="deputies.DeputyGroup").values_list("now", "note")
    assert set(deeds) == {("convenor_named", "罗明贵"), ("added", "柳河镇第二代表小组")}


def test_the_same_table_again_changes_nothing():
    make.deputy("罗明贵")
    rows = [row("柳河镇第一代表小组", "罗明贵"), row("柳河镇第二代表小组", "无")]
    apply(upload(rows[0], row("柳河镇第二代表小组")))
    assert sheet.verdicts(upload(*rows)) == ["same", "same"]


def test_a_group_the_table_leaves_without_convenor_keeps_the_one_it_has():
    make.deputy("罗明贵")
    apply(upload(row("柳河镇第一代表小组", "罗明贵")))
    assert sheet.verdicts(upload(row("柳河镇第一代表小组", "暂缺"))) == ["same"]


@pytest.mark.parametrize(
    ("said", "cell", "reason"),
    [
        (row("柳河镇第一代表小组", "没有此人"), "C4", "没有此人现在不在柳河镇第一代表小组"),
        (row("柳河镇第一代表小组", "吴秀兰"), "C4", "有 2 位吴秀兰，请在“召集人代表证号”一列"),
        (row("柳河镇第一代表小组", "未开户"), "C4", "未开户还没有账号"),
        (row("柳河镇第九代表小组", "罗明贵"), "C4", "新建的小组还没有人"),
        (row("柳河镇旧代表小组"), "B4", "已经撤销"),
        (row("第一代表小组", township="没有镇"), "A4", "县里没有“没有镇”"),
        (row("没有镇第一代表小组", township=""), "B4", "县里没有“没有镇”"),
        (row("第一代表小组", township=""), "B4", "看不出是哪个乡镇"),
        (row("", "罗明贵"), "B4", "没有填写"),
        (row("柳" * 41), "B4", "字数太多"),
    ],
)
def test_a_row_that_cannot_be_says_which_cell_and_why(said, cell, reason):
    make.deputy("罗明贵")
    make.deputy("吴秀兰")
    make.deputy("吴秀兰")
    without = make.deputy("未开户")
    without.user = None
    without.save()
    groups.dissolve_group(make.group("柳河镇旧代表小组"), by=make.actor(), today=TODAY)
    [(found, why)] = sheet.faults(upload(said))
    assert (found, reason in why) == (cell, True), why


def test_namesakes_are_told_apart_by_the_certificate():
    make.deputy("吴秀兰")
    second = make.deputy("吴秀兰")
    number = second.mandates.get().certificate
    apply(upload(row("柳河镇第一代表小组", "吴秀兰", number)))
    assert DeputyGroup.objects.get().convenor_id == second.user_id


def test_the_same_group_twice_is_wrong_the_second_time():
    make.deputy("罗明贵")
    batch = upload(row("柳河镇第一代表小组", "罗明贵"), row("第一代表小组", ""))
    assert sheet.faults(batch) == [("B5", "柳河镇第一代表小组在第 4 行已经写过。")]


def test_headers_are_matched_and_remembered_for_this_kind_alone():
    make.deputy("罗明贵")
    header = ["乡镇", "人数", "组名", "带头人"]
    said = dict(zip(header, ("柳河镇", "1", "柳河镇第一代表小组", "罗明贵"), strict=True))
    batch = upload(said, header=header)
    assert batch.state == ImportState.MATCHING
    names = {"组名": "代表小组", "带头人": "召集人"}
    batch = roster.match_columns(batch, names=names, waived=(), level="", by=make.actor())
    assert sheet.verdicts(batch) == ["changed"]
    assert set(HeaderName.objects.values_list("kind", flat=True)) == {SheetKind.GROUPS}
    assert upload(said, header=header).state == ImportState.PREVIEWED


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_only_the_office_applies_and_undoes_a_table(role):
    make.deputy("罗明贵")
    batch = upload(row("柳河镇第一代表小组", "罗明贵"))
    with pytest.raises(Refused, match="只有代工委可以"):
        apply(batch, by=make.actor(role))
    batch = apply(batch)
    with pytest.raises(Refused, match="只有代工委可以撤回"):
        undo(batch, by=make.actor(role))


def test_a_table_is_applied_and_undone_once_and_a_roster_elsewhere():
    make.deputy("罗明贵")
    batch = upload(row("柳河镇第一代表小组", "罗明贵"))
    with pytest.raises(Refused, match="待确认"):
        undo(batch)
    batch = apply(batch)
    with pytest.raises(Refused, match="已导入"):
        apply(batch)
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Refused, match="超过 30 天"):
        undo(batch)
    undo(batch)
    with pytest.raises(Refused, match="已撤回"):
        undo(batch)
    names = sheet.upload([sheet.row()])
    with pytest.raises(Refused, match="这是代表名册"):
        apply(names)
    with pytest.raises(Refused, match="这是代表名册"):
        undo(names)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_apply_a_table_once_and_undo_it_once():
    make.deputy("罗明贵")
    batch, by = upload(row("柳河镇第一代表小组", "罗明贵")), make.actor()
    assert at_once(2, apply, batch, by=by) == ["done", "refused"]
    assert at_once(2, undo, batch, by=by) == ["done", "refused"]


def test_a_table_whose_world_has_moved_on_asks_for_a_new_preview():
    make.deputy("罗明贵")
    other = make.deputy("吴秀兰")
    batch = upload(row("柳河镇第一代表小组", "罗明贵"))
    groups.name_convenor(make.group(), deputy=other, by=make.actor(), today=TODAY)
    with pytest.raises(Refused, match="又有变动"):
        apply(batch)
    assert convenor(make.group()) == "吴秀兰"


def test_undo_table_gives_the_former_convenor_back_and_takes_new_groups_away():
    first, second = make.deputy("罗明贵"), make.deputy("吴秀兰")
    group = make.group()
    groups.name_convenor(group, deputy=first, by=make.actor(), today=TODAY)
    batch = apply(upload(row(group.name, second.name), row("柳河镇第二代表小组")))
    batch = undo(batch)
    assert (convenor(group), DeputyGroup.objects.count()) == ("罗明贵", 1)
    assert (batch.state, batch.problem) == (ImportState.UNDONE, "撤回 2 项")


def test_what_was_changed_by_hand_since_stays_and_is_named():
    first, second = make.deputy("罗明贵"), make.deputy("吴秀兰")
    group = make.group()
    batch = apply(upload(row(group.name, first.name), row("柳河镇第二代表小组")))
    groups.name_convenor(group, deputy=second, by=make.actor(), today=TODAY)
    mover = make.deputy("第三人")
    fresh = DeputyGroup.objects.get(name="柳河镇第二代表小组")
    groups.move_member(mover, group=fresh, by=make.actor(), today=TODAY)
    batch = undo(batch)
    assert convenor(group) == "吴秀兰"
    expected = "撤回 0 项，保留 2 项（后来又改过）：柳河镇第一代表小组、柳河镇第二代表小组"
    assert batch.problem == expected


@pytest.mark.parametrize("count", [1, 3])
def test_judging_takes_the_same_queries_for_any_number_of_rows(count):
    make.deputy("罗明贵")
    lines = [
        Line(number, row(f"柳河镇第{'一二三'[number]}代表小组") | {"序号": ""})
        for number in range(count)
    ]
    county = make.county()
    with CaptureQueriesContext(connection) as queries:
        list(group_verdicts.judge_each(lines, county, TODAY))
    assert len(queries) == 4


def test_the_pages_show_confirm_and_take_back(client):
    make.deputy("罗明贵")
    as_(client, make.actor())
    page = reverse("deputies:upload")
    assert "代表小组表" in text(client.get(page + "?kind=groups"))
    content = sheet.book([row("柳河镇第一代表小组", "罗明贵"), row("第二代表小组")], header=HEADER)
    file = SimpleUploadedFile("小组表.xlsx", content)
    answer = client.post(page, {"kind": "groups", "file": file}, follow=True)
    body = text(answer)
    assert re.search("新增 1 个小组、变更 1 个小组", body)
    assert "表里没有的人" not in body
    batch = RosterImport.objects.get()
    assert "已导入" in text(
        client.post(reverse("deputies:apply_table", args=[batch.pk]), follow=True)
    )
    back = reverse("deputies:undo_table", args=[batch.pk])
    assert "指定的召集人，换回原来的" in text(client.get(back))
    assert "已撤回 2 项" in text(client.post(back, follow=True))
    assert client.post(reverse("stations:apply_roster", args=[batch.pk])).status_code == 409
