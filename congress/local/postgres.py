"""A private PostgreSQL: own data folder, own socket, no port, never the machine's."""

import shutil
import subprocess
import time
from pathlib import Path
from typing import TypeAlias

from congress.local.console import Stop, plain_environment, quietly, say
from congress.local.places import LOGS, Home

Command: TypeAlias = list[str | Path]

OLDEST = 15
PSQL = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", "postgres"]
DATABASE = "congress"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "shared_buffers": "128MB",
    "jit": "off",
}
"""Given at every start, so that a change here reaches data folders that already exist."""

ROLES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'congress_owner') THEN
        CREATE ROLE congress_owner LOGIN CREATEDB CREATEROLE;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'congress_app') THEN
        CREATE ROLE congress_app LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'congress_reader') THEN
        CREATE ROLE congress_reader LOGIN;
    END IF;
END $$;
GRANT congress_app, congress_reader TO congress_owner;
"""
"""Three logins: owner migrates (and makes test databases), app works, reader audits."""


def find_binaries(major: int | None = None) -> Path | None:
    """The folder with `initdb` and `pg_ctl`: the newest of 15 or later, or exactly `major`."""
    found = {
        int(folder.parent.name): folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    }
    if (on_path := shutil.which("initdb")) and (version := _major(Path(on_path))):
        found.setdefault(version, Path(on_path).resolve().parent)
    fitting = [v for v in found if v == major or (major is None and v >= OLDEST)]
    return found[max(fitting)] if fitting else None


def start(home: Home) -> bool:
    """It answers on its socket, with roles and database; true when it had to be started."""
    binaries = _binaries_for(home)
    if not (home.postgres / "PG_VERSION").exists():
        _make_data_folder(home, binaries)
    _forget_the_dead(home, binaries)
    if _answers(home, binaries):
        return False
    log = home.postgres / "server.log"
    options = " ".join(f"-c {name}={value}" for name, value in _settings(home).items())
    command: list[str | Path] = [
        binaries / "pg_ctl",
        "start",
        "-D",
        home.postgres,
        "-l",
        log,
        "-w",
        "-t",
        "90",
    ]
    quietly(
        [*home.as_server_user(), *command, "-s", "-o", options],
        log=LOGS / "postgres-start.log",
        failed=f"The private PostgreSQL did not start; it says why in {log}",
        env=plain_environment(),
        cwd=Path("/"),
    )
    _make_roles(home, binaries)
    return True


def stop(home: Home) -> bool:
    """Nothing of it runs; true when something did."""
    if not (home.postgres / "postmaster.pid").exists():
        return False
    binaries = _binaries_for(home)
    command: list[str | Path] = [
        binaries / "pg_ctl",
        "stop",
        "-D",
        home.postgres,
        "-m",
        "fast",
        "-w",
        "-t",
        "60",
    ]
    done = subprocess.run(
        [*home.as_server_user(), *command],
        capture_output=True,
        env=plain_environment(),
        cwd="/",
        check=False,
    )
    return done.returncode == 0


def address(home: Home, role: str) -> str:
    """The database's address for one of the three roles."""
    return f"postgres://{role}@/{DATABASE}?host={home.sockets}"


def _major(initdb: Path) -> int | None:
    words = subprocess.run(
        [initdb, "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = words.split()[-1].partition(".")[0] if words else ""
    return int(number) if number.isdigit() else None


def _binaries_for(home: Home) -> Path:
    version = home.postgres / "PG_VERSION"
    major = int(version.read_text("ascii").strip()) if version.exists() else None
    if folder := find_binaries(major):
        return folder
    needed = f"{major}, which made {home.postgres}," if major else f"{OLDEST} or newer"
    raise Stop(f"PostgreSQL {needed} is not installed.")


def _settings(home: Home) -> dict[str, str]:
    return SETTINGS | {"unix_socket_directories": str(home.sockets)}


def _make_data_folder(home: Home, binaries: Path) -> None:
    """A data folder in UTF-8; made beside its place first, so that half of one never counts."""
    say("Making the private PostgreSQL's data folder")
    half = home.data / "postgres.new"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    if home.user:
        shutil.chown(half, home.user, home.user)
    command: Command = [binaries / "initdb", "-D", half, "-U", "postgres", "--auth=trust"]
    quietly(
        [*home.as_server_user(), *command, "--encoding=UTF8", "--locale=C.UTF-8"],
        log=LOGS / "initdb.log",
        failed="The private PostgreSQL's data folder could not be made",
        env=plain_environment(),
        cwd=Path("/"),
    )
    home.postgres.rmdir()
    half.rename(home.postgres)


def _answers(home: Home, binaries: Path) -> bool:
    command: Command = [binaries / "pg_isready", "-q", "-h", home.sockets]
    return subprocess.run(command, env=plain_environment(), check=False).returncode == 0


def _make_roles(home: Home, binaries: Path) -> None:
    _psql(home, binaries, ROLES)
    if DATABASE not in _psql(home, binaries, "SELECT datname FROM pg_database").split():
        _psql(home, binaries, f"CREATE DATABASE {DATABASE} OWNER congress_owner")


def _psql(home: Home, binaries: Path, sql: str) -> str:
    done = subprocess.run(
        [binaries / "psql", *PSQL, "-h", home.sockets, "-c", sql],
        capture_output=True,
        text=True,
        env=plain_environment(),
        check=False,
    )
    if done.returncode:
        raise Stop(f"The private PostgreSQL refused its set-up: {done.stderr.strip()}")
    return done.stdout.strip()


def _forget_the_dead(home: Home, binaries: Path) -> None:
    """The pid file of a crash or a reboot is gone when no process works in the data folder.

    PostgreSQL forgives a stale pid file only while no other program has been given that number.
    Left-over server processes of a killed one leave by themselves, and are waited for.
    """
    pid_file = home.postgres / "postmaster.pid"
    until = time.monotonic() + 20
    while pid_file.exists() and not _answers(home, binaries) and time.monotonic() < until:
        if not _processes_in(home.postgres):
            pid_file.unlink(missing_ok=True)
            (home.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
            return
        time.sleep(0.5)


def _processes_in(folder: Path) -> list[int]:
    """The numbers of processes whose working folder this is: PostgreSQL's always are."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").readlink() == folder:
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
