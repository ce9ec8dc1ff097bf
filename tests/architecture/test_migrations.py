"""The way back exists: in a database of its own, migrations are undone and done again.

Every time the newest of each app, which alone can have changed; all of them to the first in
`make campaign ONLY=migrations`.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from tests import template
from tests.conftest import KEPT

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    config.label
    for config in apps.get_app_configs()
    if config.name.split(".")[0] in {"congress", "deputies", "proposals", "stations", "scoring"}
    and (Path(config.path) / "migrations").is_dir()
]
SCHEMA = """
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3
"""
RIGHTS = """
SELECT grantee, table_name, privilege_type FROM information_schema.role_table_grants
WHERE table_schema = 'public' AND grantee LIKE 'congress_%' ORDER BY 1, 2, 3
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
OTHERS = {"django_migrations", "django_content_type", "django_session"}

PLAIN = {
    "DB_LOGIN": "owner",
    "DJANGO_SETTINGS_MODULE": "congress.settings",
    "PYTHONHASHSEED": "0",  # sets of states stand in constraints in the order of their hashes
}
MIGRATE = """
import sys, django
from congress import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
def mutate_state(self, state, preserve=True):
    if preserve:
        state = state.clone()
        state.__dict__.pop("apps", None)
    for operation in self.operations:
        operation.state_forwards(self.app_label, state)
    return state
def forget(self, *_, **__):
    self.__dict__.pop("apps", None)
Migration.mutate_state = mutate_state
ProjectState.reload_model = ProjectState.reload_models = forget
MigrationExecutor(connection).migrate([(app, to or None) for app, _, to in
                                       (each.partition(".") for each in sys.argv[2:])])
tables = connection.introspection.table_names()
call_command("migrate", verbosity=0)
print(*tables)
"""
"""The way back wants the state before each migration: its models are rendered once for each, not
anew with every operation before it, which takes twice as long and comes to the same. Nor are a
changed model and all it touches rendered at once, but everything when it is next asked for."""


@pytest.fixture
def scratch():
    """A migrated database beside the tests' own, dropped afterwards; yields its connection."""
    login = template.login(settings.DATABASES["default"])
    name = f"test_congress_back_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
        server.execute(drop)
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        migrated = sql.Identifier(template.ready(login))
        server.execute(copy.format(sql.Identifier(name), migrated))
        with psycopg.connect(dbname=name, autocommit=True, **login) as database:
            yield database
        server.execute(drop)


def migrate(database: psycopg.Connection, *back: str) -> set[str]:
    """Back by the owner and on to the newest, in a process of its own: this one is used elsewhere.

    The tables that stood in between.
    """
    done = subprocess.run(
        [sys.executable, "-c", MIGRATE, database.info.dbname, *back],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | PLAIN,
        timeout=300,
    )
    return set(done.stdout.split())


def seen(database: psycopg.Connection) -> dict[str, list[tuple]]:
    """What migrations make: columns, constraints, rights, and the rows they ship."""
    found = {text: database.execute(text).fetchall() for text in (SCHEMA, CONSTRAINTS, RIGHTS)}
    for (table,) in database.execute(TABLES).fetchall():
        if table not in OTHERS:
            rows = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            found[table] = database.execute(rows).fetchall()
    return found


WHOLE = os.environ.get("MIGRATIONS") == "all"
NEWEST = 2


def before_the_newest() -> list[str]:
    """For each app of ours how far back it can go when at most NEWEST go with it."""
    graph, places = MigrationLoader(None).graph, []
    for app in OURS:
        kept = ""
        for label, name in sorted((key for key in graph.nodes if key[0] == app), reverse=True):
            if len(graph.backwards_plan((label, name))) > NEWEST:
                kept = f"{label}.{name}"
                break
        places.append(kept or f"{app}.")
    return places


@pytest.mark.timeout(400)  # some ten seconds on an idle core
def test_the_newest_migrations_can_be_undone_and_done_again(scratch):
    before = seen(scratch)
    assert len(before[CONSTRAINTS]) > 100
    if WHOLE:
        left = migrate(scratch, "shared.")  # every app of ours stands on this one
        assert "django_migrations" in left
        assert not {table for table in left if table.split("_")[0] in OURS}
    else:
        migrate(scratch, *before_the_newest())
    after = seen(scratch)
    for what, rows in before.items():
        assert after[what] == rows


def test_what_migrations_fill_is_left_to_the_next_test_by_one_that_commits(scratch):
    filled = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if scratch.execute(f'SELECT FROM "{model._meta.db_table}" LIMIT 1').fetchall()
    }
    assert filled - {"auth_permission"} == KEPT  # rights are of the owner's admin, not of ours


def test_every_app_has_one_last_migration_and_the_models_need_no_other():
    loader = MigrationLoader(None)
    assert not loader.detect_conflicts()
    assert {label for label, _ in loader.graph.leaf_nodes()} >= set(OURS)
