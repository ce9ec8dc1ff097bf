"""What the app's own role is not allowed to do: tried, or done with the owner's rights."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block the database lets everything through, as it would for whoever owns it."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            yield
        finally:
            cursor.execute("SET ROLE congress_app")


def refused(statement: str) -> str:
    """What the database says; nothing is said when it lets the statement through."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        return str(error)
    return ""
