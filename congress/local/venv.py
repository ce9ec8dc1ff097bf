"""The checkout's own Python environment, from the hashed requirement files."""

import hashlib
import subprocess
import sys

from congress.local.console import Stop, quietly, say
from congress.local.places import CHECKOUT, LOGS, PYTHON, VENV

STAMP = VENV / ".installed"
OLDEST = (3, 11)
PIP_INSTALL = (
    "-m pip install --quiet --disable-pip-version-check --no-input"
    " --only-binary :all: --no-deps --require-hashes --requirement"
)
"""The files name every package, so nothing is left to resolve: a resolver would look at the newest
release of whatever another package asks for with an extra, and refuse it for having no hash."""


def install(*, for_tests: bool) -> None:
    """`.venv` holds exactly what the requirement files pin; when it already does, at no cost."""
    if sys.version_info < OLDEST:
        raise Stop(
            f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}."
            " Name another one: make PYTHON=/path/to/python3 run"
        )
    wanted = "dev" if for_tests else "base"
    known = STAMP.read_text("utf-8").split() if STAMP.exists() and PYTHON.exists() else []
    if _mark(wanted) in known:
        return
    if not _usable():
        say("Making the Python environment .venv")
        quietly(
            [sys.executable, "-m", "venv", "--clear", VENV],
            log=LOGS / "venv.log",
            failed="The Python environment could not be made",
        )
    say(f"Installing the Python packages of requirements/{wanted}.txt")
    quietly(
        [PYTHON, *PIP_INSTALL.split(), CHECKOUT / "requirements" / f"{wanted}.txt"],
        log=LOGS / "pip.log",
        failed="The Python packages could not be installed",
    )
    marks = [_mark("base"), _mark("dev")] if for_tests else [_mark("base")]
    STAMP.write_text("\n".join(marks) + "\n", "utf-8")


def _usable() -> bool:
    """Whether `.venv` can be added to. One made by hand is, and is never thrown away."""
    if not PYTHON.exists():
        return False
    return (
        subprocess.run([PYTHON, "-m", "pip", "-V"], capture_output=True, check=False).returncode
        == 0
    )


def _mark(name: str) -> str:
    """What `.venv` depends on: its place and every pinned version."""
    file = CHECKOUT / "requirements" / f"{name}.txt"
    return hashlib.sha256(f"{VENV} {name}\n".encode() + file.read_bytes()).hexdigest()
