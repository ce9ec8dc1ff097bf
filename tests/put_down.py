"""What a test often begins with is walked by the real verbs once in each run; when another test
begins with the same, its rows are put down again as they were, which takes a tenth of the time.

Only for a test that begins with nothing: whatever it has written before may change the walk.
"""

from collections.abc import Callable, Hashable
from copy import copy
from functools import wraps
from typing import NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model
from psycopg import sql

from congress.shared import clock

Row = TypeVar("Row", bound=Model)

UNTOUCHED = """
SELECT pg_current_xact_id_if_assigned() IS NULL AND NOT EXISTS (SELECT FROM shared_area)
"""
WRITTEN = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) > 0
"""
"""Tables that may have been; what PostgreSQL has not yet counted of earlier tests comes along."""
NEW = sql.SQL("""
SELECT json_agg(each)::text FROM (
    SELECT * FROM {} WHERE xmin::text::bigint >= pg_current_xact_id()::text::bigint % 4294967296
) AS each
""")
PUT = sql.SQL("INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, {1})")


class Walked(NamedTuple):
    """The key of the row, what there is but one of, and the rows of all tables as one script."""

    pk: int
    once: dict
    rows: str


ONCE: dict[Hashable, Model] = {}
"""What the running test has made that there is but one of: the county, its townships, a session."""
_walked: dict[Hashable, Walked | None] = {}


def forget() -> None:
    """Numbering has started anew: what was numbered before is not put down beside it."""
    _walked.clear()


def again(model: type[Row], *along: str) -> Callable[[Callable[..., Row]], Callable[..., Row]]:
    """For a walk to a row of this model: when nothing is special in it, one walk serves all.

    `along` is fetched with the row, as who walks has it at hand.
    """

    def once(walk: Callable[..., Row]) -> Callable[..., Row]:
        @wraps(walk)
        def walked(*steps, **special) -> Row:
            if special or not begins():
                return walk(*steps, **special)
            key = (walk, steps, clock.today(), clock._SET_TO.get())
            known = _walked.get(key)
            if known is None:
                row = walk(*steps)
                if key in _walked:
                    _walked[key] = Walked(row.pk, _copied(ONCE), _script())
                else:
                    _walked[key] = None  # what nobody begins with again is not worth keeping
                return row
            with connection.cursor() as cursor:
                cursor.execute(known.rows)
            ONCE.update(_copied(known.once))
            return model._default_manager.select_related(*along).get(pk=known.pk)

        return walked

    return once


def begins() -> bool:
    """Nothing was written in this test and nothing stands in the database but what it ships."""
    if ONCE or not connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute(UNTOUCHED)
        return cursor.fetchone()[0]


def _copied(once: dict) -> dict:
    return {key: copy(row) for key, row in once.items()}


def _script() -> str:
    """One statement for each table: the rows that this test has written, with keys and times."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        tables = [sql.Identifier(name) for (name,) in cursor.fetchall()]
        lines = []
        for table in tables:
            cursor.execute(NEW.format(table))
            if rows := cursor.fetchone()[0]:
                lines.append(PUT.format(table, sql.Literal(rows)))
        return sql.SQL(";\n").join(lines).as_string(cursor.cursor)
