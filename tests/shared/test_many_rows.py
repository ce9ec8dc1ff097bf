"""Where PostgreSQL binds, a statement takes 65,535 parameters: many rows go in several."""

from datetime import date

import pytest

from deputies.models import Deputy
from tests import make

MANY = 5_000
KEYS = ["name", "stroke_key", "pinyin_key", "spelt", "initials", "ways", "job", "phone"]


@pytest.mark.django_db
def test_more_rows_are_written_than_one_statement_takes():
    people = Deputy.objects.bulk_create(
        Deputy(name=f"甲{at}", birth_month=date(1968, 1, 1)) for at in range(MANY)
    )
    for each in people:
        each.job = "村民"
    assert Deputy.objects.bulk_update(people, KEYS) == MANY
    assert Deputy.objects.filter(job="村民").count() == MANY


@pytest.mark.django_db
def test_a_list_of_rows_may_be_longer_than_what_is_bound_with_one_statement():
    one = make.deputy()
    asked = [*range(one.pk, one.pk + 70_000)]
    assert list(Deputy.objects.filter(pk__in=asked, name=one.name)) == [one]
