"""How the set-up speaks: one line for each thing it does, one sentence when it cannot."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


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
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """The command has succeeded, its words are in the log; otherwise its last words are shown."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        code = subprocess.run(
            command, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=cwd, check=False
        ).returncode
    if code:
        sys.stderr.write(tail(log))
        raise Stop(f"{failed} (all of its output: {log})")


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
