"""What can never be false: each named constraint is in the database and turns a bad row away.

A bad row is a good one, made by the real verbs, copied with the one change that breaks the rule and
inserted past all code (`bulk_create`). Each app's stand in its module broken_* beside this one.
PostgreSQL looks at checks before unique indexes.
"""

from operator import attrgetter

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.architecture.broken_activities import ACTIVITIES
from tests.architecture.broken_archive import ARCHIVE
from tests.architecture.broken_consequences import CONSEQUENCES
from tests.architecture.broken_deputies import DEPUTIES
from tests.architecture.broken_followed import FOLLOWED
from tests.architecture.broken_grading import GRADING
from tests.architecture.broken_polls import POLLS
from tests.architecture.broken_proposals import PROPOSALS
from tests.architecture.broken_ratings import RATINGS
from tests.architecture.broken_recurring import RECURRING
from tests.architecture.broken_reference import REFERENCE
from tests.architecture.broken_rolling import ROLLING
from tests.architecture.broken_scoring import SCORING
from tests.architecture.broken_sealing import SEALING
from tests.architecture.broken_shared import SHARED
from tests.architecture.broken_shop import SHOP
from tests.architecture.broken_stations import STATIONS
from tests.architecture.broken_supervision import SUPERVISION

OURS = ("shared", "deputies", "proposals", "stations", "scoring", "home")
BROKEN_BY = (
    SHARED
    | DEPUTIES
    | PROPOSALS
    | RATINGS
    | REFERENCE
    | STATIONS
    | ACTIVITIES
    | SCORING
    | CONSEQUENCES
    | ARCHIVE
    | POLLS
    | SHOP
    | SEALING
    | GRADING
    | SUPERVISION
    | RECURRING
    | FOLLOWED
    | ROLLING
)
BY_KIND: dict[object, list[str]] = {}
"""The rules of one kind of good row stand together: it is made once for all of them."""
for each in sorted(BROKEN_BY):
    BY_KIND.setdefault(BROKEN_BY[each][0], []).append(each)
BROKEN = [pytest.param(kind, name, id=name) for kind, names in BY_KIND.items() for name in names]
DECLARED = {
    constraint.name: model._meta.db_table
    for model in apps.get_models()
    if model._meta.app_label in OURS
    for constraint in model._meta.constraints
}


def test_every_constraint_of_the_models_has_a_bad_row_here_and_no_row_is_left_over():
    assert set(BROKEN_BY) == set(DECLARED)


@pytest.mark.django_db
def test_every_constraint_of_the_models_is_in_the_database_and_holds_for_old_rows_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE convalidated"
            " UNION SELECT indexrelid::regclass::text, indrelid::regclass::text"
            " FROM pg_index WHERE indisunique AND indisvalid"
        )
        found = set(cursor.fetchall())
    assert set(DECLARED.items()) <= found


def value_of(change, row):
    """A plain value, one made when it is needed, or one of the good row's own."""
    if isinstance(change, attrgetter):
        return change(row)
    return change() if callable(change) else change


@pytest.fixture(scope="module")
def good(request, django_db_setup, django_db_blocker):
    """A good row of that kind; the database forgets it when the next kind is made."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield request.param()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(("good", "name"), BROKEN, indirect=["good"])
def test_a_row_that_breaks_the_rule_is_turned_away_by_the_database(good, name):
    bad = type(good).objects.get(pk=good.pk)
    for field, change in BROKEN_BY[name][1].items():
        setattr(bad, field, value_of(change, good))
    bad.pk = None
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        type(good).objects.bulk_create([bad])
