"""The staff boards: who is on them, the reason in words, the records behind, the sheet."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congress.shared.roles import DESK, Role
from deputies.actions import duties
from deputies.models import DutyRecord, Mandate, Suspension
from deputies.states import SuspensionGround
from scoring.queries.oddities import oddities
from scoring.queries.outliers import outliers
from scoring.queries.quiet import quiet
from tests import make
from tests.deputies import walk
from tests.scoring import facts, year
from tests.scoring.test_fairness import called

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 20)
CHANCES = reverse("scoring:chances")
QUIET, OUTLIERS, ODDITIES = (
    reverse("scoring:quiet"),
    reverse("scoring:outliers"),
    reverse("scoring:oddities"),
)
BOARDS = (QUIET, OUTLIERS, ODDITIES)


@pytest.fixture(autouse=True)
def june(db):
    facts.book()
    with facts.on(TODAY):
        yield


@pytest.fixture
def desk(client):
    client.force_login(make.director().user)
    return client


def names(**how):
    return [row.name for row in quiet(make.assembly(), TODAY, **how)]


def test_who_did_nothing_this_quarter_is_listed_with_last_duty_and_invitations():
    old, never, busy = make.deputy("旧"), make.deputy("无"), make.deputy("忙")
    facts.posted(old, "C5", on=date(2026, 2, 3))
    called({old: False, busy: True}, on=date(2026, 5, 3))
    rows = quiet(make.assembly(), TODAY)
    found = [(row.name, row.last_on, row.last, row.called) for row in rows]
    assert found == [("无", None, "", 0), ("旧", date(2026, 2, 3), "向选民述职", 1)]
    assert never.name == "无"


def test_a_reported_duty_is_not_quiet_but_a_returned_or_withdrawn_one_is():
    waiting, returned = make.deputy("等"), make.deputy("退")
    facts.reported(waiting, on=date(2026, 5, 3))
    record = facts.reported(returned, on=date(2026, 5, 3))
    duties.send_back(record, reason="看不清", by=make.actor(Role.STAFF_CLERK))
    assert names() == ["退"]


def test_what_was_entered_is_nothing_until_its_deputy_has_confirmed_it():
    record = walk.entered(make.deputy("问"), done_on=date(2026, 5, 3))
    assert names() == ["问"]
    walk.on_behalf.confirm(record, by=make.as_deputy(record.deputy))
    assert names() == []


def test_leavers_and_suspended_are_not_asked():
    resting, gone = make.deputy(), make.deputy()
    Suspension.objects.create(
        deputy=resting, ground=SuspensionGround.DETAINED, from_on=date(2026, 5, 1)
    )
    make.leaves(gone, TODAY - timedelta(days=2))
    assert names() == []


def test_the_quiet_are_grouped_and_can_be_picked_by_invitation(desk):
    one = make.deputy("甲")
    make.deputy("乙", of=make.group("河口乡第一代表小组", make.township("河口乡")))
    called({one: False}, on=date(2026, 5, 3))
    html = desk.get(QUIET).content.decode()
    assert "2026 年第二季度还没有履职的代表" in html
    assert "本季度受邀 1 次" in html
    assert html.count("没有受邀</span>") == 1
    assert "甲" not in desk.get(QUIET, {"called": "never"}).content.decode()
    assert "乙" not in desk.get(QUIET, {"called": "some"}).content.decode()
    assert "没有这样的代表" in desk.get(QUIET, {"q": "丙"}).content.decode()


def spread(count=9):
    """People alike, each with one or two receptions."""
    for number in range(count):
        person = make.deputy(f"常{number}")
        for day in range(1, 2 + number % 3):
            facts.posted(person, "C1", on=date(2026, 5, day))


def test_far_above_the_cohort_is_listed_with_the_reason(desk):
    spread()
    star = make.deputy("勤")
    facts.posted(star, "B4")
    (row,) = outliers(make.assembly(), 2026, TODAY)
    assert (row.name, row.measure, row.high) == ("勤", "总分", True)
    assert row.words.startswith("总分 20 分，首次当选代表 10 人里居中的是 4 分，高出 16 分")
    html = desk.get(OUTLIERS).content.decode()
    assert "偏高" in html
    assert reverse("scoring:portrait_of", args=[star.pk]) in html
    assert "没有离得特别远的" in desk.get(OUTLIERS, {"side": "low"}).content.decode()


@pytest.mark.parametrize("url", [CHANCES, OUTLIERS])
def test_the_boards_speak_no_statistics(desk, url):
    page = desk.get(url).content.decode()
    for word in ("标准距离", "标准差", "四分位", "可信区间", "折算", "绝对偏差"):
        assert word not in page


def test_a_cohort_of_too_few_is_compared_with_everybody():
    spread()
    late = make.deputy("补")
    Mandate.objects.filter(deputy=late).update(from_on=date(2026, 1, 5))
    late.membership_set.update(from_on=date(2026, 1, 5))
    facts.posted(late, "B4")
    (row,) = outliers(make.assembly(), 2026, TODAY)
    assert "全体代表 10 人" in row.words


def test_who_has_only_just_come_is_not_far_behind():
    spread()
    late = make.deputy("新")
    Mandate.objects.filter(deputy=late).update(from_on=date(2026, 6, 1))
    late.membership_set.update(from_on=date(2026, 6, 1))
    assert outliers(make.assembly(), 2026, TODAY) == []


def write_up(person, days=5, **how):
    """Several days' visits reported at one sitting, all with one photo."""
    return [
        walk.report(
            person,
            done_on=TODAY - timedelta(days=back),
            quantity=5,
            note="走访联系选民，了解生产生活情况",
            photos=[walk.photo("navy")],
            **how,
        )
        for back in range(1, days + 1)
    ]


