"""代表开户 in the browser."""

import io
import re

import pytest
import python_calamine
from django.urls import reverse

from congress.shared.models import Area
from congress.shared.roles import DESK, Role
from deputies.models import Deputy
from tests import make
from tests.deputies import sheet
from tests.deputies.test_roster_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make.actor(Role.STAFF_CLERK).user)
    return client


def test_an_account_is_opened_on_its_page(desk):
    sheet.apply([sheet.row(代表证号="190001")])
    deputy = Deputy.objects.get()
    address = reverse("deputies:open_account", args=[deputy.pk])
    assert 'value="190001"' in desk.get(address).content.decode()

    wrong = desk.post(address, {"username": "王启秀", "password": "123"})
    assert (wrong.status_code, "不能有空格和汉字" in words(wrong)) == (422, True)

    desk.post(address, {"username": "190001", "password": "liuhe-2026"})
    deputy.refresh_from_db()
    assert deputy.user.check_password("liuhe-2026")
    assert "已经有账号" in words(desk.get(address))


def test_a_townships_accounts_leave_as_a_sheet_of_first_passwords(desk):
    sheet.apply([sheet.row(代表证号="190001"), sheet.row(代表证号="190002")])
    address = reverse("deputies:open_accounts")
    assert re.search(r"柳河镇 2 人", words(desk.get(address)))

    answer = desk.post(address, {"township": Area.objects.get(name="柳河镇").pk})

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    _, head, *slips = book.get_sheet_by_index(0).to_python()
    assert head == ["姓名", "代表小组", "账号", "初始密码"]
    for name, _, username, password in slips:
        user = Deputy.objects.get(name=name).user
        assert (user.username, user.check_password(password)) == (username, True)
    assert "都有账号" in words(desk.get(address))
    assert desk.post(address, {"township": "x"}).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
def test_nobody_outside_the_desk_opens_accounts(client, role):
    sheet.apply([sheet.row()])
    client.force_login(make.actor(role).user)

    for address in (
        reverse("deputies:open_accounts"),
        reverse("deputies:open_account", args=[Deputy.objects.get().pk]),
    ):
        assert client.get(address).status_code in {403, 404}
