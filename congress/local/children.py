"""Several long-running processes that live and die together."""

import ctypes
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypeAlias

from congress.local.console import Stop, say, tail
from congress.local.places import CHECKOUT, LOGS

PATIENCE = 60.0
"""Seconds for the first answer of the web process."""
LAST_CALL = 8.0
"""Seconds a process has to end; a worker in the middle of a file is killed and resumes later."""
PR_SET_PDEATHSIG = 1

Process: TypeAlias = "subprocess.Popen[bytes]"


@dataclass(frozen=True)
class Child:
    """A process by the name a person calls it; its words go to `.var/log/<name>.log`."""

    name: str
    command: tuple[str, ...]

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"


Processes: TypeAlias = dict[Child, Process]


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
    """All have run until Ctrl-C, or until one of them ended."""
    try:
        with _running(family, env) as processes:
            _await_web(port, processes)
            ready()
            while True:
                _none_ended(processes)
                time.sleep(0.3)
    except KeyboardInterrupt:
        return


@contextmanager
def _running(family: Sequence[Child], env: Mapping[str, str]) -> Iterator[Processes]:
    """Each runs in a session of its own, so that Ctrl-C reaches this program alone."""
    libc = ctypes.CDLL(None)
    processes: Processes = {}
    try:
        for child in family:
            with child.log.open("wb") as out:
                processes[child] = subprocess.Popen(
                    child.command,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    env=env,
                    cwd=CHECKOUT,
                    start_new_session=True,
                    preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM),
                )
        yield processes
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # the end is not interrupted
        say("\nStopping ...")
        _end(list(processes.values()))


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


def _none_ended(processes: Processes) -> None:
    for child, process in processes.items():
        if process.poll() is not None:
            raise Stop(
                f"{tail(child.log)}\nThe {child.name} process ended by itself, so everything was "
                f"stopped; its last words are above, all of them in {child.log}."
            )


def _await_web(port: int, processes: Processes) -> None:
    until = time.monotonic() + PATIENCE
    while not _answers(port):
        _none_ended(processes)
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
