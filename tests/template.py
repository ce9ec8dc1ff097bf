"""The empty, migrated database from which each run of tests takes a copy.

Made once for these migrations and kept on the private server; another set of migrations makes
another one and drops the old. Copying takes a second, migrating some eight.
"""

import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
APPS = ("congress/shared", "deputies", "proposals", "stations", "scoring")
ALSO = ("guards.py", "names.py", "clock.py")
"""What migrations import from the kernel."""
PREFIX = "congress_template_"
MIGRATE = """
import sys, django
from congress import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
from django.db.migrations.operations import RunPython
from django.db.migrations.state import ProjectState
def alone(_, app, model, delay=False):
    return {(app, model)}
def afresh(self, label, editor, before, after):
    before.__dict__.pop("apps", None)
    forwards(self, label, editor, before, after)
forwards = RunPython.database_forwards
ProjectState._find_reload_model = alone
RunPython.database_forwards = afresh
call_command("migrate", verbosity=0)
"""
"""A step renders anew the model that it changes, not the seventy that hang on it, which takes
most of a minute and makes the same tables. Code of a migration sees all models rendered afresh."""


def login(made: dict[str, str]) -> dict[str, str | None]:
    """How psycopg signs in where Django does."""
    return {
        "host": made["HOST"],
        "port": made["PORT"] or None,
        "user": made["USER"],
        "password": made["PASSWORD"] or None,
    }


def ready(login: dict[str, str | None]) -> str:
    """The template's name; whoever comes first makes it, the others wait until it is whole."""
    name, half = f"{PREFIX}{digest()}", f"{PREFIX}half"
    with psycopg.connect(dbname="postgres", autocommit=True, **login) as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        known = server.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        ).fetchall()
        if (name,) in known:
            return name
        for (old,) in known:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(half))
        )
        migrate(half)
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(half), sql.Identifier(name)
            )
        )
    return name


def digest() -> str:
    """Another one as soon as anything differs that migrations are made of."""
    found = hashlib.sha256(f"{version('django')} {sys.version}".encode())
    files = [ROOT / "congress" / "shared" / name for name in ALSO]
    for app in APPS:
        files += [*(ROOT / app / "migrations").glob("*.py"), *(ROOT / app / "data").glob("*")]
    for file in sorted(files):
        found.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return found.hexdigest()[:12]


def migrate(name: str) -> None:
    """`./manage.py migrate` by the owner in a process of its own, on the database of that name."""
    plain = {
        "DB_LOGIN": "owner",
        "DJANGO_SETTINGS_MODULE": "congress.settings",
        "PYTHONHASHSEED": "0",  # sets of states stand in constraints in the order of their hashes
    }
    subprocess.run(
        [sys.executable, "-c", MIGRATE, name],
        check=True,
        cwd=ROOT,
        env=os.environ | plain,
        timeout=300,
    )
