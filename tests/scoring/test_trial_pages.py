"""试算的页面: what last year would have been under a draft, for all and for one."""

import io
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from scoring.models import Entry
from scoring.tables import shipped
from tests import make
from tests.scoring import drafts, facts
from tests.scoring.year import queries_of, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("late")]


@pytest.fixture
def lived(draft):
    """Three deputies of two groups with a year behind them, and a draft that moves two of them."""
    other = make.group("河口乡第一代表小组", make.township("河口乡"))
    people = [make.deputy("甘露"), make.deputy("陶然"), make.deputy("白云", of=other)]
    for day in range(1, 4):
        facts.posted(people[0], on=date(2025, 4, day))
    facts.posted(people[1], "A1", on=date(2025, 5, 3), quantity=2)
    table = drafts.but(shipped(), C1={"points": Decimal("2.5")}, A1={"points": Decimal(1)})
    drafts.amended(draft, table)
    return people


def names(answer):
    return {name for name in ("甘露", "陶然", "白云") if f">{name}</a>" in text(answer)}


def test_a_trial_shows_last_year_first_and_keeps_its_filters_in_the_address(office, draft, lived):
    page = url("replay", draft.pk)
    answer = office.get(page)
    assert names(answer) == {"甘露", "陶然", "白云"}
    for words in ("用 2025 年的事实试算", "6.0 → <b>7.5</b>", "接待选民 +1.5", "1 → 2"):
        assert words in text(answer)
    assert names(office.get(page, {"moved": "up"})) == {"甘露"}
    assert names(office.get(page, {"moved": "down", "q": "陶"})) == {"陶然"}
    assert names(office.get(page, {"area": make.township("河口乡").pk})) == {"白云"}
    assert names(office.get(page, {"group": make.group().pk, "moved": "same"})) == set()
    assert "没有这样的人" in text(office.get(page, {"q": "某某"}))
    assert "用 2026 年的事实试算" in text(office.get(page, {"year": 2026}))
    slip = {"year": "x", "area": "y", "group": "9" * 30, "moved": "z", "page": "-1"}
    assert names(office.get(page, slip)) == {"甘露", "陶然", "白云"}


def test_a_trial_is_exported_as_it_is_filtered(office, draft, lived):
    sheet = office.get(url("replay", draft.pk), {"moved": "up", "export": 1}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[2:]] == ["甘露"]
    assert rows[2][2:7] == ["6.0", "7.5", "+1.5", "1", "1"]


def test_a_trial_writes_nothing(office, draft, lived):
    before = list(Entry.objects.values_list("pk", "points"))
    office.get(url("replay", draft.pk))
    assert list(Entry.objects.values_list("pk", "points")) == before


def test_a_trial_costs_the_same_for_one_deputy_and_for_three(office, draft):
    make.deputy()
    once = queries_of(office, url("replay", draft.pk))
    for deputy in (make.deputy(), make.deputy()):
        facts.posted(deputy, on=date(2025, 4, 1))
    assert queries_of(office, url("replay", draft.pk)) == once


def test_one_deputys_trial_shows_item_by_item_what_moves(office, draft, lived):
    page = text(office.get(url("replay_of", draft.pk, lived[0].pk)))
    for words in ("甘露", "6.0 / 20", "7.5 / 20", "接待选民", "+1.5"):
        assert words in page
    nobody = text(office.get(url("replay_of", draft.pk, lived[2].pk)))
    assert "没有核实过的履职" in nobody
