"""Django's PostgreSQL, with as many values and rows as asked (decision 0046)."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg import ClientCursor

ServerBindingCursor: Any = base.ServerBindingCursor  # type: ignore[attr-defined]
MOST_PARAMETERS = 65_535
"""What PostgreSQL takes with one statement when it binds itself; Django 5.2 does not know of it."""


class DatabaseOperations(operations.DatabaseOperations):
    def bulk_batch_size(self, fields: Sequence[Any], objs: Sequence[Any]) -> int:
        """How many rows go into one statement: `bulk_update` sends each value with its row."""
        most = MOST_PARAMETERS // (2 * max(len(fields), 1))
        return min(len(objs), most)


class Cursor(ServerBindingCursor):  # type: ignore[misc]  # the stubs do not know it
    """Binds on the server, but a statement with more values than PostgreSQL takes on the client:
    a list of rows may be of any length."""

    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> Any:
        if params and len(params) > MOST_PARAMETERS:
            query, params = ClientCursor(self.connection).mogrify(query, params), None
        return super().execute(query, params, **kwargs)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def get_connection_params(self) -> dict[str, Any]:
        """Those of Django, with our cursor where values are bound on the server."""
        found: dict[str, Any] = super().get_connection_params()
        if found["cursor_factory"] is ServerBindingCursor:
            found["cursor_factory"] = Cursor
        return found
