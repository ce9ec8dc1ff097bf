"""任职与账: lines that stand without a seat under them, and what was taken back for want of one."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from congress.shared.models import AuditEvent
from deputies.models import Mandate, Suspension
from scoring.models import Entry
from scoring.permissions.posting import counted_twice

NO_SEAT = "履职那天不在任或暂停执行代表职务"
"""What the trail says of a reversal for want of a seat."""
CATCH_UP = "请到“补记积分”里看"
"""Where to go with what a seat registered later may have left open."""


def for_want_of_a_seat(line: str) -> Exists:
    """Whether the line of this number (a column of the outer query) is such a reversal."""
    deeds = AuditEvent.objects.filter(
        subject=Entry._meta.label, subject_id=OuterRef(line), now="reversed", note=NO_SEAT
    )
    return Exists(deeds)


def _seated() -> Q:
    """The deputy held a seat there on the day of the deed, and was not suspended."""
    day = OuterRef("record__done_on")
    seats = Mandate.objects.running(day).filter(
        deputy=OuterRef("deputy"), term__assembly=OuterRef("assembly")
    )
    rests = Suspension.objects.running(day).filter(deputy=OuterRef("deputy"))
    return Q(Exists(seats)) & ~Q(Exists(rests))


def unseated() -> QuerySet[Entry]:
    """Lines that stand for a day on which the deputy sat nowhere there, or was suspended."""
    standing = Entry.objects.standing().filter(deputy=F("record__deputy"))
    return standing.filter(~_seated()).order_by("pk")


def owed_back() -> list[Entry]:
    """Reversals for want of a seat that stands again: what they took is to be given back.

    Where another record of the occasion counts by now, nothing is.
    """
    rows = Entry.objects.filter(_seated(), reverses__isnull=False, correction=None)
    named = ("deputy__user", "assembly", "record__item", "reverses__rule")
    found = list(rows.filter(for_want_of_a_seat("pk")).select_related(*named).order_by("pk"))
    twice = set(counted_twice(each.record for each in found).values_list("pk", flat=True))
    return [each for each in found if each.record_id not in twice]
