"""`make run`: migrate, seed an empty county, then web, worker and beat until Ctrl-C."""

import hashlib
import os
import socket
from pathlib import Path

from congress.local.children import Child, together
from congress.local.console import Stop, quietly, say
from congress.local.places import CHECKOUT, LOGS, PYTHON, VAR, VENV

WEB = "congress.wsgi --workers 2 --preload --no-control-socket --limit-request-line 8190"
WORKER = (
    "worker --concurrency 2 --loglevel INFO --without-gossip --without-mingle --without-heartbeat"
)


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
    manage(
        *("migrate", "--no-input"),
        doing="Making the database's tables",
        failed="The database could not be migrated",
        login="owner",
    )


def until_stopped(port: int) -> None:
    """The county is served until Ctrl-C, or until the web ends; worker and beat come back."""
    migrate()
    _check_keys()
    _collect_static()
    logins = _demo_logins() or _seeded_logins()
    env = {"SITE_URL": f"http://127.0.0.1:{port}"} | os.environ
    together(_processes(port), port=port, env=env, ready=lambda: _welcome(port, logins))


def manage(
    *words: str, failed: str, doing: str = "", tells: bool = False, login: str = "app"
) -> Path:
    """One of Django's commands has succeeded under that database login; the file has its words."""
    log = LOGS / f"{words[0]}.log"
    env = os.environ | {"DB_LOGIN": login}
    command: tuple[str | Path, ...] = (PYTHON, "manage.py", *words)
    quietly(command, log=log, failed=failed, doing=doing, tells=tells, env=env, cwd=CHECKOUT)
    return log


def _check_keys() -> None:
    """A key that does not open what is sealed stops the start: more would be lost under it."""
    told = manage("check_rating_keys", failed="The key of ratings is not the database's")
    for line in told.read_text("utf-8").splitlines():
        say(line)


def _collect_static() -> None:
    """The served copies are those of `static/` and of the packages; unchanged ones cost nothing."""
    pinned = CHECKOUT / "requirements" / "base.txt"
    files = sorted(path for path in (CHECKOUT / "static").rglob("*") if path.is_file())
    states = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    mark = hashlib.sha256(repr(states).encode() + pinned.read_bytes()).hexdigest()
    stamp = VAR / "static" / ".collected"
    if not stamp.exists() or stamp.read_text("ascii") != mark:
        manage(
            *("collectstatic", "--no-input"),
            doing="Collecting the style sheets and scripts",
            failed="The static files could not be collected",
        )
        stamp.write_text(mark, "ascii")


def _demo_logins() -> list[str]:
    told = manage("logins", failed="The database could not be read")
    return told.read_text("utf-8").splitlines()


def _seeded_logins() -> list[str]:
    """The demo county is made where there is no account yet; a real county is left alone."""
    say("Making the demo county where the database is empty (once, a minute or two)")
    manage("seed", failed="The demo county could not be made", tells=True)
    return _demo_logins()


def _processes(port: int) -> list[Child]:
    celery = (str(VENV / "bin" / "celery"), "-A", "congress.celery")
    web = (str(VENV / "bin" / "gunicorn"), "--bind", f"127.0.0.1:{port}", *WEB.split())
    worker = (*celery, *WORKER.split())
    beat = (*celery, "beat", "--schedule", str(VAR / "beat-schedule"), "--pidfile", "")
    return [
        Child("web", web),
        Child("worker", worker, returns=True),
        Child("beat", beat, returns=True),
    ]


def _welcome(port: int, logins: list[str]) -> None:
    say("")
    say(f"  首页      http://127.0.0.1:{port}/")
    say(f"  工作后台  http://127.0.0.1:{port}/admin/")
    say("")
    for line in logins:
        say(f"  {line}")
    say("")
    say(f"Logs are in {LOGS}. Ctrl-C stops everything; the data stays.")
