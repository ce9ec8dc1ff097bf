"""A private Redis on a socket: no port, nothing written to disk, for it may be lost anytime."""

import shutil
import socket
import time
from pathlib import Path

from congress.local.console import Stop, plain_environment, quietly
from congress.local.places import LOGS, Home


def start(home: Home) -> bool:
    """Redis answers on its socket; true when it had to be started."""
    if _ask(home, "PING") == "+PONG":
        return False
    program = shutil.which("redis-server")
    if not program:
        raise Stop("redis-server is not installed.")
    log = home.redis / "server.log"
    settings = {
        "port": "0",
        "unixsocket": str(_socket(home)),
        "unixsocketperm": "700",
        "dir": str(home.redis),
        "pidfile": str(home.redis / "server.pid"),
        "logfile": str(log),
        "daemonize": "yes",
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "noeviction",  # a broker that evicts loses work
    }
    words = [word for name, value in settings.items() for word in (f"--{name}", value)]
    quietly(
        [*home.as_server_user(), program, *words],
        log=LOGS / "redis-start.log",
        failed=f"The private Redis did not start; it says why in {log}",
        env=plain_environment(),
        cwd=Path("/"),
    )
    for _ in range(100):
        if _ask(home, "PING") == "+PONG":
            return True
        time.sleep(0.05)
    raise Stop(f"The private Redis does not answer; it says why in {log}.")


def stop(home: Home) -> bool:
    """Nothing of it runs; true when something did."""
    if _ask(home, "PING") != "+PONG":
        return False
    _ask(home, "SHUTDOWN NOSAVE")
    for _ in range(100):
        if _ask(home, "PING") is None:
            return True
        time.sleep(0.05)
    return True


def address(home: Home) -> str:
    """Redis's address, as its Python client spells it."""
    return f"unix://{_socket(home)}?db=0"


def _socket(home: Home) -> Path:
    return home.sockets / "redis.sock"


def _ask(home: Home, command: str) -> str | None:
    """The first line of the answer, or None when nobody is there."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(_socket(home)))
            line.sendall(f"{command}\r\n".encode())
            return line.recv(64).decode().split("\r\n")[0]
    except OSError:
        return None
