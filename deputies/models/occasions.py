"""同一件事: what tells one occasion, and awards that may be of one matter."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from deputies.codes import AWARDS_BY_LEVEL, SAME_OCCASION

OCCASION = Case(
    *(When(item__code__in=codes, then=Value(codes[0])) for codes in SAME_OCCASION),
    default=F("item__code"),
)
"""The first of the items that tell the same occasion, or the record's own item."""


def other_award(records: QuerySet[Any]) -> Q:
    """Of an award: whether its deputy has another one of that year among the records."""
    awards = records.filter(
        item__code__in=AWARDS_BY_LEVEL,
        deputy=OuterRef("deputy"),
        done_on__year=OuterRef("done_on__year"),
    )
    return Q(item__code__in=AWARDS_BY_LEVEL) & Q(Exists(awards.exclude(pk=OuterRef("pk"))))
