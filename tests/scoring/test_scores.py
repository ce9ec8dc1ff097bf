"""得分: of one congress and one year, whatever stands in the others."""

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from scoring.models import Entry, ReviewCycle
from scoring.permissions.closing import why_not_in_closed_year
from scoring.queries.past import end_of
from scoring.queries.scores import scores, sums_of
from tests import make
from tests.scoring import facts

pytestmark = pytest.mark.django_db
DAYS = (date(2025, 6, 3), date(2026, 5, 20))


@pytest.fixture
def both(db):
    """A deputy of county and township with two years' lines in each; the two assemblies."""
    assemblies = [make.assembly(), make.assembly("township", make.township())]
    facts.book(), facts.book("township")
    person = make.deputy(levels=("county", "township"))
    for day in DAYS:
        with facts.on(day):
            for code in ("C1", "B6"):
                facts.posted(person, code, on=day)
    return person, assemblies


def plain_sums(category=None):
    """By congress and year, added up without the ledger's own code; no ceiling is reached."""
    found: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for entry in Entry.objects.select_related("rule__category"):
        own = not entry.rule.bonus and entry.rule.category.code
        if category is None or category == own:
            found[entry.assembly_id, entry.year] += entry.points
    return found


def test_scores_are_those_of_one_congress_and_one_year(both):
    person, assemblies = both
    whole, known = plain_sums(), end_of(DAYS[-1])
    assert len(whole) == 4
    for assembly in assemblies:
        for day in DAYS:
            expected = {person.pk: whole[assembly.pk, day.year]}
            now = scores(assembly, day.year)
            then = scores(assembly, day.year, until=known)
            added = sums_of(assembly, day.year)[0]
            assert {pk: score.total for pk, score in now.items()} == expected
            assert {pk: score.total for pk, score in then.items()} == expected
            assert {pk: found.total for pk, found in added.items()} == expected


def test_a_categorys_scores_are_those_of_one_congress_and_one_year(both):
    person, assemblies = both
    codes = {entry.rule.category.code for entry in Entry.objects.filter(rule__bonus=False)}
    assert codes
    for code in codes:
        expected = plain_sums(code)
        for assembly in assemblies:
            for day in DAYS:
                found = scores(assembly, day.year, category=code)
                assert found[person.pk].part == expected[assembly.pk, day.year]


def test_a_review_that_is_still_open_closes_no_year(both):
    county, _ = both[1]
    opened = datetime(2025, 12, 1, tzinfo=UTC)
    ReviewCycle.objects.create(assembly=county, year=2025, seed="种子", opened_at=opened)
    assert why_not_in_closed_year(county.pk, 2025) is None
