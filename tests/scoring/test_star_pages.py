"""我的星、亮星榜: what is lit so far and why, the rows behind it, the people behind a number."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from scoring.models import Star
from scoring.queries.star_year import star_year
from scoring.stars import JUDGES
from tests import make
from tests.home import facts as home_facts
from tests.scoring import facts, polling, year
from tests.scoring.year import as_, queries_of, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def then():
    facts.book()
    with facts.on(polling.TODAY):
        yield


def lit_of(deputy):
    found = star_year(deputy, make.assembly(), 2026, polling.TODAY)
    return [line.name for line in found.lines if line.lit]


def test_a_deputy_sees_what_is_lit_so_far_what_is_missing_and_the_rows_behind(then, client):
    person = make.deputy("叶青")
    facts.posted(person, "M2", on=date(2026, 3, 3))
    polling.polled(person)
    assert lit_of(person) == ["审议星", "形象星"]
    page = text(as_(client, make.as_deputy(person)).get(url("my_stars")))
    assert "已亮 <b" in page
    assert "还差 6 颗：会议星、建议星" in page
    assert "还没亮：学习培训 0 次，需 2 次" in page
    assert page.count("年底由代工委核定") >= 2
    assert "点亮 2 颗：审议星、形象星" in page, "the picture's text twin"
    image = text(client.get(url("star_rows", "image")))
    assert "满意和基本满意 97.8%" in image
    speaking = text(client.get(url("star_rows", "speaking"), {"year": "2026"}))
    assert "2026 年 3 月 3 日" in speaking
    assert "由代工委核定，没有记录可列" in text(client.get(url("star_rows", "stance")))
    assert client.get(url("star_rows", "image"), {"year": "x"}).status_code == 400
    assert client.get(url("star_rows", "bamboo")).status_code == 404
    for code in JUDGES:
        assert client.get(url("star_rows", code)).status_code == 200


def test_a_sealed_year_keeps_its_stars_and_their_names(client):
    one = make.deputy()
    home_facts.archived(home_facts.graded(home_facts.review(year=2026), one, lit=2))
    sealed = star_year(one, make.assembly(), 2026, year.TODAY)
    assert (sealed.decided, sealed.lit) == (True, 2)
    Star.objects.filter(code="law").update(name="清风星")
    assert lit_of(one) == ["政治星", "守法星"]
    facts.book()
    with facts.on(year.TODAY):
        page = text(as_(client, make.as_deputy(one)).get(url("my_stars")))
    assert "守法星" in page
    assert "清风星" not in page


def test_nobody_else_reads_a_deputys_stars(then, client):
    person = make.deputy()
    as_(client, make.as_deputy(make.deputy()))
    assert client.get(url("stars_of", person.pk)).status_code == 403
    assert client.get(url("star_rows_of", person.pk, "image")).status_code == 403
    assert client.get(url("star_board")).status_code == 403
    assert client.get(url("star_list")).status_code == 403


def sheet(answer):
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_the_office_reads_townships_against_stars_and_who_is_behind_each_number(client):
    of = year.party(0)
    with facts.on(polling.TODAY):
        assert "还没有年度评价" in text(as_(client, of.director).get(url("star_board")))
    people = [make.deputy("叶青"), make.deputy("石磊")]
    polling.polled(people[0])
    cycle = year.opened(of)
    with facts.on(year.TODAY):
        page = client.get(url("star_board"))
        county = page.context["areas"][0]
        assert dict(county["stars"])["image"] == 1
        assert dict(county["counts"])[3] == 1
        assert "这一年还没有评定" in text(page)
        said = {"cycle": cycle.pk, "star": "image"}
        assert "叶　青" in text(client.get(url("star_list"), said))
        unlit = text(client.get(url("star_list"), {**said, "lit": "0"}))
        assert "石　磊" in unlit
        assert "形象星没有亮" in unlit
        rows = sheet(client.get(url("star_list"), {"cycle": cycle.pk, "count": 3, "export": 1}))
        assert rows[1][:4] == ["乡镇", "代表小组", "代表", "星数"]
        assert rows[2][2:4] == ["叶青", "3"]
        assert client.get(url("star_list"), {"cycle": 10**6}).status_code == 404
        assert client.get(url("star_board"), {"area": "x"}).status_code == 400
        assert "形象星" in text(client.get(url("stars_of", people[0].pk)))
        page = text(client.get(url("star_rows_of", people[0].pk, "image")))
        assert "满意和基本满意 97.8%" in page


def test_the_board_asks_the_same_number_of_queries_for_one_deputy_and_for_three(client):
    of = year.party(1)
    cycle = year.opened(of)
    as_(client, of.director)
    with facts.on(year.TODAY):
        pages = [url("star_board"), f"{url('star_list')}?cycle={cycle.pk}"]
        one = [queries_of(client, page) for page in pages]
        for _ in range(2):
            polling.polled(make.deputy(), place=f"会议室{make.serial()}")
        assert [queries_of(client, page) for page in pages] == one
