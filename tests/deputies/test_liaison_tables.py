"""双联安排表: posts and contacts by a sheet, looked at first, taken back whole."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.roles import STAFF, Role
from deputies.actions import liaison, roster, tables
from deputies.models import CommitteePost, Liaison, RosterImport
from deputies.queries import liaison_verdicts
from deputies.sheets import Line
from deputies.states import CommitteePostKind, ImportState, LiaisonKind, SheetKind
from tests import make
from tests.deputies import contact as made
from tests.deputies import sheet
from tests.race import at_once
from tests.scoring.facts import on
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
TODAY, NEXT = made.TODAY, made.NEXT
HEADER = ["联系方式", "联系人", "职务", "联系人代表证号", "联系对象", "对象代表证号"]
MEMBER, DIRECTOR, OFFICE = LiaisonKind.MEMBER, LiaisonKind.DIRECTOR, LiaisonKind.OFFICE


@pytest.fixture(autouse=True)
def _today(db, settings):
    settings.COUNTY = make.county().name
    make.organisation("township")
    make.assembly()
    with on(TODAY):
        yield


def row(holder="", target="", *, post="", of="", number="", target_number=""):
    return dict(zip(HEADER, (of, holder, post, number, target, target_number), strict=True))


def upload(*rows, by=None, header=HEADER, day=TODAY):
    content = sheet.book(rows, header=header)
    facts = {"file_name": "安排表.xlsx", "elected_on": day, "kind": SheetKind.LIAISONS}
    return roster.upload(content, **facts, by=by or make.actor())


def apply(batch, *, by=None, today=TODAY):
    return tables.apply_table(batch, by=by or make.actor(), today=today)


def undo(batch, *, by=None, today=TODAY):
    return tables.undo_table(batch, by=by or make.actor(), today=today)


def kept(today=TODAY):
    return sorted(str(row) for row in Liaison.objects.running(today))


def people(*names):
    return [make.deputy(name) for name in names]


def test_apply_table_gives_posts_arranges_contacts_and_leaves_a_trail():
    people("王启秀", "罗明贵", "吴秀兰", "赵海")
    batch = upload(
        row("王启秀", "罗明贵、吴　秀兰", post="县人大常委会副主任"),
        row("王启秀", "柳河镇", of="督导乡镇"),
        row("赵海", "柳河镇第一代表小组", post="机关代表"),
    )
    assert sheet.verdicts(batch) == ["new", "new", "new"]
    assert batch.rows.get(number=4).changes == [
        *(["职务", "", "副主任"], ["罗明贵", "", "王启秀"], ["吴秀兰", "", "王启秀"])
    ]
    assert (kept(), CommitteePost.objects.count()) == ([], 0)
    batch = apply(batch)
    assert batch.state == ImportState.APPLIED
    expected = ["王启秀：吴秀兰", "王启秀：柳河镇", "王启秀：罗明贵", "赵海：柳河镇第一代表小组"]
    assert kept() == sorted(expected)
    assert set(CommitteePost.objects.values_list("deputy__name", "post")) == {
        *(("王启秀", CommitteePostKind.VICE), ("赵海", CommitteePostKind.OFFICE))
    }
    deeds = AuditEvent.objects.filter(subject="deputies.Liaison", now="assigned")
    assert deeds.count() == 4


def test_the_same_table_again_changes_nothing():
    people("王启秀", "罗明贵")
    said = row("王启秀", "罗明贵", post="委员")
    apply(upload(said))
    assert sheet.verdicts(upload(said)) == ["same"]


def test_a_contact_goes_over_to_the_new_holder():
    people("罗明贵")
    first, second = made.holder(MEMBER, "王启秀"), made.holder(MEMBER, "刘长河")
    apply(upload(row("王启秀", "罗明贵")))
    batch = upload(row("刘长河", "罗明贵"), day=NEXT)
    assert batch.rows.get().changes == [["罗明贵", "王启秀", "刘长河"]]
    assert sheet.verdicts(batch) == ["changed"]
    with on(NEXT):
        apply(batch, today=NEXT)
    assert (kept(TODAY), kept(NEXT)) == (["王启秀：罗明贵"], ["刘长河：罗明贵"])
    assert {first.name, second.name} == {"王启秀", "刘长河"}


@pytest.mark.parametrize(
    ("said", "cell", "reason"),
    [
        (row("", "罗明贵", of="代表"), "B4", "没有填写"),
        (row("王启秀", "", post="委员"), "E4", "没有填写"),
        (row("没有此人", "罗明贵"), "B4", "在任的青禾县人民代表大会代表里没有“没有此人”"),
        (row("重名的", "罗明贵"), "B4", "有 2 位代表叫重名的，请在“联系人代表证号”一列"),
        (row("王启秀", "罗明贵", number="0"), "B4", "没有“王启秀”、证号 0"),
        (row("王启秀", "重名的"), "E4", "请在“对象代表证号”一列写明"),
        (row("王启秀", "罗明贵、没有此人"), "E4", "没有“没有此人”"),
        (row("罗明贵", "王启秀"), "B4", "罗明贵没有登记相应的职务"),
        (row("罗明贵", "王启秀", post="炊事员"), "C4", "“炊事员”认不出来"),
        (row("王启秀", "罗明贵", post="主任"), "C4", "王启秀现在是委员"),
        (row("王启秀", "柳河镇"), "B4", "不能主任会议成员督导乡镇"),
        (row("王启秀", "没有镇", of="乡镇"), "E4", "没有叫“没有镇”的乡镇"),
        (row("王启秀", "没有组", of="小组"), "E4", "没有叫“没有组”的代表小组"),
        (row("王启秀", "王启秀"), "E4", "不能自己联系自己"),
        (row("王启秀", "罗明贵、罗明贵"), "E4", "罗明贵在这一行前面已经写过"),
        (row("罗明贵", "山后镇第一代表小组", post="机关"), "E4", "罗明贵不在山后镇第一代表小组"),
    ],
)
def test_a_row_that_cannot_be_says_which_cell_and_why(said, cell, reason):
    people("罗明贵", "重名的", "重名的")
    made.holder(MEMBER, "王启秀")
    make.group("山后镇第一代表小组", make.township("山后镇"))
    [(found, why)] = sheet.faults(upload(said))
    assert (found, reason in why) == (cell, True), why


def test_namesakes_are_told_apart_by_the_certificates():
    people("罗明贵")
    second = make.deputy("罗明贵")
    made.holder(MEMBER, "王启秀")
    number = second.mandates.get().certificate
    apply(upload(row("王启秀", "罗明贵", target_number=number)))
    assert Liaison.objects.get().deputy == second


def test_of_two_rows_about_one_deputy_the_later_is_wrong():
    people("罗明贵")
    made.holder(MEMBER, "王启秀")
    made.holder(MEMBER, "刘长河")
    batch = upload(row("王启秀", "罗明贵"), row("刘长河", "罗明贵"))
    assert sheet.faults(batch) == [("E5", "罗明贵在第 4 行已经写过。")]


def test_names_between_spaces_are_several_people_and_a_name_set_apart_is_one():
    people("王伟", "罗明贵", "吴秀兰")
    made.holder(MEMBER, "王启秀")
    batch = upload(row("王启秀", "王　伟"), row("王启秀", "罗明贵 吴秀兰"))
    assert sheet.faults(batch) == []
    apply(batch)
    assert len(kept()) == 3


def test_merged_cells_of_one_holder_and_two_names_of_headers_need_no_hand():
    people("罗明贵", "吴秀兰")
    made.holder(MEMBER, "王启秀")
    header = ["序号", "常委会组成人员", "固定联系代表"]
    rows = [
        dict(zip(header, line, strict=True))
        for line in ((1, "王启秀", "罗明贵"), (2, "王启秀", "吴秀兰"))
    ]
    assert sheet.verdicts(upload(*rows, header=header)) == ["new", "new"]


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF))
def test_only_the_office_applies_and_undoes_a_table(role):
    people("王启秀", "罗明贵")
    batch = upload(row("王启秀", "罗明贵", post="委员"))
    with pytest.raises(Refused, match="只有代工委可以"):
        apply(batch, by=make.actor(role))
    batch = apply(batch)
    with pytest.raises(Refused, match="只有代工委可以撤回"):
        undo(batch, by=make.actor(role))
    assert len(kept()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_apply_a_table_once_and_undo_it_once():
    people("王启秀", "罗明贵")
    batch, by = upload(row("王启秀", "罗明贵", post="委员")), make.actor()
    assert at_once(2, apply, batch, by=by) == ["done", "refused"]
    assert at_once(2, undo, batch, by=by) == ["done", "refused"]
    assert kept() == []


def test_a_table_whose_world_has_moved_on_asks_for_a_new_preview():
    [target] = people("罗明贵")
    holder = made.holder(MEMBER, "王启秀")
    batch = upload(row("王启秀", "罗明贵"))
    other = made.holder(MEMBER, "刘长河")
    liaison.assign(other, kind=MEMBER, target=target, by=make.actor(), today=TODAY)
    with pytest.raises(Refused, match="又有变动"):
        apply(batch)
    assert kept() == ["刘长河：罗明贵"]
    assert holder.liaisons.count() == 0


def test_undo_table_ends_what_it_arranged_and_gives_back_what_it_took():
    people("罗明贵", "吴秀兰", "新委员")
    made.holder(MEMBER, "王启秀")
    apply(upload(row("王启秀", "罗明贵")))
    with on(NEXT):
        batch = upload(row("新委员", "罗明贵、吴秀兰", post="委员"), day=NEXT)
        batch = apply(batch, today=NEXT)
        assert kept(NEXT) == ["新委员：吴秀兰", "新委员：罗明贵"]
        batch = undo(batch, today=NEXT)
    assert kept(NEXT) == ["王启秀：罗明贵"]
    assert (batch.state, batch.problem) == (ImportState.UNDONE, "撤回 3 项")
    assert not CommitteePost.objects.running(NEXT).filter(deputy__name="新委员").exists()


def test_what_was_changed_by_hand_since_stays_and_is_named():
    [target, _, extra] = people("罗明贵", "新委员", "吴秀兰")
    made.holder(MEMBER, "王启秀")
    apply(upload(row("王启秀", "罗明贵")))
    later = NEXT + timedelta(days=1)
    with on(NEXT):
        batch = apply(upload(row("新委员", "罗明贵", post="委员"), day=NEXT), today=NEXT)
    with on(later):
        other = made.holder(MEMBER, "刘长河")
        holder = Liaison.objects.running(later).get().holder
        moved = Liaison.objects.running(later).get()
        liaison.end_liaison(moved, by=make.actor(), today=later)
        liaison.assign(other, kind=MEMBER, target=target, by=make.actor(), today=later)
        liaison.assign(holder, kind=MEMBER, target=extra, by=make.actor(), today=later)
        batch = undo(batch, today=later)
    assert kept(later) == ["刘长河：罗明贵", "新委员：吴秀兰"]
    expected = "撤回 0 项，保留 2 项（后来又改过）：王启秀联系罗明贵、新委员的职务"
    assert batch.problem == expected


@pytest.mark.parametrize("count", [1, 3])
def test_judging_takes_the_same_queries_for_any_number_of_rows(count):
    made.holder(MEMBER, "王启秀")
    people("甲一", "乙二", "丙三")
    county = make.county()
    names = ("甲一", "乙二", "丙三")
    lines = [Line(number, row("王启秀", names[number])) for number in range(count)]
    with CaptureQueriesContext(connection) as queries:
        judged = list(liaison_verdicts.judge_each(lines, county, TODAY))
    assert [one.verdict for one in judged] == ["new"] * count
    assert len(queries) == 7


def test_the_pages_show_confirm_and_take_back(client):
    people("王启秀", "罗明贵")
    as_(client, make.actor())
    content = sheet.book(
        [row("王启秀", "罗明贵", post="委员"), row("谁也不是", "罗明贵")], header=HEADER
    )
    file = SimpleUploadedFile("安排表.xlsx", content)
    answer = client.post(
        reverse("deputies:upload"), {"kind": "liaisons", "file": file}, follow=True
    )
    body = text(answer)
    assert "新增 1 行安排，1 行错误留下不导入" in body
    batch = RosterImport.objects.get()
    client.post(reverse("deputies:apply_table", args=[batch.pk]))
    assert kept() == ["王启秀：罗明贵"]
    back = reverse("deputies:undo_table", args=[batch.pk])
    assert "安排的联系，结束" in text(client.get(back))
    client.post(back)
    assert kept() == []
