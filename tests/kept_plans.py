"""What PostgreSQL has planned for one test it has planned for all that follow on its connection.

psycopg forgets its prepared statements at every rollback, and a test ends with one: the same few
hundred statements were parsed and planned anew ten thousand times, half of PostgreSQL's work in
the suite. PostgreSQL itself keeps them, and plans those anew whose tables have changed.
"""

from psycopg._preparing import PrepareManager

MOST = 1_000
"""Statements that a connection keeps; psycopg's hundred are fewer than one long page asks."""


def keep() -> None:
    PrepareManager.prepared_max = MOST
    PrepareManager.clear = lambda _manager: False
