"""任何一天: what was known at the end of a day, and therefore shown."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from congress.shared.models import Assembly, AuditEvent
from deputies.models import Deputy, DutyRecord
from deputies.states import DutyState
from scoring.models import Appeal, Entry, RuleBook
from scoring.queries.books import Books
from scoring.states import AppealState

UNDER_WAY = (DutyState.REPORTED, DutyState.CHECKED)


def end_of(day: date) -> datetime:
    """The first instant in Asia/Shanghai that belongs to the next day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def books_known(assembly: Assembly, until: datetime) -> Books:
    """The rule books adopted before that instant; one that already had lines was surely adopted."""
    used = Entry.objects.filter(rule__book=OuterRef("pk"), posted_at__lt=until)
    later = RuleBook.objects.filter(~Exists(used), adopted_at__gte=until)
    return Books([assembly.pk], besides=later.values_list("pk", flat=True))


def withdrawn_since(until: datetime) -> QuerySet[AuditEvent]:
    """The deeds by which appeals were taken back after that instant."""
    deeds = AuditEvent.objects.filter(subject=Appeal._meta.label, now=AppealState.WITHDRAWN)
    return deeds.filter(at__gte=until)


def mended_since(records: Iterable[int], until: datetime) -> set[int]:
    """Of these records those sent in anew after that instant: what they said before is not kept."""
    deeds = AuditEvent.objects.filter(
        subject=DutyRecord._meta.label,
        subject_id__in=list(records),
        was=DutyState.RETURNED,
        now=DutyState.REPORTED,
        at__gte=until,
    )
    return set(deeds.values_list("subject_id", flat=True))


def under_way(deputy: Deputy, year: int, until: datetime) -> dict[int, str]:
    """Records that then waited for the first or the second person: number and state of that day."""
    records = DutyRecord.objects.of_deputy(deputy).done_in(year)
    told = records.filter(Q(reported_at__lt=until)).values_list("pk", flat=True)
    steps = AuditEvent.objects.filter(
        subject=DutyRecord._meta.label, subject_id__in=list(told), at__lt=until
    )
    last = dict(steps.order_by("at", "id").values_list("subject_id", "now"))
    return {pk: state for pk, state in last.items() if state in UNDER_WAY}
