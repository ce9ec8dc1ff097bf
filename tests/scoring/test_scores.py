"""得分: of one congress and one year, whatever stands in the others."""

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import product

import pytest

from scoring.models import Entry, ReviewCycle
from scoring.permissions.closing import why_not_in_closed_year
from scoring.queries.past import end_of
from scoring.queries.scores import scores, sums_of
from tests import make
from tests.scoring import facts

pytestmark = pytest.mark.django_db
DONE = {date(2025, 6, 3): ("C1",), date(2026, 5, 20): ("C1", "C1", "B6")}
DAYS = tuple(DONE)


@pytest.fixture
def both(db):
    """A deputy of county and township, one of the county alone, with two years' lines each.

    The first of them, and the two assemblies. No two years have the same sum.
    """
    assemblies = [make.assembly(), make.assembly("township", make.township())]
    facts.book(), facts.book("township")
    person, other = make.deputy(levels=("county", "township")), make.deputy()
    for day, codes in DONE.items():
        with facts.on(day):
            for code in codes:
                facts.posted(person, code, on=day)
                facts.posted(other, code, on=day)
    return assemblies


def plain_sums(assembly, year, category=None):
    """By deputy, added up without the ledger's own code; no ceiling is reached."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for entry in Entry.objects.select_related("rule__category"):
        own = not entry.rule.bonus and entry.rule.category.code
        if (entry.assembly_id, entry.year) == (assembly.pk, year) and category in (None, own):
            found[entry.deputy_id] += entry.points
    return found


def test_scores_are_those_of_one_congress_and_one_year(both):
    known = end_of(DAYS[-1])
    for assembly, day in product(both, DAYS):
        expected = plain_sums(assembly, day.year)
        now = scores(assembly, day.year)
        then = scores(assembly, day.year, until=known)
        added = sums_of(assembly, day.year)[0]
        assert {pk: score.total for pk, score in now.items()} == expected
        assert {pk: score.total for pk, score in then.items()} == expected
        assert {pk: found.total for pk, found in added.items()} == expected


def test_a_categorys_scores_are_those_of_one_congress_and_one_year(both):
    codes = {entry.rule.category.code for entry in Entry.objects.filter(rule__bonus=False)}
    assert codes
    for assembly, day, code in product(both, DAYS, codes):
        expected = plain_sums(assembly, day.year, code)
        found = scores(assembly, day.year, category=code)
        assert {pk: score.part for pk, score in found.items() if score.part} == expected


def test_a_review_that_is_still_open_closes_no_year(both):
    county, _ = both
    opened, cut_off_on = datetime(2025, 12, 1, tzinfo=UTC), date(2025, 11, 30)
    ReviewCycle.objects.create(
        assembly=county, year=2025, seed="种子", opened_at=opened, cut_off_on=cut_off_on
    )
    assert why_not_in_closed_year(county.pk, cut_off_on) is None
