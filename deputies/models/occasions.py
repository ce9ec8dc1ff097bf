"""同一件事: what tells one occasion, and awards that may be of one matter."""

from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from deputies.codes import AWARDS_BY_LEVEL, SAME_OCCASION
from deputies.models.duty_constraints import ENTERED, REPORTED

Rows = TypeVar("Rows", bound=QuerySet[Any])
A_DAY = timedelta(days=1)
OWN_WORD = Q(source__startswith=REPORTED) | Q(source__startswith=ENTERED)
"""Told by the deputy or for them; all else an organiser or the system has told."""

OCCASION = Case(
    *(When(item__code__in=codes, then=Value(codes[0])) for codes in SAME_OCCASION),
    default=F("item__code"),
)
"""The first of the items that tell the same occasion, or the record's own item."""


def of_next_days(records: Rows, place: Any, day: Any) -> Rows:
    """Those of the same place, on the day before or the day after."""
    near = Q(done_on=day - A_DAY) | Q(done_on=day + A_DAY)
    return records.filter(near, place=place).exclude(place="")


def told_a_day_apart(records: QuerySet[Any]) -> Q:
    """可能是同一次: organiser and deputy tell the same duty of one place on two days running."""
    near = of_next_days(records, OuterRef("place"), OuterRef("done_on")).filter(
        deputy=OuterRef("deputy"), item=OuterRef("item")
    )
    by_others = Q(Exists(near.exclude(OWN_WORD)))
    return (OWN_WORD & by_others) | (~OWN_WORD & Q(Exists(near.filter(OWN_WORD))))


def told_a_day_from(records: Rows, record: Any) -> Rows:
    """What the other side told of this record's place on the day before or after."""
    near: Rows = of_next_days(records, record.place, record.done_on)
    own = record.source.startswith((REPORTED, ENTERED))
    other_side = ~OWN_WORD if own else OWN_WORD
    found: Rows = near.filter(other_side, deputy=record.deputy, item=record.item)
    return found


def twins_of_outer(records: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the outer record's occasion; two awards for two matters are two occasions."""
    of_matter = ~Q(item__code__in=AWARDS_BY_LEVEL) | Q(matter=OuterRef("matter"))
    others = records.exclude(pk=OuterRef("pk")).annotate(occasion=OCCASION)
    named = {name: OuterRef(name) for name in ("deputy", "done_on", "occasion")}
    found: QuerySet[Any] = others.filter(of_matter, **named)
    return found


def other_award(records: QuerySet[Any]) -> Q:
    """Of an award: whether its deputy has another one of that year among the records."""
    awards = records.filter(
        item__code__in=AWARDS_BY_LEVEL,
        deputy=OuterRef("deputy"),
        done_on__year=OuterRef("done_on__year"),
    )
    return Q(item__code__in=AWARDS_BY_LEVEL) & Q(Exists(awards.exclude(pk=OuterRef("pk"))))
