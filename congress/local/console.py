"""How the set-up speaks: one line for each thing it does, one sentence when it cannot."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

A_MOMENT = 3.0
"""Seconds that a step may take without a word; the second start has none that takes longer."""


class Stop(Exception):
    """The set-up cannot go on; the text is the one sentence the person needs."""


def say(line: str) -> None:
    """The line stands on the terminal at once, also when the output is a pipe."""
    print(line, flush=True)  # noqa: T201 - this is the set-up's only voice


def quietly(
    command: Sequence[str | Path],
    *,
    log: Path,
    failed: str,
    doing: str = "",
    tells: bool = False,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """The command has succeeded, its words are in the log; otherwise its last words are shown.

    What takes longer than a moment says what it is `doing`. One that `tells` how far it is, on
    its error output, is heard at once.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        errors = subprocess.PIPE if tells else subprocess.STDOUT
        child = subprocess.Popen(command, stdout=out, stderr=errors, env=env, cwd=cwd)
        try:
            if tells:
                _pass_on(child, out)
            code = _ended(child, doing)
        except BaseException:
            child.kill()
            child.wait()
            raise
    if code:
        sys.stderr.write(tail(log))
        raise Stop(f"{failed} (all of its output: {log})")


def _pass_on(child: "subprocess.Popen[bytes]", out: BinaryIO) -> None:
    assert child.stderr, "it was started with a pipe"  # noqa: S101  # a slip of ours
    with child.stderr as told:
        while piece := os.read(told.fileno(), 4096):
            out.write(piece)
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()


def _ended(child: "subprocess.Popen[bytes]", doing: str) -> int:
    try:
        return child.wait(A_MOMENT if doing else None)
    except subprocess.TimeoutExpired:
        say(doing)
        return child.wait()


def tail(log: Path, lines: int = 25) -> str:
    """The last lines of a log, for the person in front of the terminal."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-lines:]) + "\n"


def plain_environment() -> dict[str, str]:
    """The environment without the caller's language and PostgreSQL settings: servers heed them."""
    heeded = ("LC_", "LANGUAGE", "PG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(heeded)}
    return kept | {"LANG": "C.UTF-8"}
