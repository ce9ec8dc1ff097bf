"""Django's PostgreSQL, but many rows are written in as few statements as may be (decision 0046)."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, operations

MOST_PARAMETERS = 65_535
"""What PostgreSQL takes with one statement when it binds itself; Django 5.2 does not know of it."""


class DatabaseOperations(operations.DatabaseOperations):
    def bulk_batch_size(self, fields: Sequence[Any], objs: Sequence[Any]) -> int:
        """How many rows go into one statement: `bulk_update` sends each value with its row."""
        most = MOST_PARAMETERS // (2 * max(len(fields), 1))
        return min(len(objs), most)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
