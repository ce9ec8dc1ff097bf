"""代表首页: the dates ahead, the points, the list of the year, the other places."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from congress.shared.models import Session
from proposals.states import State
from scoring.actions import posting
from scoring.queries.board import standing
from stations.models import Posting, Station, StationKind
from tests import make
from tests.deputies import plans, seats, voters
from tests.home.screens import calm, front
from tests.home.test_deputy_desk import NOTHING
from tests.proposals import walk as proposals
from tests.scoring import facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with facts.on(make.TODAY):
        yield


@pytest.fixture
def person():
    return calm()


def test_the_dates_ahead_stand_in_one_list(person):
    station = Station.objects.create(
        kind=StationKind.STATION, area=make.township(), name="桃园村联络站", opening="9:00—11:30"
    )
    Posting.objects.create(deputy=person, station=station, from_on=make.ELECTED_ON)
    Session.objects.create(
        term=make.term(), number=6, opens_on=date(2026, 5, 28), closes_on=date(2026, 5, 30)
    )
    items = [plans.Item(5, 5, "察看水渠", "农业委"), plans.Item(6, 8, "视察医院", "教科文卫委")]
    items.append(plans.Item(7, 7, "七月的事", "代工委"))
    plans.published(plans.draft(items, year=2026))
    proposals.proposal(State.ASSIGNED, lead=person)
    text, _ = front(person.user)
    words = (
        "5 月 20 周三 接待日 还有 8 天 桃园村联络站 · 上午 8:30—11:30",
        "十九届人大六次会议 还有 16 天 5 月 28 日开幕，5 月 30 日闭幕",
        "察看水渠 这个月",
        "6 月 8 周一 关于修复柳河镇桃园村过水桥的建议 还有 27 天 县交通运输局应在这天前答复",
        "视察医院 下个月",
    )
    places = [text.index(each) for each in words]
    assert places == sorted(places)
    assert "七月的事" not in text


def test_an_answer_that_is_late_stands_first_with_its_light(person):
    proposals.proposal(State.ASSIGNED, lead=person)
    with facts.on(date(2026, 6, 10)):
        text, _ = front(person.user)
    assert "超期 2 个工作日 县交通运输局应在这天前答复" in text
    assert text.index("应在这天前答复") < text.rindex("接待日")


def test_the_points_and_the_rank_are_those_of_the_points_page(person):
    facts.book()
    make.deputy()
    facts.posted(make.deputy(), "C1", quantity=3, on=date(2026, 5, 10))
    assert "今年还没有记分" in front(person.user)[0]
    facts.posted(person, "C1", on=date(2026, 5, 10))
    text, html = front(person.user)
    seen = standing(make.assembly(), 2026, person.year_totals.get().total, make.TODAY, person.pk)
    assert f"{seen.of} 位县级代表中排第 {seen.rank}" in text
    points = front(person.user, reverse("scoring:points"))[0]
    assert f"排第 {seen.rank}" in points
    for words in ("基础 2.0 ＋ 附加 0.0", "联系群众 2.0 / 20", "自身建设 0.0 / 10"):
        assert words in text
    assert "5 月 2.0" in html, "the months' picture has a text twin"


def test_the_years_list_counts_items_and_names_what_is_open(person):
    facts.book()
    entry = facts.posted(person, "C1", on=date(2026, 5, 10))
    facts.posted(person, "C1", on=date(2026, 4, 10))
    text, _ = front(person.user)
    assert "年度履职清单 1 / 22 项" in text
    assert "等 21 项" in text
    for line in (entry, *person.entries.exclude(pk=entry.pk)):
        posting.reverse(line, reason="登记有误", by=make.director())
    assert "年度履职清单 0 / 22 项" in front(person.user)[0]


def test_a_full_category_says_so(person):
    facts.book()
    for month in (1, 2, 3, 4):
        for code in ("C1", "C3", "C4"):
            facts.posted(person, code, quantity=3, on=date(2026, month, 10))
    facts.posted(person, "C5", on=date(2026, 3, 3))
    assert "联系群众 已满 20.0 / 20" in front(person.user)[0]


def test_who_has_two_seats_sees_both_years_the_countys_first():
    both = calm(levels=("county", "township"))
    facts.book()
    facts.book("township")
    facts.posted(both, "C1", on=date(2026, 5, 10))
    text, html = front(both.user)
    assert text.index("我的 2026 年（县级）") < text.index("我的 2026 年（乡镇）")
    assert "1 位乡镇代表中排第 1" in text
    county = make.assembly()
    assert f'href="{reverse("scoring:points")}?assembly={county.pk}">每一笔' in html


def test_who_holds_no_seat_has_no_dates_and_no_rank():
    gone = make.deputy("罗明贵", levels=())
    make.as_deputy(gone)
    text, _ = front(gone.user)
    for words in (NOTHING, "没有定下来的日子", "现在没有代表资格", "还没有编组"):
        assert words in text


def test_a_suspended_deputy_is_told_why_there_is_no_desk(person):
    seats.suspended(person)
    text, _ = front(person.user)
    assert "您从 2026 年 5 月 12 日起暂时停止执行代表职务" in text
    assert "等您" not in text


def test_the_other_places_have_their_numbers_and_whom_to_ask(person):
    group = make.group()
    group.convenor = make.user("何守信")
    group.save()
    proposals.proposal(State.ASSIGNED, lead=person)
    voters.answered(voters.sent(person))
    text, html = front(person.user)
    for words in ("领衔 1 · 附议 0", "群众留言 今年 1 条", "柳河镇第一代表小组 召集人 何守信"):
        assert words in text
    for name in ("deputies:messages", "deputies:my_code", "deputies:records", "scoring:archive"):
        assert f'href="{reverse(name)}"' in html
    assert "我联系的" not in text


def test_big_type_begins_with_big_buttons(person):
    facts.book()
    voters.sent(person)
    client = Client()
    client.force_login(person.user)
    client.cookies["elder"] = "1"
    html = client.get("/").content.decode()
    assert 'class="tile go main"' in html
    assert "最急的还有 " in html
    to_report = f'href="{reverse("deputies:report")}"'
    assert html.count(to_report) == 3, "the tile and the two menus, no dock"
