"""Where the checkout keeps its things, and as which system user the private servers run."""

import fcntl
import hashlib
import os
import pwd
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from congress.local.console import Stop

CHECKOUT = Path(__file__).resolve().parent.parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = CHECKOUT / ".var"
LOGS = VAR / "log"
SERVERS_ENV = VAR / "servers.env"
OUTSIDE = Path("/var/tmp")  # noqa: S108 - survives a reboot; make() checks whose a folder is

LONGEST_SOCKET_FOLDER = 80
"""Linux takes 107 bytes for a socket's whole path; the file's name needs some of them."""


@dataclass(frozen=True)
class Home:
    """The private servers' folders, and the system user they belong to."""

    data: Path
    sockets: Path
    user: str | None

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def redis(self) -> Path:
        return self.data / "redis"

    def as_server_user(self) -> list[str | Path]:
        """The words before a command that make it run as the servers' user."""
        if not self.user:
            return []
        return ["setpriv", f"--reuid={self.user}", f"--regid={_group(self.user)}", "--clear-groups"]


def own_var() -> None:
    """`.var` exists, readable by its owner only: it holds addresses, uploads and a key."""
    try:
        VAR.mkdir(mode=0o700, exist_ok=True)
        LOGS.mkdir(exist_ok=True)
    except PermissionError:
        raise Stop(f"This user cannot write in {CHECKOUT}; use the one who cloned it.") from None
    owner = VAR.stat().st_uid
    if owner != os.geteuid():
        name = pwd.getpwuid(owner).pw_name
        raise Stop(f"{VAR} belongs to {name}: go on as {name}, or as {name} run `make clean`.")


@contextmanager
def in_use() -> Iterator[Callable[[], bool]]:
    """This run is counted; the callable says whether no other one of the checkout is left."""
    with (VAR / "run.lock").open("w") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)

        def alone() -> bool:
            try:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield alone


def home() -> Home:
    """The folders for this checkout and this person.

    PostgreSQL refuses to run as root, so root's servers run as the system user `postgres`, in a
    folder outside the checkout, which that user may be unable to enter (`/root` is closed).
    """
    mark = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]
    outside = OUTSIDE / f"congress-{os.geteuid()}-{mark}"
    if os.geteuid() == 0:
        return Home(outside, outside / "run", _server_user())
    inside = VAR / "run"
    fits = len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER
    return Home(VAR, inside if fits else outside, None)


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _server_user() -> str:
    """Debian's package brings the user `postgres`; elsewhere `nobody` owns nothing yet."""
    users = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


def make(place: Home) -> None:
    """The folders exist, and nobody but their owner can look into those of the servers."""
    for folder in {place.data, place.sockets} - {VAR, VAR / "run"}:
        if folder.parent == OUTSIDE:
            folder.mkdir(mode=0o711, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                raise Stop(f"{folder} was made by somebody else; remove it and start again.")
    servers = pwd.getpwnam(place.user) if place.user else None
    for folder in (place.postgres, place.redis, place.sockets):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        if servers:
            os.chown(folder, servers.pw_uid, servers.pw_gid)
