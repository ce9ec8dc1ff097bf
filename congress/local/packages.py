"""Debian packages: what the project needs from the machine, and installing what is missing."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from congress.local.console import Stop, quietly, say
from congress.local.places import LOGS
from congress.local.postgres import find_binaries

FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


def _font(*patterns: str) -> Callable[[], bool]:
    return lambda: any(
        next(folder.rglob(pattern), None) for folder in FONT_FOLDERS for pattern in patterns
    )


def _library(name: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


RUN: dict[str, Callable[[], bool]] = {
    "python3-venv": lambda: find_spec("ensurepip") is not None,
    "postgresql": lambda: find_binaries() is not None,
    "redis-server": _program("redis-server"),
    "libpango-1.0-0": _library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": _library("libpangoft2-1.0.so.0"),
    "libharfbuzz-subset0": _library("libharfbuzz-subset.so.0"),
    "fontconfig": _program("fc-list"),
    "fonts-noto-cjk": _font("NotoSansCJK-Regular.ttc"),
    "fonts-wqy-zenhei": _font("wqy-zenhei.ttc"),
    "fonts-arphic-ukai": _font("ukai.ttc"),
    "fonts-arphic-gbsn00lp": _font("gbsn00lp.ttf"),
    "fonts-liberation": _font("LiberationSerif-Regular.ttf"),
}
"""What running needs. WeasyPrint lays out with Pango; a small Chinese face prints most papers
fast, the complete one behind it has the rare characters in names, Kai is for signatures, a light
Song for running text and Liberation for the figures in it."""

TEST: dict[str, Callable[[], bool]] = {
    "chromium-headless-shell": _program("chromium-headless-shell", "chromium", "google-chrome"),
}
"""What only the browser journeys need: the browser's engine without its window."""

INSTALL = """
set -eu
export DEBIAN_FRONTEND=noninteractive
if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
fi
redis_was_here=$(command -v redis-server || true)
if [ ! -e /etc/postgresql-common ]; then
    mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
fi
apt-get update -q
apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 \\
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \\
    -o Dpkg::Options::=--force-unsafe-io "$@"
if [ -z "$redis_was_here" ] && command -v systemctl >/dev/null; then
    systemctl disable redis-server || true
fi
"""
"""Installs without starting anything: neither now (policy-rc.d), nor a machine-wide database
(createcluster.conf), nor a machine-wide Redis at the next boot. Services that were there stay."""


def install_missing(*, for_tests: bool) -> None:
    """Everything the machine must provide is there; what was missing has been named."""
    wanted = RUN | TEST if for_tests else RUN
    missing = [package for package, is_there in wanted.items() if not is_there()]
    if not missing:
        return
    names = " ".join(missing)
    by_hand = f"run `apt-get install --no-install-recommends {names}` as root"
    if not shutil.which("apt-get"):
        raise Stop(f"Missing, and this is no Debian: install what Debian calls {names}.")
    if not (become := _become_root()) and os.geteuid():
        raise Stop(f"System packages are missing that this user may not install: {by_hand}.")
    say(f"Installing system packages: {names}")
    quietly(
        [*become, "sh", "-c", INSTALL, "install", *missing],
        log=LOGS / "packages.log",
        failed=f"The system packages could not be installed; {by_hand}",
    )
    if still := [package for package in missing if not wanted[package]()]:
        raise Stop(f"Installed, and still not found: {' '.join(still)}.")


def _become_root() -> list[str]:
    """The words that turn a command into root's, when this person may say them."""
    if os.geteuid() == 0 or not shutil.which("sudo"):
        return []
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else []
