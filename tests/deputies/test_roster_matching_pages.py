"""导入预览的页面: 对列名, mends of a row, a namesake, the faulty rows as a sheet."""

import pytest

from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from congress.shared.roles import STAFF, Role
from deputies.actions import exports, roster
from tests import make
from tests.deputies import sheet
from tests.deputies.pages import url
from tests.deputies.test_roster_matching import MATCHED, known_and_alike, strange, trail
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db
OTHERS = sorted(set(Role) - STAFF)


def test_the_matching_screen_proposes_by_cells_and_keeps_what_was_chosen(client):
    batch = strange(sheet.row())
    as_(client, make.actor())
    page = url("match_columns", batch.pk)
    assert client.get(url("preview", batch.pk))["Location"] == page
    body = text(client.get(page))
    assert "对列名" in body
    titles = [each["title"] for each in batch.layout["headers"]]
    chosen = {f"column-{at}": MATCHED.get(title, title) for at, title in enumerate(titles)}
    wrong = client.post(page, chosen | {"column-2": ""})
    assert (wrong.status_code, "还没有对上：性别" in text(wrong)) == (422, True)
    twice = client.post(page, chosen | {"column-2": "姓名"})
    assert "“姓名”选了两次" in text(twice)
    done = client.post(page, chosen)
    assert done["Location"] == url("preview", batch.pk)
    assert client.get(page)["Location"] == url("preview", batch.pk)
    selected = [line for line in body.splitlines() if "selected" in line]
    assert any(">性别<" in line for line in selected)


def test_a_faulty_row_offers_its_mends_and_can_be_filled_in_by_hand(client):
    batch = sheet.upload([sheet.row(出生年月="1968.13"), sheet.row()])
    as_(client, make.actor())
    body = text(client.get(url("preview", batch.pk)))
    assert ("1968.12" in body, "手填" in body) == (True, True)
    mend = url("mend_row", batch.pk, 4)
    still = client.post(mend, {"cell:出生年月": "1968.14"}, follow=True)
    assert "还有错：" in text(still)
    done = client.post(mend, {"cell:出生年月": "1968.12"}, follow=True)
    assert "第 4 行改好了，判为“新增”" in text(done)
    assert "第 4 行已还原" in text(client.post(url("restore_row", batch.pk, 4), follow=True))


def test_a_row_moved_one_column_right_is_moved_back_with_one_click(client):
    row = sheet.row()
    values = ["", *[row[title] for title in sheet.HEADER][:-1]]
    shifted = dict(zip(sheet.HEADER, values, strict=True))
    batch = sheet.upload([sheet.row(), shifted])
    as_(client, make.actor())
    assert "整行左移一列" in text(client.get(url("preview", batch.pk)))
    sent = {f"cell:{title}": str(value) for title, value in row.items()}
    client.post(url("mend_row", batch.pk, 5), sent)
    assert sheet.verdicts(batch) == ["new", "new"]


def test_the_question_about_a_namesake_is_answered_on_the_page(client):
    batch = known_and_alike()
    as_(client, make.actor())
    assert "不是同一个人" in text(client.get(url("preview", batch.pk)))
    page = url("tell_apart", batch.pk, 4)
    client.post(page, {"alike": "x"})
    assert batch.rows.get().alike == ""
    assert "是同一个人" in text(client.post(page, {"alike": "same"}, follow=True))


def test_export_faults_gives_faulty_rows_to_the_office_alone_and_leaves_a_trail(client):
    batch, by = sheet.upload([sheet.row(民族="土家"), sheet.row()]), make.actor()
    page = url("export_faults", batch.pk)
    refused = as_(client, make.actor(Role.LEADER)).post(page)
    assert (refused.status_code, "只有代工委可以下载" in text(refused)) == (409, True)
    assert as_(client, by).get(page).status_code == 405
    assert page in text(client.get(url("preview", batch.pk)))
    answer = client.post(page)
    assert trail(batch)[-1] == ("faults_exported", "1 行，含联系电话")
    again = roster.upload(
        answer.content, file_name="错误行.xlsx", elected_on=sheet.ELECTED_ON, by=make.actor()
    )
    assert [row.cells["错误原因"][:2] for row in again.rows.all()] == ["D4"]
    assert sheet.verdicts(again) == ["error"]


@pytest.mark.parametrize("role", OTHERS)
def test_export_faults_is_refused_to_every_other_role(role):
    batch = sheet.upload([sheet.row(民族="土家")])
    with pytest.raises(Refused, match="只有代工委可以下载"):
        exports.export_faults(batch, by=make.actor(role))


def test_the_pages_of_an_import_by_command_name_the_command(client):
    batch = roster.upload(
        sheet.book([sheet.row()]), file_name="名册.xlsx", elected_on=sheet.ELECTED_ON, by=SYSTEM
    )
    as_(client, make.actor())
    assert "运维命令" in text(client.get(url("preview", batch.pk)))
    roster.apply(batch, by=SYSTEM, today=sheet.TODAY)
    for page in (url("preview", batch.pk), url("upload")):
        body = text(client.get(page))
        assert ("运维命令" in body, "None" in body) == (True, False)
