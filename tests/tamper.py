"""The owner's rights for a moment: for what the app's own role is not allowed to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block the database lets everything through, as it would for whoever owns it."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            yield
        finally:
            cursor.execute("SET ROLE congress_app")
