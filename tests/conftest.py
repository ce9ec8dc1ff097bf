"""Real PostgreSQL, and in every test the app's own database role with its few rights."""

import gc
import os
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.db import connections, transaction
from django.test import TransactionTestCase

from congress.environment import NO_JIT, PREPARED
from tests import kept_plans, make, put_down, template

KEPT = {
    "shared_level",
    "shared_workday",
    "deputies_dutycategory",
    "deputies_dutyitem",
    "deputies_placement",
    "proposals_outcomeclass",
    "proposals_refusalground",
    "stations_councilkind",
    "stations_standard",
    "stations_tag",
    "stations_walldocument",
    "scoring_star",
    "scoring_grade",
    "scoring_vetokind",
    "django_content_type",
}
"""Reference data that migrations fill: a test that commits must leave it for the next."""

AS_APP = {
    **PREPARED,
    "options": f"{NO_JIT} -c synchronous_commit=off -c role=congress_app"
    " -c plan_cache_mode=force_generic_plan",
    "prepare_threshold": 1,
    "pool": {"min_size": 1, "max_size": 60, "timeout": 60},
}
"""Many small tests ask the same over few rows: planning it anew took most of PostgreSQL's time.

Threads of a race or of the live server take up connections that know the tables and the plans, as
the product's do, which keeps its own for two minutes.
"""


FEW = 500
"""Up to so many rows in each table DELETE is quicker: TRUNCATE makes each table and index anew."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What is long and asks no row of the tests' database begins: pytest-django puts it last,
    when the other worker has nothing left to do beside it."""

    def comes_later(item):
        long = item.get_closest_marker("timeout")
        return not long or item.get_closest_marker("django_db") is not None

    items.sort(key=comes_later)


def pytest_collection_finish():
    """What the run has loaded stays: the collector need not look through all of it every time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


SUITE_ON = os.environ.get("SUITE_ON", "2026-11-28")
"""The day on which the suite runs, whatever the calendar says: its verbs read the clock, and a
year is decided in them days after its last line. SUITE_ON=2028-02-29 make test k=calendar."""


@pytest.fixture(scope="session", autouse=True)
def suite_on():
    """The clock goes on from ten o'clock of that day; what a test freezes stands within it."""
    at = datetime.fromisoformat(f"{SUITE_ON}T10:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    with time_machine.travel(at, tick=True):
        yield


@pytest.fixture(autouse=True)
def forgotten():
    """What one test has made is gone with it, rows and all."""
    yield
    make.forget()


def empty_tables(self: TransactionTestCase) -> None:
    connection = connections["default"]
    names = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        filled = rows_in(cursor, [name for name in names if name not in KEPT])
        if max(filled.values(), default=0) > FEW:
            tables = ", ".join(f'"{name}"' for name in filled)
            cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        elif filled:
            delete_from(cursor, filled)
        cursor.execute("SET ROLE congress_app")
    put_down.forget()


def rows_in(cursor, names) -> dict[str, int]:
    """How many rows the tables have that are not empty, counted no further than needed."""
    counts = (
        f"SELECT '{name}', count(*) FROM (SELECT FROM \"{name}\" LIMIT {FEW + 1}) AS these"  # noqa: S608 - our own
        for name in names
    )
    cursor.execute(" UNION ALL ".join(counts))
    return {name: count for name, count in cursor.fetchall() if count}


def delete_from(cursor, names) -> None:
    """All rows go at once, past the triggers that freeze some; numbering starts anew."""
    with transaction.atomic():
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        for name in names:
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 - as above
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        cursor.execute(
            "SELECT setval(sequence.oid::regclass, 1, false) FROM pg_class AS sequence"
            " JOIN pg_depend ON pg_depend.objid = sequence.oid AND sequence.relkind = 'S'"
            " WHERE pg_depend.refobjid = ANY(%s::regclass[])",
            [[f'"{name}"' for name in names]],
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Each test database begins as a copy of one that is migrated already."""
    made = connections["default"].settings_dict
    made["TEST"]["TEMPLATE"] = template.ready(template.login(made))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After the owner has made the database, every connection steps down to the app's role."""
    with django_db_blocker.unblock():
        connection = connections["default"]
        if not connection.settings_dict["NAME"].startswith("test_"):  # made for marked tests alone
            pytest.exit("no test that was chosen is marked django_db: its database was not made", 4)
        connection.close()
        connection.settings_dict["OPTIONS"] = AS_APP
    kept_plans.keep()
    TransactionTestCase._fixture_teardown = empty_tables
    yield
    with django_db_blocker.unblock():  # dropping the test database takes the owner again
        connection.close()
        connection.close_pool()
        connection.settings_dict["OPTIONS"] = {"options": NO_JIT}
        with connection.cursor() as cursor:
            cursor.execute(LEFT_OPEN)
            left = cursor.fetchall()
        connection.close()
        for each in left:
            sys.stderr.write(f"A test has left a session open: {each}\n")


LEFT_OPEN = """SELECT backend_start, state, left(query, 200), pg_terminate_backend(pid)
FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND usename = session_user"""
"""Ended and told of, so that the database can be dropped."""


@pytest.fixture
def as_owner(db):
    """The owner's rights inside one test, for what only the owner may do."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE congress_app")
