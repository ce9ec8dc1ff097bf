"""What PostgreSQL can say and the ORM has no word for."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Row = TypeVar("Row", bound=models.Model)


class BitsApart(models.Func):
    """In how many bits a bigint differs from one that is given."""

    template = "bit_count((%(expressions)s)::bit(64))"
    arg_joiner = " # "
    output_field = models.IntegerField()

    def __init__(self, column: str, given: int) -> None:
        super().__init__(column, models.Value(given, models.BigIntegerField()))


def insert_new(records: Iterable[Row], connection: BaseDatabaseWrapper) -> list[Row]:
    """Those of the records whose `source` was not known, inserted in one statement.

    `bulk_create(ignore_conflicts=True)` cannot say which rows are new, and the trail needs it.
    """
    by_source = {getattr(row, "source", ""): row for row in records}
    if not by_source:
        return []
    rows = [by_source[source] for source in sorted(by_source)]
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    columns = [[getattr(row, field.attname) for row in rows] for field in fields]
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    names = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({names}) '  # noqa: S608  # no input
            f"SELECT * FROM unnest({arrays}) ON CONFLICT (source) DO NOTHING "
            "RETURNING id, source",
            columns,
        )
        for pk, source in cursor.fetchall():
            by_source[source].pk = pk
    return [row for row in rows if row.pk]
