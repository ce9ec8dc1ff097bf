"""任职、到场与账: lines that stand without a seat or a roll under them, and what was taken back so.

A roll that was corrected says that somebody did not come after all: the line of a verified record
is to be taken back, and given back once the roll says present again.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from congress.shared.models import AuditEvent
from deputies.models import Mandate, Suspension
from scoring.models import Entry
from scoring.permissions.posting import counted_twice
from stations.models import Attendance, Presence

NO_SEAT = "履职那天不在任或暂停执行代表职务"
"""What the trail says of a reversal for want of a seat."""
NOT_THERE = "到场登记已改正，那次没有到场"
"""What it says of one whose roll was corrected."""
SEAT_AGAIN = "任职登记已改正，冲销的分记回"
THERE_AGAIN = "到场登记又改正了，冲销的分记回"
CATCH_UP = "请到“补记积分”里看"
"""Where to go with what a seat registered later may have left open."""


def for_want_of_ground(line: str) -> Exists:
    """Whether the line of this number (a column of the outer query) is such a reversal."""
    why = (NO_SEAT, NOT_THERE)
    deeds = AuditEvent.objects.filter(
        subject=Entry._meta.label, subject_id=OuterRef(line), now="reversed", note__in=why
    )
    return Exists(deeds)


def did_not_come() -> list[str]:
    """The sources of duties told by a roll that was corrected since: they did not come."""
    deeds = AuditEvent.objects.filter(
        subject=Attendance._meta.label, now="attendance_corrected"
    ).values("subject_id")
    rows = Attendance.objects.filter(pk__in=deeds).exclude(presence=Presence.PRESENT)
    return [row.duty_source for row in rows]


def why_taken_back(line: Entry) -> str:
    """Of a line without ground: what its reversal says."""
    return NOT_THERE if line.record.source in did_not_come() else NO_SEAT


def why_given_back(line: Entry) -> str:
    """Of a line that gives back what this reversal took."""
    by_roll = AuditEvent.objects.filter(
        subject=Entry._meta.label, subject_id=line.corrects_id or 0, now="reversed", note=NOT_THERE
    )
    return THERE_AGAIN if by_roll.exists() else SEAT_AGAIN


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
    return _standing().filter(~_seated()).order_by("pk")


def unattended() -> QuerySet[Entry]:
    """Lines that stand for an activity of which the corrected roll says: did not come."""
    return _standing().filter(record__source__in=did_not_come()).order_by("pk")


def groundless() -> QuerySet[Entry]:
    """Lines to be taken back for the one reason or the other."""
    without = ~_seated() | Q(record__source__in=did_not_come())
    return _standing().filter(without).order_by("pk")


def _standing() -> QuerySet[Entry]:
    return Entry.objects.standing().filter(deputy=F("record__deputy"))


def owed_back() -> list[Entry]:
    """Such reversals whose seat and roll stand again: what they took is to be given back.

    Where another record of the occasion counts by now, nothing is.
    """
    rows = Entry.objects.filter(_seated(), reverses__isnull=False, correction=None)
    rows = rows.exclude(record__source__in=did_not_come())
    named = ("deputy__user", "assembly", "record__item", "reverses__rule")
    found = list(rows.filter(for_want_of_ground("pk")).select_related(*named).order_by("pk"))
    twice = set(counted_twice(each.record for each in found).values_list("pk", flat=True))
    return [each for each in found if each.record_id not in twice]
