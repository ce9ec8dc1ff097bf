"""Several long-running processes: the web and its hands, which are started again when they end."""

import ctypes
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TypeAlias

from congress.local.console import Stop, say, tail
from congress.local.places import CHECKOUT, LOGS

PATIENCE = 60.0
"""Seconds for the first answer of the web process."""
LAST_CALL = 8.0
"""Seconds a process has to end; a worker in the middle of a file is killed and resumes later."""
A_WHILE = 5.0
"""Seconds before a process that ended is started again: its broker may be gone for longer."""
PR_SET_PDEATHSIG = 1

Process: TypeAlias = "subprocess.Popen[bytes]"


@dataclass(frozen=True)
class Child:
    """A process by the name a person calls it; its words go to `.var/log/<name>.log`.

    One that `returns` is started again when it ends; with any other everything ends.
    """

    name: str
    command: tuple[str, ...]
    returns: bool = False

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"


@dataclass
class Family:
    """Those that run, and of those that ended when each is to be started again."""

    env: Mapping[str, str]
    running: dict[Child, Process] = field(default_factory=dict)
    due: dict[Child, float] = field(default_factory=dict)

    def start(self, child: Child) -> None:
        """It runs in a session of its own, so that Ctrl-C reaches this program alone."""
        libc = ctypes.CDLL(None)
        with child.log.open("ab") as out:
            self.running[child] = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=CHECKOUT,
                start_new_session=True,
                preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM),
            )

    def look_after(self) -> None:
        """Whoever ended is started again after a while, and that is said; `Stop` for the web."""
        now = time.monotonic()
        for child, process in list(self.running.items()):
            if process.poll() is None:
                continue
            if not child.returns:
                raise Stop(
                    f"{tail(child.log)}\nThe {child.name} process ended by itself, so everything "
                    f"was stopped; its last words are above, all of them in {child.log}."
                )
            if child not in self.due:
                self.due[child] = now + A_WHILE
                say(
                    f"The {child.name} process ended by itself; it is started again, the web "
                    f"goes on. Its words are in {child.log}."
                )
            elif now >= self.due[child]:
                del self.due[child]
                self.start(child)


def heed_signals() -> None:
    """`kill`, a closed terminal and Ctrl-C all stop this program in the same orderly way.

    Ctrl-C too is asked for expressly: started in the background by a script it would be ignored.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def together(
    family: Sequence[Child], *, port: int, env: Mapping[str, str], ready: Callable[[], None]
) -> None:
    """All have run until Ctrl-C, or until one of them ended that does not return."""
    try:
        with _running(family, env) as running:
            _await_web(port, running)
            ready()
            while True:
                running.look_after()
                time.sleep(0.3)
    except KeyboardInterrupt:
        return


@contextmanager
def _running(children: Sequence[Child], env: Mapping[str, str]) -> Iterator[Family]:
    family = Family(env)
    try:
        for child in children:
            child.log.unlink(missing_ok=True)
            family.start(child)
        yield family
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # the end is not interrupted
        say("\nStopping ...")
        _end(list(family.running.values()))


def _end(processes: Sequence[Process]) -> None:
    """None of them is left: asked first, and after a while not asked any more."""
    for process in processes:
        process.terminate()
    until = time.monotonic() + LAST_CALL
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await_web(port: int, running: Family) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(port):
        running.look_after()
        if time.monotonic() > until:
            raise Stop(f"The web process does not answer on port {port}; see {LOGS / 'web.log'}.")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", "/")
        line.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True
