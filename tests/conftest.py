"""Real PostgreSQL, and in every test the app's own database role with its few rights."""

import pytest
from django.apps import apps
from django.db import connections
from django.test import TransactionTestCase

KEPT = {
    "shared_level",
    "shared_workday",
    "deputies_dutycategory",
    "deputies_dutyitem",
    "deputies_placement",
    "proposals_outcomeclass",
    "scoring_star",
    "scoring_grade",
    "django_content_type",
}
"""Reference data that migrations fill: a test that commits must leave it for the next."""

AS_APP = "-c jit=off -c role=congress_app"


def empty_tables(self: TransactionTestCase) -> None:
    connection = connections["default"]
    names = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    tables = ", ".join(f'"{name}"' for name in names if name not in KEPT)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        cursor.execute("SET ROLE congress_app")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After the owner has made the database, every connection steps down to the app's role."""
    with django_db_blocker.unblock():
        connection = connections["default"]
        connection.settings_dict["OPTIONS"] = {"options": AS_APP}
        connection.close()
    TransactionTestCase._fixture_teardown = empty_tables
    yield
    with django_db_blocker.unblock():  # dropping the test database takes the owner again
        connection.close()
        connection.settings_dict["OPTIONS"] = {"options": "-c jit=off"}


@pytest.fixture
def as_owner(db):
    """The owner's rights inside one test, for what only the owner may do."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE congress_app")
