"""履职画像: the sentences from numbers, and the page for the deputy and for the desk."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from congress.shared import pictures
from congress.shared.roles import DESK, Role
from scoring.points import ZERO
from scoring.portrait import Axis, best_month, strengths, thin_places, trend
from tests import make
from tests.scoring import facts, year

OWN = reverse("scoring:portrait")
NAMES = ("参加会议", "参加活动", "提出建议", "联系群众", "自身建设")
FULL = (25, 25, 20, 20, 10)


def axes(points, middles=(0,) * 5):
    return [
        Axis(name, Decimal(str(own)), Decimal(full), Decimal(str(half)))
        for name, own, full, half in zip(NAMES, points, FULL, middles, strict=True)
    ]


AXES = some.tuples(*(some.integers(0, full) for full in FULL)).flatmap(
    lambda points: some.tuples(*(some.integers(0, full) for full in FULL)).map(
        lambda middles: axes(points, middles)
    )
)


@given(AXES)
def test_nothing_is_strong_and_thin_at_once_and_the_same_numbers_say_the_same(found):
    assert not any(axis.is_strong and axis.is_thin for axis in found)
    assert strengths(found) == strengths(list(found))
    for axis in found:
        said = f"“{axis.name}”" in thin_places(found)
        assert said == (axis.is_thin or axis.points < axis.middle)


@given(AXES)
def test_what_lies_under_the_median_is_never_passed_over(found):
    under = any(axis.points < axis.middle for axis in found)
    if under:
        assert "不低于中位数" not in thin_places(found)
    if any(axis.is_thin for axis in found):
        assert "比较平均" not in strengths(found)


@given(AXES, some.randoms())
def test_the_words_do_not_depend_on_the_order_of_equal_shares(found, dice):
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert set(strengths(found).rstrip("。")) == set(strengths(shuffled).rstrip("。"))


def test_what_is_full_and_what_lies_above_the_median_is_praised_by_its_numbers():
    said = strengths(axes((10, 3, 20, 2, 2), (4, 3, 12, 2, 2)))
    assert said == "做得好的：“提出建议”20 分，已经满分；“参加会议”10 分，比中位数多 6 分。"


def test_what_is_thin_is_said_kindly_with_the_distance():
    said = thin_places(axes((20, 20, 18, 1, 0), (10, 10, 10, 6, 0)))
    assert said == (
        "还可以多做的：“自身建设”0 分，满分 10 分，还没有开始；"
        "“联系群众”1 分，满分 20 分，离中位数还差 5 分。"
    )


def test_an_even_year_and_an_empty_one_have_their_own_words():
    even = axes((10, 10, 8, 8, 4), (10, 10, 8, 8, 4))
    assert strengths(even) == "各类比较平均，还没有特别突出的一类。"
    assert thin_places(even) == "每一类都不低于中位数。"
    assert thin_places(axes((10, 10, 8, 7, 4), (12, 10, 8, 8, 4))) == (
        "略低于中位数的：“参加会议”差 2 分，“联系群众”差 1 分。"
    )
    assert "核实以后就会画在这里" in strengths(axes((0,) * 5))


def months(*points):
    return [Decimal(each) for each in points] + [ZERO] * (12 - len(points))


def test_the_trend_compares_the_same_months():
    now, before = months(1, 2, 3), months(2, 2, 1, 9)
    assert trend(2026, now, before, month=3) == "1 到 3 月共 6 分，2025 年同期 5 分，多 1 分。"
    assert trend(2026, before, now, month=1) == "1 月共 2 分，2025 年同期 1 分，多 1 分。"
    assert trend(2026, now, now, month=12).endswith("一样多。")
    assert trend(2026, now, months(), month=3) == "2025 年没有积分，不作比较。"


def test_the_best_month_is_the_first_of_several():
    assert best_month(months(1, 4, 4)) == "2 月得分最多，4 分。"
    assert best_month(months()) == ""


def test_the_trend_is_drawn_for_the_desk_and_anew_for_the_phone():
    wide = pictures.two_years(2026, months(1, 4), months(2))
    narrow = pictures.two_years(2026, months(1, 4), months(2), narrow=True)
    assert 'width="568"' in wide
    assert 'width="308"' in narrow
    said = pictures.two_years_words(2026, months(1, 4), months(2))
    assert "2 月 4.0 分，上年 0.0 分" in said
    assert said in wide


@pytest.fixture
def may(db):
    facts.book()
    with facts.on(facts.DAY.replace(day=22)):
        yield


def test_a_deputy_finds_axes_median_calendar_trend_and_three_indices(client, may):
    person = make.deputy("甲")
    facts.posted(make.deputy("别人"), "A1")
    facts.posted(person, "C1", on=date(2026, 5, 10))
    facts.posted(person, "S1", on=date(2025, 5, 10))
    client.force_login(make.as_deputy(person).user)
    page = client.get(OWN)
    html = page.content.decode()
    for words in (
        "三项指数",
        "五类履职画像",
        "2026 年日历",
        "今年和去年",
        "还没有评定",
        "历年总分",
    ):
        assert words in html
    assert "1 到 5 月共 2 分，2025 年同期 2 分，一样多。" in html
    assert "stroke-dasharray" in html
    assert "逢十接待日 1 天" in html
    assert "别人" not in html
    assert [axis.percent for axis in page.context["seen"].axes] == ["0%", "0%", "0%", "10%", "0%"]


def test_the_median_is_of_everybody_who_serves(client, may):
    person = make.deputy()
    for _ in range(2):
        facts.posted(make.deputy(), "A1")
    client.force_login(make.as_deputy(person).user)
    found = {axis.name: axis.middle for axis in client.get(OWN).context["seen"].axes}
    assert found["参加活动"] == "3"
    assert found["参加会议"] == "0"


def test_last_years_stars_are_the_third_index(client, db):
    of = year.party(1)
    year.sealed(of)
    with facts.on(date(2027, 2, 1)):
        client.force_login(make.as_deputy(of.deputies[0]).user)
        html = client.get(OWN).content.decode()
    assert "2026 年" in html
    assert "星，称职" in html


def test_a_congress_without_a_book_still_draws_calendar_and_trend(client, db):
    with facts.on(facts.DAY):
        client.force_login(make.as_deputy(make.deputy()).user)
        html = client.get(OWN).content.decode()
    assert "还没有积分规则" in html
    assert "2026 年还没有履职记录" in html


def test_the_desk_opens_the_same_portrait_and_the_register_leads_there(client, may):
    person = make.deputy("甲")
    client.force_login(make.director().user)
    url = reverse("scoring:portrait_of", args=[person.pk])
    assert "五类履职画像" in client.get(url).content.decode()
    assert url in client.get(reverse("deputies:person", args=[person.pk])).content.decode()
    assert url in client.get(reverse("scoring:points_of", args=[person.pk])).content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - DESK))
def test_anothers_portrait_is_the_desks(client, may, role):
    client.force_login(make.actor(role).user)
    url = reverse("scoring:portrait_of", args=[make.deputy().pk])
    assert client.get(url).status_code == 403


def test_who_is_no_deputy_has_no_portrait_and_a_slip_shows_this_year(client, may):
    client.force_login(make.actor(Role.UNIT_CLERK).user)
    assert client.get(OWN).status_code == 404
    client.force_login(make.as_deputy(make.deputy()).user)
    assert client.get(OWN, {"year": "x", "assembly": "9"}).status_code == 200


def test_a_portrait_takes_the_same_queries_whatever_the_number_of_deputies(client, may):
    person, counts = make.deputy(), []
    client.force_login(make.as_deputy(person).user)
    for more in (1, 2):
        for _ in range(more):
            facts.posted(make.deputy())
            facts.posted(person)
        counts.append(year.queries_of(client, OWN))
    assert counts[0] == counts[1]
