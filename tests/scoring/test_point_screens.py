"""积分的页面: a deputy reads why and where they stand, the desk ranks, exports and reverses."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congress.shared.roles import DESK, Role
from scoring.actions import posting
from scoring.models import Entry
from tests import make
from tests.scoring import facts
from tests.scoring.test_screens import signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may")]
BOARD, POINTS = reverse("scoring:board"), reverse("scoring:points")


def test_a_deputy_sees_every_line_why_and_where_they_stand(client):
    deputy = make.deputy()
    other = make.deputy()
    facts.posted(other, "B6")
    facts.posted(deputy, "C1")
    undone = facts.posted(deputy, "C5")
    posting.reverse(undone, reason="述职材料不是本年的", by=make.director())
    facts.reported(deputy, "S1")
    page = signed(client, make.as_deputy(deputy)).get(POINTS).content.decode()
    assert "2 位县级代表中" in page
    assert "排第 <b>2</b>" in page
    assert "接待选民 1 次 × 2 分 = 2 分" in page
    assert "冲销：向选民述职" in page
    assert "述职材料不是本年的" in page
    assert "还有 1 条在核实，约 2 分，没算在内" in page
    assert "2025 年第 1 版 C1" in page


def test_a_verified_duty_shows_in_the_rank_at_the_next_request(client):
    ahead, deputy = make.deputy(), make.deputy()
    facts.posted(ahead, "C1")
    signed(client, make.as_deputy(deputy))
    assert "排第 <b>2</b>" in client.get(POINTS).content.decode()
    facts.posted(deputy, "B6")
    assert "排第 <b>1</b>" in client.get(POINTS).content.decode()


def test_points_of_another_year_and_congress_are_in_the_address(client):
    facts.book("township")
    deputy = make.deputy(levels=("county", "township"))
    facts.posted(deputy, on=facts.DAY.replace(year=2025))
    place = make.assembly("township", make.township())
    signed(client, make.as_deputy(deputy))
    page = client.get(POINTS, {"year": 2025, "assembly": place.pk}).content.decode()
    assert "2.0</b>" in page
    assert "1 位乡镇代表中" in page
    assert client.get(POINTS, {"year": "x", "assembly": "999"}).status_code == 200


def test_somebody_who_is_no_deputy_has_no_points_page(client):
    assert signed(client, make.actor(Role.UNIT_CLERK)).get(POINTS).status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
@pytest.mark.parametrize("url", [BOARD, reverse("scoring:points_of", args=[1])])
def test_the_ranking_and_another_persons_points_are_the_desks(client, role, url):
    assert signed(client, make.actor(role)).get(url).status_code == 403


def test_the_board_shares_ranks_and_lists_those_with_nothing(client):
    for name, code in [("甘露", "C1"), ("陶然", "C1"), ("石头", "B6"), ("江河", None)]:
        deputy = make.deputy(name)
        if code:
            facts.posted(deputy, code)
    page = signed(client, make.director()).get(BOARD)
    rows = [(row.rank, row.name, row.total) for row in page.context["page"].object_list]
    assert rows[0] == (1, "石头", "8.0")
    assert {row[:1] for row in rows[1:3]} == {(2,)}
    assert rows[3] == (4, "江河", "0.0")


def test_a_name_looked_for_keeps_its_rank(client):
    facts.posted(make.deputy("甘露"), "B6")
    facts.posted(make.deputy("陶然"), "C1")
    page = signed(client, make.director()).get(BOARD, {"q": "陶"})
    assert [(row.rank, row.name) for row in page.context["page"].object_list] == [(2, "陶然")]


def test_the_sheet_has_what_the_screen_shows_and_no_formula(client):
    facts.posted(make.deputy("=1+1"), "B6")
    facts.posted(make.deputy("陶然"), "C1")
    answer = signed(client, make.director()).get(BOARD, {"export": 1, "q": "="})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][0] == "青禾县人民代表大会 2026 年积分排名"
    assert rows[2:] == [[1, "=1+1", "柳河镇第一代表小组", 0, 8, 8]]


def test_the_director_reverses_a_line_from_its_page(client):
    entry = facts.posted(make.deputy())
    url = reverse("scoring:reverse", args=[entry.pk])
    signed(client, make.director())
    assert "不删不改" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "重复"}).status_code == 302
    assert Entry.objects.filter(reverses=entry).exists()


def test_a_clerk_sees_why_the_line_is_not_theirs_to_reverse(client):
    entry = facts.posted(make.deputy())
    url = reverse("scoring:reverse", args=[entry.pk])
    signed(client, make.actor(Role.STAFF_CLERK))
    assert "只有代工委主任可以冲销积分" in client.get(url).content.decode()
    assert client.post(url, {"reason": "重复"}).status_code == 409


def test_the_desk_opens_the_page_that_a_deputy_sees(client):
    deputy = make.deputy("甘露")
    facts.posted(deputy)
    page = signed(client, make.director()).get(reverse("scoring:points_of", args=[deputy.pk]))
    assert "甘露的积分" in page.content.decode()
    assert "接待选民 1 次 × 2 分 = 2 分" in page.content.decode()


def test_the_desk_reads_of_the_deputy_and_is_not_spoken_to_as_one(client):
    deputy = make.deputy("甘露")
    facts.contested(facts.posted(deputy))
    page = signed(client, make.director()).get(reverse("scoring:points_of", args=[deputy.pk]))
    main = page.content.decode().partition('class="stack sheet-of"')[2]
    assert "<h2>排第几</h2>" in main
    assert "该代表有 1 笔正在处理异议" in main
    assert "您" not in main.partition("</main>")[0]
    own = signed(client, make.as_deputy(deputy)).get(POINTS).content.decode()
    assert "<h2>我排第几</h2>" in own
    assert "您有 1 笔正在处理异议" in own


def test_a_reversal_after_the_years_end_stands_in_the_year_it_belongs_to(client):
    deputy = make.deputy()
    entry = facts.posted(deputy, on=facts.DAY.replace(year=2025))
    posting.reverse(entry, reason="述职延期", by=make.director())
    page = signed(client, make.as_deputy(deputy)).get(POINTS, {"year": 2025}).content.decode()
    assert "12 月 31 日 · 联系群众" in page
    assert "后来已冲销" in page
