"""A database of its own for a campaign, worked in as the app's role, dropped afterwards."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from congress.environment import NO_JIT, PREPARED
from tests import template

AS_APP = {
    **PREPARED,
    "options": f"{NO_JIT} -c role=congress_app -c synchronous_commit=off",
}


@contextmanager
def scratch() -> Iterator[None]:
    """Inside the block an empty, migrated database stands; nobody else sees it."""
    name = connection.settings_dict["NAME"]
    made = connection.settings_dict
    made["TEST"]["NAME"] = f"test_congress_campaign_{os.getpid()}"
    made["TEST"]["TEMPLATE"] = template.ready(template.login(made))
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    options = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = AS_APP
    connection.close()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["OPTIONS"] = options
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def kept(name: str) -> Iterator[None]:
    """The same in a database that stays for the next time, and only what is new is migrated."""
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=True)
    connection.settings_dict["OPTIONS"] = AS_APP
    connection.close()
    yield
    connection.close()


def told_to_stop() -> list[int]:
    """Filled by Ctrl+C or kill: the campaign then reports what it has done so far."""
    told: list[int] = []
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda number, _: told.append(number))
    return told


def say(words: str) -> None:
    """Progress, on the channel that is not the report's."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