def test_signs_stand_with_the_records_behind_them_and_accuse_nobody(desk):
    person, other = make.deputy("甲"), make.deputy("乙")
    records = write_up(person)
    walk.report(other, done_on=TODAY, photos=[walk.photo("gold")])
    (row,) = oddities(make.assembly(), 2026, TODAY)
    assert row.name == "甲"
    assert [sign.code for sign in row.signs] == ["photo", "limit", "sitting", "alike"]
    assert all(sign.words.endswith("请核对。") for sign in row.signs)
    assert [each.pk for each in row.signs[0].records] == [record.pk for record in records]
    html = desk.get(ODDITIES).content.decode()
    assert reverse("admin:deputies_dutyrecord_change", args=[records[0].pk]) in html
    assert "这些只是提示，不是结论" in html
    for accusation in ("作弊", "造假", "违规", "刷分"):
        assert accusation not in html


def test_one_sign_can_be_picked_and_a_withdrawn_record_is_left_out(desk):
    person = make.deputy("甲")
    records = write_up(person)
    page = desk.get(ODDITIES, {"sign": "sitting"})
    assert [sign.code for sign in page.context["page"].object_list[0].signs] == ["sitting"]
    duties.withdraw(records[0], by=make.as_deputy(person))
    assert "没有要核对的" in desk.get(ODDITIES, {"sign": "sitting"}).content.decode()


def test_a_photo_of_two_deputies_is_a_sign_at_both():
    for name in ("甲", "乙"):
        for day in (2, 3):
            walk.report(
                make.deputy(name) if day == 2 else DutyRecord.objects.latest("pk").deputy,
                done_on=TODAY - timedelta(days=day),
                photos=[walk.photo("navy" if day == 2 else "teal")],
            )
    rows = oddities(make.assembly(), 2026, TODAY, sign="photo")
    assert sorted(row.name for row in rows) == ["乙", "甲"]


def test_the_sign_of_a_photo_names_only_the_records_whose_photo_was_used_again():
    person = make.deputy("甲")
    again = write_up(person, days=2)
    walk.report(person, done_on=TODAY - timedelta(days=9), photos=[walk.photo("gold")])
    (row,) = oddities(make.assembly(), 2026, TODAY, sign="photo")
    assert [each.pk for each in row.signs[0].records] == [record.pk for record in again]


def test_who_has_left_is_no_longer_on_the_board():
    gone, here = make.deputy("走"), make.deputy("在")
    write_up(gone)
    write_up(here)
    make.leaves(gone, TODAY - timedelta(days=1))
    assert [row.name for row in oddities(make.assembly(), 2026, TODAY)] == ["在"]


def test_own_reports_are_compared_with_what_is_usual_and_the_words_say_both():
    person = make.deputy("甲")
    for back in range(1, 7):
        note = f"第 {back} 次走访"
        walk.report(person, done_on=TODAY - timedelta(days=back), note=note)
    for _ in range(3):
        facts.posted(make.deputy(), "B4")
    (row,) = oddities(make.assembly(), 2026, TODAY, sign="self")
    assert (row.name, len(row.signs[0].records)) == ("甲", 6)
    assert "自报 6 条，占全部 6 条的多数，同类一般占 0%" in row.signs[0].words


def test_what_is_reported_in_december_is_a_sign_and_earlier_is_none():
    end = date(2026, 12, 28)
    early, late = make.deputy("早"), make.deputy("晚")
    for back in range(1, 7):
        walk.report(early, done_on=TODAY - timedelta(days=back), note=f"早 {back}")
    with facts.on(end):
        for back in range(1, 7):
            walk.report(late, done_on=end - timedelta(days=back), note=f"晚 {back}")
        (row,) = oddities(make.assembly(), 2026, end, sign="december")
    assert (row.name, row.signs[0].code) == ("晚", "december")


def sheet_of(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_each_board_exports_what_it_shows(desk):
    spread()
    facts.posted(make.deputy("勤"), "B4")
    write_up(make.deputy("甲"))
    make.deputy("静")
    assert [row[0] for row in sheet_of(desk.get(QUIET, {"export": 1}))[2:]] == ["静"]
    assert [row[0] for row in sheet_of(desk.get(OUTLIERS, {"export": 1}))[2:]] == ["勤"]
    rows = sheet_of(desk.get(ODDITIES, {"export": 1, "sign": "alike"}))
    assert rows[2][:3] == ["甲", "柳河镇第一代表小组", "内容几乎一样"]


@pytest.mark.parametrize("url", BOARDS)
def test_an_empty_board_and_a_slip_in_the_address_say_so_in_words(desk, url):
    assert desk.get(url, {"group": "x", "sign": "?", "side": "?", "page": "y"}).status_code == 200
    assert 'class="empty"' in desk.get(url).content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
@pytest.mark.parametrize("url", BOARDS)
def test_the_boards_are_the_desks(client, role, url):
    client.force_login(make.actor(role).user)
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("url", BOARDS)
def test_the_boards_take_the_same_queries_for_one_row_and_for_three(desk, url):
    counts = []
    spread()
    for more in (1, 2):
        for _ in range(more):
            facts.posted(make.deputy(), "B4")
            write_up(make.deputy())
            make.deputy(of=make.group(f"第{make.serial()}组"))
        counts.append(year.queries_of(desk, url))
    assert counts[0] == counts[1]
