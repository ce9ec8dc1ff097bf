"""A house for campaigns that kill: servers, worker and web of its own, in a folder of its own.

Nothing is ever killed but what was started here.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import psycopg
import redis as client

from congress.local import places, postgres, redis
from congress.local.console import plain_environment

ROOT = Path(__file__).parents[2]
WORKER = "worker --concurrency 2 --without-gossip --without-mingle --without-heartbeat -l WARNING"
WEB = "congress.wsgi --workers 2 --preload --no-control-socket"
OF_THE_CLOCK = {"id", "at", "written_at", "claimed_at", "sent_at"}
"""Columns that say when a worker did something, or its how-manieth row it was."""
OF_ITS_CLOCK = {"scoring_yearseal": {"sealed_at"}}
"""Of these tables such columns, too; a file's own `sealed_at` is the moment of the result."""
BESIDE = {"django_session", "django_migrations", "shared_seal"}
"""Tables that are none of the year's."""


class House:
    """PostgreSQL, Redis, a worker of two and a web of two."""

    def __init__(self, home: places.Home, port: int) -> None:
        self.home, self.port = home, port
        self.media = home.data / "media"
        self.log = (home.data / "house.log").open("ab")
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "congress.settings",
            "DATABASE_URL": postgres.address(home, "congress_owner"),
            "DATABASE_APP_URL": "",
            "DB_LOGIN": "app",
            "REDIS_URL": redis.address(home),
            "MEDIA_ROOT": str(self.media),
            "STATIC_ROOT": str(home.data / "static"),
            "EMAIL_URL": "",
        }

    def start(self, name: str) -> None:
        """`worker` or `web`, as leader of a group of its own."""
        words = {
            "worker": ("celery", "-A", "congress.celery", *WORKER.split()),
            "web": ("gunicorn", "--bind", f"127.0.0.1:{self.port}", *WEB.split()),
        }[name]
        program = Path(sys.executable).parent / words[0]
        self.running[name] = subprocess.Popen(
            [program, *words[1:]],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        """All of it, at once, in the middle of whatever it does."""
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_child(self, name: str, number: int) -> bool:
        """One of its hands; its leader takes another one on. False when there is none yet."""
        leader = self.running[name].pid
        children = Path(f"/proc/{leader}/task/{leader}/children").read_text("ascii").split()
        if not children:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(children[number % len(children)]), signal.SIGKILL)
        return True

    def look_after(self) -> None:
        """What ended is started again, as `make run` and the service manager do."""
        for name in ("worker", "web"):
            if name not in self.running or self.running[name].poll() is not None:
                self.start(name)

    def restart_postgres(self) -> None:
        """As after a power cut: no session is ended in order, and the log is replayed."""
        self._pg_ctl("restart", "-m", "immediate", "-w", "-t", "60", "-l", self._server_log())

    def _pg_ctl(self, *words: str | Path) -> None:
        folder = postgres.find_binaries()
        assert folder is not None
        subprocess.run(
            [*self.home.as_server_user(), folder / "pg_ctl", "-D", self.home.postgres, *words],
            check=True,
            capture_output=True,
            env=plain_environment(),
            cwd="/",
        )

    def _server_log(self) -> Path:
        return self.home.postgres / "server.log"

    def flush_redis(self) -> None:
        self.redis().flushall()

    def redis(self) -> Any:
        return client.Redis(unix_socket_path=str(self.home.sockets / "redis.sock"))

    def manage(self, *words: str) -> str:
        """All that a command says."""
        said = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.env,
            check=False,
            capture_output=True,
            text=True,
        )
        if said.returncode:
            raise RuntimeError(f"{words}: {said.stderr[-2000:]}")
        return said.stdout

    def sql(self, words: str, *, database: str = "congress") -> list[tuple[Any, ...]]:
        """As the server's own superuser, past every right."""
        login = {"host": str(self.home.sockets), "user": "postgres", "dbname": database}
        with psycopg.connect(autocommit=True, **login) as line:
            cursor = line.execute(words)
            return cursor.fetchall() if cursor.description else []

    def page(self, path: str, session: str) -> int:
        """The status that the web answers with; 0 when nobody is there."""
        ask = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": f"sessionid={session}"}
        )
        try:
            with urllib.request.urlopen(ask, timeout=5) as answer:  # noqa: S310 - as above
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            return 0

    def fill(self, dump: bytes) -> None:
        """The database has these tables and rows."""
        folder = postgres.find_binaries()
        assert folder is not None
        subprocess.run(
            [folder / "psql", "-X", "-q", "-h", self.home.sockets, "-U", "postgres", "congress"],
            input=dump,
            check=True,
            stdout=subprocess.DEVNULL,
            env=plain_environment(),
        )

    def keep(self) -> None:
        """What stands now is what every round begins with."""
        self.sql("CREATE DATABASE begun TEMPLATE congress", database="postgres")

    def begin_again(self) -> None:
        """A copy of the files: one written through the log takes over how many numbers each
        sequence has promised the log already, and after a crash gives those out once more."""
        self.sql("DROP DATABASE congress WITH (FORCE)", database="postgres")
        self.sql(
            "CREATE DATABASE congress TEMPLATE begun OWNER congress_owner STRATEGY file_copy",
            database="postgres",
        )
        shutil.rmtree(self.media, ignore_errors=True)

    def snapshot(self) -> dict[str, list[str]]:
        """Every row of every table without what the clock put there, every file by its digest."""
        tables = self.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found = {}
        for (name,) in tables:
            if name not in BESIDE:
                rows = self.sql(f'SELECT row_to_json(each)::text FROM "{name}" AS each')  # noqa: S608
                gone = OF_THE_CLOCK | OF_ITS_CLOCK.get(name, set())
                found[name] = sorted(_without(gone, json.loads(row)) for (row,) in rows)
        found["files"] = sorted(
            f"{path.relative_to(self.media)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
            for path in self.media.rglob("*")
            if path.is_file()
        )
        return found

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)
        self.log.close()
        if os.environ.get("KILLS_LOG"):
            shutil.copy(self.home.data / "house.log", os.environ["KILLS_LOG"])
        redis.stop(self.home)
        self._pg_ctl("stop", "-m", "immediate", "-w")
        shutil.rmtree(self.home.data, ignore_errors=True)


def _without(gone: set[str], row: dict[str, Any]) -> str:
    kept = {name: value for name, value in row.items() if name not in gone}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


@contextlib.contextmanager
def own_house() -> Iterator[House]:
    """It stands inside the block, and nothing is left of it afterwards."""
    folder = places.OUTSIDE / f"congress-kills-{os.getpid()}"
    home = places.Home(folder, folder / "run", places.home().user)
    places.make(home)
    house = House(home, _a_port())
    told = (signal.SIGINT, signal.SIGTERM) if current_thread() is main_thread() else ()
    former = {each: signal.signal(each, _leave) for each in told}
    try:
        postgres.start(home)
        redis.start(home)
        yield house
    finally:
        for each, handler in former.items():
            signal.signal(each, handler)
        house.end()


def _leave(number: int, _: object) -> None:
    """Told to stop: the house is taken down on the way out."""
    sys.exit(128 + number)


def _a_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Any, *, seconds: float) -> bool:
    """Whether it came true in that time."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True
