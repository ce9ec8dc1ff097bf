"""名册 in the browser: upload, preview, apply; the lists of the workbench."""

import io
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.shared import clock
from congress.shared.roles import DESK, Role
from deputies.models import Deputy, Mandate, RosterImport
from deputies.states import ImportState
from stations.actions import places
from tests import make
from tests.deputies import sheet

NOW = datetime(2026, 5, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
UPLOAD = "/deputies/roster/upload/"
LISTS = ("deputy", "mandate", "deputygroup", "delegation", "district", "rosterimport")


@pytest.fixture(autouse=True)
def today(db):
    with clock.at(NOW):
        yield NOW.date()


@pytest.fixture
def desk(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    return client


def send(client, content: bytes, name="名册.xlsx", day="2021-12-01"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(UPLOAD, {"kind": "roster", "file": file, "elected_on": day})


def words(answer) -> str:
    return re.sub(r"[ \n\t]+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_roster_goes_from_upload_over_the_preview_into_the_register(desk):
    answer = send(desk, sheet.book([sheet.row(姓名="王　伟"), sheet.row(民族="土家")]))
    batch = RosterImport.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("deputies:preview", args=[batch.pk]))

    page = desk.get(answer.url)
    assert "新增 1 人" in words(page)
    assert "D5" in words(page)
    assert "是不是“土家族”" in words(page)
    assert words(page).index("土家族") < words(page).index("王　伟"), "errors come first"
    assert f'action="{reverse("stations:apply_roster", args=[batch.pk])}"' in page.content.decode()
    assert not Deputy.objects.exists()

    done = desk.post(reverse("stations:apply_roster", args=[batch.pk]), follow=True)
    assert "已导入" in words(done)
    assert Deputy.objects.get().name == "王伟"

    again = desk.post(reverse("stations:apply_roster", args=[batch.pk]))
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.4", "通知.pdf", "请选择 Excel 表格"),
        (b"", "名册.xlsx", "文件是空的"),
        (b"PK\x03\x04", "名册.xlsx", "文件已损坏"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "名册.xls", "不是表格文件"),
        (sheet.book([sheet.row()], header=["甲", "乙", "丙"]), "名册.xlsx", "没有找到表头"),
    ],
)
def test_a_wrong_file_is_answered_422_with_a_sentence_and_the_date_kept(
    desk, content, name, sentence
):
    answer = send(desk, content, name)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="2021-12-01"' in answer.content.decode()
    assert not RosterImport.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("", "请填写换届日期"), ("昨天", "日期请写成"), ("2027-01-01", "换届日期还没到")],
)
def test_a_wrong_date_is_answered_422_with_a_sentence(desk, day, sentence):
    answer = send(desk, sheet.book([sheet.row()]), day=day)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_no_file_is_answered_422(desk):
    answer = desk.post(UPLOAD, {"kind": "roster", "elected_on": "2021-12-01"})

    assert answer.status_code == 422
    assert "请选择表格文件" in words(answer)


def test_a_day_outside_the_term_is_said_beside_the_date(desk):
    sheet.apply([sheet.row()])

    answer = send(desk, sheet.book([sheet.row()]), day="2021-01-01")

    assert answer.status_code == 422
    assert "日期太早" in words(answer)


def test_an_import_can_be_dropped(desk):
    batch = sheet.upload([sheet.row()])

    answer = desk.post(reverse("deputies:drop", args=[batch.pk]), follow=True)

    batch.refresh_from_db()
    assert batch.state == ImportState.DROPPED
    assert "已放弃" in words(answer)


def test_the_preview_shows_changes_old_and_new_with_telephones_masked(desk):
    one, absent = sheet.row(联系电话="13911112222"), sheet.row()
    sheet.apply([one, absent])
    batch = sheet.upload([one | {"联系电话": "13655555518", "学历": "大学"}])
    address = reverse("deputies:preview", args=[batch.pk])

    said = words(desk.get(address))
    assert "139****2222" in said
    assert "136****5518" in said
    assert "13655555518" not in said
    assert "更新 1 人" in said
    assert "表里没有的 1 人不动" in said
    assert absent["姓名"] in words(desk.get(address, {"tab": "absent"}))
    assert desk.get(address, {"tab": "nonsense"}).status_code == 404


def test_a_sheet_without_news_has_no_button_but_its_reason(desk):
    one = sheet.row()
    sheet.apply([one])
    batch = sheet.upload([one])

    page = desk.get(reverse("deputies:preview", args=[batch.pk]))

    assert "没有新增和变更，不用导入" in words(page)


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
def test_nobody_outside_the_desk_sees_an_import(client, role):
    batch = sheet.upload([sheet.row()])
    client.force_login(make.actor(role).user)

    for name in ("deputies:preview", "deputies:drop", "stations:apply_roster"):
        address = reverse(name, args=[batch.pk])
        method = client.get if name == "deputies:preview" else client.post
        assert method(address).status_code in {403, 404}
    assert client.get(UPLOAD).status_code in {403, 404}


