"""改好再报: until when a record that was sent back may be mended."""

from datetime import date

from django.utils import timezone

from congress.shared.calendar import add_working_days
from congress.shared.models import AuditEvent, Workday
from deputies.models import DutyRecord
from deputies.permissions.duties import why_not_on
from deputies.rules import MEND_DAYS
from deputies.states import DutyState


def why_not_mended_on(record: DutyRecord, done_on: date, today: date) -> str | None:
    """The day is still open, or is of the year that the record was told of in time.

    Being sent back takes no right away: what was told before the cut-off keeps its year for the
    working days that mending has, and what was told late with a reason keeps it for good.
    """
    if done_on.year != record.done_on.year or done_on > today:
        return why_not_on(done_on, today)
    if record.late_reason:
        return None
    in_time = why_not_on(record.done_on, timezone.localdate(record.reported_at)) is None
    return None if in_time and today <= _mended_until(record) else why_not_on(done_on, today)


def _mended_until(record: DutyRecord) -> date:
    """The last day for mending, counted from when the record was last sent back."""
    steps = AuditEvent.objects.filter(
        subject=record._meta.label, subject_id=record.pk, now=DutyState.RETURNED
    )
    last = steps.order_by("id").last()
    if last is None:
        return date.min
    sent_back_on = timezone.localdate(last.at)
    return add_working_days(sent_back_on, MEND_DAYS.on(sent_back_on), Workday.objects.works())
