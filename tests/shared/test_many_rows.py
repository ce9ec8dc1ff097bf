"""Where PostgreSQL binds, a statement takes 65,535 parameters: many rows go in several."""

from datetime import date

import pytest

from deputies.models import Deputy

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