def test_a_leader_may_look_but_not_apply(client):
    batch = sheet.upload([sheet.row()])
    client.force_login(make.actor(Role.LEADER).user)

    page = client.get(reverse("deputies:preview", args=[batch.pk]))
    assert "只有代工委可以导入代表名册" in words(page)
    answer = client.post(reverse("stations:apply_roster", args=[batch.pk]))
    assert answer.status_code == 409


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", [*(f"deputies_{n}" for n in LISTS), "stations_station"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(desk, name):
    address = reverse(f"admin:{name}_changelist")

    def bring_in(number: int) -> None:
        clerk = make.actor()
        cells = {
            "代表小组": f"柳河镇第{number}代表小组",
            "联络站": f"柳河镇第{number}代表联络站",
            "选区（选举单位）": f"柳河镇第{number}选区",
            "代表团": f"柳河第{number}代表团",
        }
        places.apply_roster(
            sheet.upload([sheet.row(**cells)], by=clerk), by=clerk, today=sheet.TODAY
        )

    bring_in(1)
    desk.get(address)
    one = queries(desk, address)
    bring_in(2)
    bring_in(3)

    assert queries(desk, address) == one


def test_the_preview_and_the_upload_page_ask_as_often_for_three_rows_as_for_one(desk):
    few = reverse("deputies:preview", args=[sheet.upload([sheet.row()]).pk])
    one, at_upload = queries(desk, few), queries(desk, UPLOAD)
    batch = sheet.upload([sheet.row() for _ in range(3)])

    assert queries(desk, reverse("deputies:preview", args=[batch.pk])) == one
    assert queries(desk, UPLOAD) == at_upload


def test_the_roster_stands_by_strokes_with_two_character_names_spaced(desk):
    sheet.apply([sheet.row(姓名="魏忠诚"), sheet.row(姓名="丁文"), sheet.row(姓名="王启秀")])

    said = words(desk.get(reverse("admin:deputies_deputy_changelist")))

    assert said.index("丁　文") < said.index("王启秀") < said.index("魏忠诚")
    assert not re.search(r"\b139\d{8}\b", said)


@pytest.mark.parametrize("term", ["王启", "wang", "wang qi", "13900"])
def test_a_deputy_is_found_by_name_pinyin_or_telephone(desk, term):
    sheet.apply([sheet.row(姓名="王启秀")])

    assert "王启秀" in words(desk.get(reverse("admin:deputies_deputy_changelist"), {"q": term}))


@pytest.mark.parametrize("name", ["level", "township", "group", "delegation"])
def test_the_roster_can_be_narrowed(desk, name):
    other = {"代表层级": "乡镇", "代表团": "", "选区（选举单位）": "松岭乡第1选区"}
    sheet.apply(
        [sheet.row(姓名="王启秀"), sheet.row(姓名="魏忠诚", 代表小组="松岭乡第一代表小组", **other)]
    )
    seat = Mandate.objects.get(deputy__name="王启秀")
    spell = seat.deputy.membership_set.select_related("group").get()
    values = {
        "level": seat.term.assembly.level_id,
        "township": spell.group.area_id,
        "group": spell.group_id,
        "delegation": seat.delegation_id,
    }
    address = reverse("admin:deputies_deputy_changelist")

    said = words(desk.get(address, {name: values[name]}))

    assert "王启秀" in said
    assert "魏忠诚" not in said
    assert "魏忠诚" in words(desk.get(address, {name: "nonsense"}))


def test_a_deputys_page_shows_seats_and_group_and_nothing_to_change(desk):
    clerk = make.actor()
    places.apply_roster(sheet.upload([sheet.row()], by=clerk), by=clerk, today=sheet.TODAY)
    address = reverse("admin:deputies_deputy_change", args=[Deputy.objects.get().pk])

    page = desk.get(address)

    for text in (
        "竹山县人民代表大会第19届",
        "柳河镇第一代表小组",
        "1390000",
    ):
        assert text in words(page)
    assert 'name="_save"' not in page.content.decode()
    assert desk.post(address, {"name": "别人"}).status_code == 403


def test_the_telephone_in_full_is_for_the_office_alone(client):
    sheet.apply([sheet.row(联系电话="13912345678")])
    client.force_login(make.actor(Role.LEADER).user)
    address = reverse("admin:deputies_deputy_change", args=[Deputy.objects.get().pk])

    assert "139****5678" in words(client.get(address))


def test_the_first_day_of_the_term_is_proposed(desk):
    sheet.apply([sheet.row()])

    assert f'value="{date(2021, 12, 1)}"' in desk.get(UPLOAD).content.decode()


def test_a_district_and_a_group_that_nobody_knows_are_named_before_they_are_made(desk):
    sheet.apply([sheet.row()])
    strange = {"选区（选举单位）": "柳河镇第99选区", "代表小组": "柳河镇第九十九代表小组"}
    batch = sheet.upload([sheet.row(**strange)])
    said = words(desk.get(reverse("deputies:preview", args=[batch.pk])))
    assert "会新建 1 个代表小组（柳河镇第九十九代表小组）、1 个选区（柳河镇第99选区）" in said


def test_who_sits_no_more_can_be_left_out_of_the_roster(desk):
    sheet.apply([sheet.row(姓名="王启秀"), sheet.row(姓名="魏忠诚")])
    make.leaves(Deputy.objects.get(name="魏忠诚"), sheet.TODAY)
    address = reverse("admin:deputies_deputy_changelist")
    for value, names in (("now", {"王启秀"}), ("past", {"魏忠诚"}), ("", {"王启秀", "魏忠诚"})):
        said = words(desk.get(address, {"sitting": value} if value else {}))
        assert {name for name in ("王启秀", "魏忠诚") if name in said} == names
