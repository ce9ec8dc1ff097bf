"""The shipped table says, item by item, what the county's paper says (default_table.csv)."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from congress.shared.errors import Refused
from deputies.models import DutyItem
from deputies.queries.catalogue import Catalogue
from deputies.wordings import Wording, division
from scoring.actions import rules
from scoring.models import Rule
from scoring.points import why_not_ceilings
from scoring.queries.books import Books
from scoring.tables import shipped
from tests import make
from tests.scoring import facts

PAPER = list(
    csv.DictReader(Path(__file__).with_name("default_table.csv").read_text("utf-8").splitlines())
)
BY_ITSELF = {"系统自动", "代表本人", "代表本人（附佐证，经登记主体核对）"}


@pytest.mark.django_db
@pytest.mark.parametrize("row", PAPER, ids=[row["条目编号"] for row in PAPER])
def test_every_item_is_as_on_paper(row):
    item, rule = DutyItem.objects.get(code=row["条目编号"]), facts.book().rules
    rule = rule.get(item=item)
    who = set(row["登记主体"].split("；"))
    assert (item.name, item.unit, item.evidence) == (
        row["履职条目"],
        row["计分单位"],
        row["佐证要求"],
    )
    assert item.deputy_may_report == any(one.startswith("代表本人") for one in who)
    assert item.organiser_may_report == bool(who - BY_ITSELF)
    assert item.note == row["说明"]
    assert item.per_day == (5 if row["说明"] == "同日最多五户" else None)
    assert rule.points == Decimal(row["分值"])
    assert rule.per_year == (Decimal(row["年度上限"]) if row["年度上限"] else None)
    assert rule.bonus == (row["性质"] == "附加分")
    assert rule.category.name == row["类别"]
    assert Catalogue().name(item.pk, facts.DAY) == row["类别"]


def test_the_paper_and_the_table_have_the_same_items_and_ceilings():
    table = shipped()
    assert [each.item for each in table.figures] == [row["条目编号"] for row in PAPER]
    ceilings = {(row["类别"], row["类别封顶"]) for row in PAPER if row["类别封顶"]}
    assert sorted(map(Decimal, dict(ceilings).values())) == sorted(table.ceilings.values())


@pytest.mark.parametrize("wording", Wording)
def test_each_wording_divides_all_items_under_ceilings_of_a_hundred(wording):
    table = shipped(wording)
    assert why_not_ceilings(table.ceilings.values()) is None
    assert len(table.ceilings) == 5
    assert {each.category for each in table.figures if not each.bonus} == set(table.ceilings)
    assert {each.category for each in table.figures if each.bonus} == {"bonus"}
    assert set(division(wording)) == {each.item for each in table.figures}
    reachable = dict.fromkeys(table.ceilings, Decimal(0))
    for each in table.figures:
        if not each.bonus:
            reachable[each.category] += each.per_year
    assert all(reachable[code] >= ceiling for code, ceiling in table.ceilings.items())


@pytest.mark.django_db
def test_the_official_wording_is_a_book_of_its_own():
    book = rules.adopt_default(
        make.assembly(), from_on=date(2026, 1, 1), by=make.director(), wording=Wording.OFFICIAL
    )
    assert "2025 年的五类" in book.basis
    assert dict(book.ceilings.values_list("category__name", "points")) == {
        "出席会议": 25,
        "调研视察": 15,
        "提出建议": 20,
        "联系选民": 20,
        "小组活动": 20,
    }
    assert book.rules.get(item__code="A2").category.name == "小组活动"
    assert set(book.rules.filter(highest_only=True).values_list("item__code", flat=True)) == {
        "B4",
        "B5",
        "B6",
        "B7",
    }


@pytest.mark.django_db
def test_what_counts_follows_the_book_and_never_the_list():
    facts.book()
    deputy = make.deputy()
    facts.posted(deputy, "A2")
    rules.adopt_default(
        make.assembly(), from_on=date(2027, 1, 1), by=make.director(), wording=Wording.OFFICIAL
    )
    books = Books([make.assembly().pk])
    item = DutyItem.objects.get(code="A2").pk
    old, new = (books.rule(make.assembly().pk, item, date(year, 5, 1)) for year in (2026, 2027))
    assert (old.category.name, new.category.name) == ("参加活动", "小组活动")


@pytest.mark.django_db
def test_a_year_is_divided_once_so_another_wording_begins_on_1_january():
    facts.book(from_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="换类别请从 2027 年 1 月 1 日起"):
        rules.adopt_default(
            make.assembly(), from_on=date(2026, 7, 1), by=make.director(), wording=Wording.OFFICIAL
        )
    assert rules.adopt_default(make.assembly(), from_on=date(2026, 7, 1), by=make.director())
    assert Rule.objects.filter(item__code="A2").count() == 2


@pytest.mark.django_db
def test_the_first_book_of_a_congress_may_begin_on_any_day():
    book = rules.adopt_default(
        make.assembly(), from_on=date(2026, 7, 1), by=make.director(), wording=Wording.OFFICIAL
    )
    assert book.ceilings.count() == 5
