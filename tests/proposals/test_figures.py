"""统计: every number of a small county as counted by hand, and the list that each leads to."""

import io
import re
from html import unescape
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from congress.shared.roles import Role
from proposals import figure_papers
from proposals.counting import counted
from proposals.figures import DIMENSIONS, split
from proposals.measures import MEASURES
from proposals.queries import statistics
from proposals.queries.clocks import Clock
from proposals.queries.figure_page import listed, tables
from proposals.states import State
from tests import make
from tests.proposals import counted_county as facts
from tests.proposals import walk
from tests.scoring.facts import on

pytestmark = pytest.mark.django_db
PAGE = reverse("proposals:figures")
HREF = re.compile(r'href="(/proposals/desk/figures/list/[^"]+)">(\d[^<]*)</a>')


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """The county once; the database forgets it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic(), on(facts.TODAY):
        rows = facts.county()
        office = make.actor(Role.STAFF_DIRECTOR)
        client = Client()
        client.force_login(office.user)
        year = statistics.load(office, 2026, Clock.on(facts.TODAY))
        yield {"rows": rows, "office": office, "client": client, "year": year}
        transaction.set_rollback(True)


@pytest.fixture
def open_house(house, django_db_blocker):
    with django_db_blocker.unblock():
        yield house


def test_each_number_is_what_was_counted_by_hand(house):
    found = counted(house["year"].cases).numbers
    assert {key: number for key, number in found.items() if number} == {
        "raised": 12,  # not what was taken in the year before, not the township's own
        "reviewing": 1,
        "refused": 1,
        "letter": 1,
        "withdrawn": 1,
        "accepted": 8,  # without the one taken back after its number
        "merged": 1,
        "waiting": 1,
        "assigned": 7,  # the merged one goes with the other
        "helped": 2,  # one helper of two that are handled together
        "answered": 3,  # on time with the merged one, and late; of two units one is silent
        "in_hand": 4,
        "on_time": 2,
        "late_answered": 1,
        "late_open": 3,  # the withheld one too; not the paused one
        "paused": 1,
        "met_all": 3,
        "signed_solved": 2,
        "signed_planned": 1,
        "now_solved": 2,
        "now_planned": 1,
        "asks": 4,
        "asks_solved": 2,
        "steps": 4,
        "recurring": 1,
    }


def test_an_honest_rate_has_what_is_open_and_overdue_below_the_line(house):
    found = counted(house["year"].cases)
    assert found.arithmetic("on_time_rate") == "2 件 ÷ 6 件 = 33.3%"
    assert found.days == 49  # 6 March to 24 April twice, and to 17 June
    assert counted([]).rate("on_time_rate") == ""


def test_a_unit_has_its_own_part_alone(house):
    by = split(house["year"].cases, "unit")
    names = {name: place for place, name in house["year"].names["unit"].items()}
    water = counted(by[names[facts.WATER]]).numbers
    assert (water["assigned"], water["answered"], water["late_open"]) == (2, 1, 1)
    roads = counted(by[names["县交通运输局"]]).numbers
    assert (roads["assigned"], roads["answered"], roads["on_time"]) == (6, 3, 3)
    money = counted(by[names[facts.FINANCE]]).numbers
    assert (money["assigned"], money["helped"]) == (0, 2)
    note = next(each.note for each in tables(house["year"]) if each.key == "unit")
    assert "相加比全部多 1 件" in note


def test_every_number_leads_to_a_list_of_so_many(open_house):
    client, year = open_house["client"], open_house["year"]
    with on(facts.TODAY):
        page = client.get(PAGE).content.decode()
        links = {(unescape(href), int(words.split()[0])) for href, words in HREF.findall(page)}
        asked = {href: dict(parse_qsl(urlsplit(href).query)) for href, _ in links}
        assert {each["count"] for each in asked.values()} == set(MEASURES)
        for href, number in links:
            found = asked[href]
            where = (found.get("by", ""), found.get("of", ""))
            assert len(listed(year, found["count"], *where)) == number, href
        ways = {each.get("by", ""): href for href, each in asked.items()}
        for href in ways.values():  # the view asks the same of the same address
            assert (href, client.get(href).context["page"].paginator.count) in links
    assert set(ways) == {"", *DIMENSIONS}


def test_each_section_folds_under_its_number_and_is_jumped_to(open_house):
    with on(facts.TODAY):
        pages = [open_house["client"].get(PAGE).text]
        pages.append(Client().get(reverse("proposals:public_figures")).text)
    for page, said in zip(pages, ("按期答复率 33.3%", "还没有公布"), strict=True):
        folded = re.findall(r'class="card fold" id="([^"]+)"', page)
        assert len(folded) > 3
        for key in folded:
            assert f'<a href="#{key}">' in page
            assert f'id="open-{key}"' in page
            assert f'<label for="open-{key}">' in page
        assert f"<small>{said}</small></label>" in page


def text(paper):
    return [page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages]


def cells(book, sheet):
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(sheet).to_python()


def test_the_report_says_its_day_its_numbers_and_what_is_not_released(open_house):
    client = open_house["client"]
    with on(facts.TODAY):
        paper = client.get(reverse("proposals:figures_report"))
        book = client.get(reverse("proposals:figures_export"))
        one = client.get(reverse("proposals:figure_list_export"), {"count": "helped"})
    words = "".join(text(paper.content))
    assert not re.search(r"三次都见\s+面|按期答复\s+率", words), "a head breaks within a word"
    words = re.sub(r"\s", "", words)
    for said in (
        "关于2026年代表建议办理情况的报告",
        "数据截至2026年6月20日",
        "共提出代表建议12件，其中受理8件",
        "按期答复率为33.3%（2件÷6件=33.3%）",
        "代表评价还没有公布，本报告不作统计",
    ):
        assert said in words
    rows = cells(book.content, "指标")
    assert rows[0][0] == "关于2026年代表建议办理情况的报告（数据截至 2026-06-20）"
    assert ["办理和答复", "按期答复", "2 件", MEASURES["on_time"].how] in rows
    assert len(cells(one.content, "明细")) == 2 + 2  # title and heads


def test_an_address_of_no_number_of_ours_leads_nowhere_and_strangers_are_kept_out(open_house):
    client = open_house["client"]
    lists = reverse("proposals:figure_list")
    for asked in ({"count": "x"}, {"count": "raised", "by": "x"}, {}, {"year": "99999"}):
        assert client.get(lists, asked).status_code == 404
    assert client.get(PAGE, {"year": "x"}).status_code == 404
    with on(facts.TODAY):
        for place in ("x", "999999", ""):
            nowhere = {"count": "raised", "by": "unit", "of": place}
            assert client.get(lists, nowhere).status_code == 404
        for name in ("figures", "figures_report", "figures_export"):
            ahead = client.get(reverse(f"proposals:{name}"), {"year": facts.TODAY.year + 1})
            assert ahead.status_code == 404
    for role in (Role.UNIT_HEAD, Role.DEPUTY, Role.CONVENOR):
        other = Client()
        other.force_login(make.actor(role).user)
        assert other.get(PAGE).status_code == 403


def test_a_year_that_has_just_begun_opens_on_the_newest_that_has_figures_and_says_so(open_house):
    client, january = open_house["client"], facts.TODAY.replace(year=2027, month=1, day=4)
    township, nobody = Client(), Client()
    township.force_login(make.actor(Role.TOWNSHIP_CLERK).user)
    said = re.compile("2027 年还没有(可以公开的)?建议，先列出 2026 年的。")
    places = ((client, PAGE), (township, PAGE), (nobody, reverse("proposals:public_figures")))
    for who, page in places:
        with on(january):
            opened, asked = who.get(page), who.get(page, {"year": "2027"}).text
        assert (
            bool(said.search(opened.text)),
            bool(said.search(asked)),
            "2027 年</a>" in opened.text,
        ) == (*(True, False, True),), page
        with on(facts.TODAY):
            assert "先列出" not in who.get(page).text


def test_a_township_counts_its_own_alone(open_house):
    client = Client()
    client.force_login(make.actor(Role.TOWNSHIP_CLERK).user)
    with on(facts.TODAY):
        answer = client.get(PAGE)
    numbers = {line.key: line.value for group in answer.context["groups"] for line in group.lines}
    assert (numbers["raised"], numbers["assigned"]) == ("1 件", "1 件")


def test_three_rows_take_the_queries_of_one(office):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert office.get(PAGE, {"year": "2026"}).status_code == 200
        return len(seen)

    with on(walk.REPLIED_ON):
        walk.proposal(State.ANSWERED)
        queries()
        one = queries()
        for title in ("关于办好学校食堂的建议", "关于增设公交站的建议"):
            walk.proposal(State.ANSWERED, title=title, unit=make.unit(facts.WATER))
        assert queries() == one


def test_the_signature_of_the_report_takes_the_last_paragraph_along():
    """Eleven lines and the closing one fill the first page."""
    said = {
        "title": "报告",
        "year": 2026,
        "body": "竹山县",
        "office": "代工委",
        "as_of": facts.TODAY,
    }
    none = dict.fromkeys(("tables", "units", "groups", "batches"), ()) | {"flow": ""}
    lines = [SimpleNamespace(head="一、跟踪落实", lines=["重点督办8件。"] * 11)]
    of = SimpleNamespace(**said, **none, sections=lines)
    (last,) = (each for each in text(figure_papers.report_pdf(of)) if "请审议" in each)
    assert ("重点督办" in last, "代工委" in last) == (True, True)
