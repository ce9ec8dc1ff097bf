"""`python3 -m congress.local COMMAND`: what the Makefile calls."""

import shutil
import sys

from congress.local import children, packages, places, run, servers, venv
from congress.local.console import Stop, say


def up() -> None:
    """`make up`: everything installed, servers running, the database's tables current."""
    _set_up(for_tests=False)
    run.migrate()
    say("Ready: every `./manage.py COMMAND` works now. `make stop` stops the servers.")


def test_up() -> None:
    """Everything that checks need on top: Chromium and the tools; tests migrate for themselves."""
    _set_up(for_tests=True)


def serve() -> None:
    """`make run`: all of it, until Ctrl-C."""
    children.heed_signals()
    port = run.free_port()
    _install(for_tests=False)
    servers.up()
    with places.in_use() as alone:
        try:
            run.until_stopped(port)
        finally:
            if alone() and servers.down():
                say("The private servers are stopped too. The data stays.")


def stop() -> None:
    """`make stop`: no private server of this checkout runs."""
    say("Stopped." if servers.down() else "Nothing was running.")


def clean() -> None:
    """`make clean`: what the set-up made is gone, the demo county's data included."""
    servers.down()
    home = places.home()
    for folder in (places.VENV, home.sockets, home.data, places.VAR):
        shutil.rmtree(folder, ignore_errors=True)
    say("Removed .venv, .var and the private servers' data.")


def _set_up(*, for_tests: bool) -> None:
    _install(for_tests=for_tests)
    servers.up()


def _install(*, for_tests: bool) -> None:
    places.own_var()
    packages.install_missing(for_tests=for_tests)
    venv.install(for_tests=for_tests)


COMMANDS = {"up": up, "test-up": test_up, "run": serve, "stop": stop, "clean": clean}

if __name__ == "__main__":
    try:
        COMMANDS[sys.argv[1]]()
    except Stop as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
