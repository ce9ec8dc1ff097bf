"""星级与等次 as data: of which years a change is, and what a row may not say."""

import pytest
from django.urls import reverse

from scoring.models import Grade, Star
from scoring.queries.star_levels import applies, uncovered
from tests import make
from tests.home import facts as home_facts
from tests.scoring import year
from tests.scoring.year import as_, text

pytestmark = pytest.mark.django_db


def change(client, row, **said):
    page = reverse(f"admin:scoring_{row._meta.model_name}_change", args=[row.pk])
    fields = {"name": row.name, "position": row.position}
    if isinstance(row, Grade):
        fields |= {"stars_from": row.stars_from, "stars_to": row.stars_to}
    return client.post(page, {**fields, **said}, follow=True)


def test_the_list_says_of_which_years_a_change_is(client):
    assert applies() == "改动用于以后启动的年度评价。"
    of, county = year.party(1), make.assembly()
    home_facts.review(year=2025)
    over = f"已经评定的{county}2025 年照当时的，不变。"
    assert applies() == f"改动用于以后启动的年度评价。{over}"
    year.opened(of)
    assert applies() == f"改动用于还没有评定的年度：{county}2026 年。{over}"
    as_(client, of.director)
    assert applies() in text(client.get(reverse("admin:scoring_star_changelist")))


def test_nothing_changes_while_a_decided_year_is_not_sealed(client):
    of = year.party(1)
    year.decided(of)
    assert "归档以后才能改" in applies()
    as_(client, of.director)
    assert change(client, Star.objects.first(), name="清风星").status_code == 403


def test_one_number_of_stars_is_of_one_grade_and_a_gap_is_said(client):
    as_(client, make.director())
    best = Grade.objects.get(name="优秀")
    assert uncovered() == []
    wrong = change(client, best, stars_from=8)
    assert wrong.status_code == 422
    assert "良好是 7 到 8 颗，不能重叠。" in text(wrong)
    assert "9 颗星现在不属于任何等次" in text(change(client, best, stars_from=10))
    good = change(client, Grade.objects.get(name="良好"), stars_to=9)
    assert "不属于任何等次" not in text(good)
    assert uncovered() == []
