"""`make run`: migrate, seed an empty county, then web, worker and beat until Ctrl-C."""

import os
import socket
from pathlib import Path

from congress.local import servers
from congress.local.children import Child, together
from congress.local.console import Stop, quietly, say
from congress.local.places import CHECKOUT, LOGS, PYTHON, VAR, VENV

LOGINS = CHECKOUT / "demo" / "logins.txt"
"""Who can log in to the demo county; the seed command makes these, `make run` shows them."""
SEEDING = VAR / "seeding"
"""Stands while the demo county is being made; found later, the making was interrupted."""
WEB = "congress.wsgi --workers 2 --preload --no-control-socket"
WORKER = (
    "worker --concurrency 2 --loglevel INFO --without-gossip --without-mingle --without-heartbeat"
)
SOMEBODY = """
import django
django.setup()
from django.contrib.auth import get_user_model
print(get_user_model().objects.exists())
"""


def free_port() -> int:
    """The port asked for, when it is one and nobody listens there."""
    words = os.environ.get("PORT") or "8000"
    if not words.isdigit() or not 0 < int(words) < 65536:
        raise Stop(f"PORT must be a number from 1 to 65535, not {words}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(words)))
        except OSError:
            raise Stop(f"Port {words} is taken; choose another: `make run PORT=8001`.") from None
    return int(words)


def migrate() -> None:
    """The tables are those of the code; only the owner's login may do this."""
    manage("migrate", "--no-input", failed="The database could not be migrated", login="owner")


def until_stopped(port: int) -> None:
    """The county is served; it ends on Ctrl-C, or when one of the processes ends."""
    if SEEDING.exists():
        say("The demo county was only half made: starting over with an empty database.")
        servers.empty_database()
        SEEDING.unlink()
    migrate()
    manage("collectstatic", "--no-input", failed="The static files could not be collected")
    if _nobody_is_there():
        _seed()
    env = {"SITE_URL": f"http://127.0.0.1:{port}"} | os.environ
    together(_processes(port), port=port, env=env, ready=lambda: _welcome(port))


def manage(*words: str, failed: str, login: str = "app") -> None:
    """One of Django's commands has succeeded, under the given database login."""
    quietly(
        [PYTHON, "manage.py", *words],
        log=LOGS / f"{words[0]}.log",
        failed=failed,
        env=os.environ | {"DB_LOGIN": login},
        cwd=CHECKOUT,
    )


def _nobody_is_there() -> bool:
    log = LOGS / "database.log"
    quietly(
        [PYTHON, "-c", SOMEBODY],
        log=log,
        failed="The database could not be read",
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "congress.settings"},
        cwd=CHECKOUT,
    )
    return log.read_text("utf-8").split()[-1] == "False"


def _seed() -> None:
    say("The database is empty: making the demo county (once, a minute or two)")
    SEEDING.touch()
    manage("seed", failed="The demo county could not be made")
    SEEDING.unlink()


def _processes(port: int) -> list[Child]:
    celery: list[str | Path] = [VENV / "bin" / "celery", "-A", "congress.celery"]
    return [
        Child(
            "web",
            [VENV / "bin" / "gunicorn", "--bind", f"127.0.0.1:{port}", *WEB.split()],
        ),
        Child(
            "worker",
            [*celery, *WORKER.split()],
        ),
        Child("beat", [*celery, "beat", "--schedule", VAR / "beat-schedule", "--pidfile", ""]),
    ]


def _welcome(port: int) -> None:
    say("")
    say(f"  首页      http://127.0.0.1:{port}/")
    say(f"  工作后台  http://127.0.0.1:{port}/admin/")
    say("")
    for line in LOGINS.read_text("utf-8").splitlines() if LOGINS.exists() else []:
        if not line.startswith("#"):
            say(f"  {line}")
    say("")
    say(f"Logs are in {LOGS}. Ctrl-C stops everything; the data stays.")
