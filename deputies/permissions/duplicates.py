"""认定重复: who may say that two records tell one occasion, and which of them may stay."""

from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.workflow import why_not_move
from deputies.codes import AWARDS_BY_LEVEL
from deputies.models import DutyRecord
from deputies.permissions.duties import why_not_checker, why_not_own
from deputies.states import DutyState

COUNTS_NO_MORE, COUNTS_AGAIN = "counts_no_more", "counts_again"
"""In the trail of a verified record: all of its points were taken back, or some given back."""


def why_not_mark_duplicate(
    by: Actor, record: DutyRecord, stays: DutyRecord | None = None
) -> str | None:
    """认定重复: whoever checks or verifies, never of what is one's own; points are not undone."""
    refusal = why_not_checker(by, record) or why_not_own(by, record, "认定重复")
    if refusal or stays is None:
        return refusal
    return (
        why_not_own(by, stays, "认定重复")
        or _why_not_twin(record, stays)
        or _why_not_counting(stays)
        or _why_not_so_far(by, record, stays)
    )


def _why_not_twin(record: DutyRecord, stays: DutyRecord) -> str | None:
    known = (record.deputy_id, record.done_on, record.item.occasion)
    if record.pk == stays.pk or known != (stays.deputy_id, stays.done_on, stays.item.occasion):
        return "这两条不是同一位代表同一天的同一件事，不能认定重复。"
    if record.item.code in AWARDS_BY_LEVEL and record.matter != stays.matter:
        return "这两条是不同的奖项或事由，不能认定重复。"
    if stays.state == DutyState.WITHDRAWN:
        return "要留下的那一条已经撤回，请重新选。"
    if stays.state == DutyState.ENTERED:
        return "要留下的那一条还没有经本人确认，等代表点了“属实”再认定。"
    return None


def _why_not_counting(stays: DutyRecord) -> str | None:
    """What `scoring` said of the record last: all of its points may have been taken back."""
    said = AuditEvent.objects.filter(
        subject=stays._meta.label, subject_id=stays.pk, now__in=(COUNTS_NO_MORE, COUNTS_AGAIN)
    )
    last = said.order_by("pk").last()
    if last is None or last.now == COUNTS_AGAIN:
        return None
    return "要留下的那一条记的分已经全部冲销，不再算数，请留下另一条。"


def _why_not_so_far(by: Actor, record: DutyRecord, stays: DutyRecord) -> str | None:
    if record.state == DutyState.VERIFIED == stays.state:
        return "两条都已核实记分，不能再撤。请代工委主任在积分账里冲销重复的那一笔。"
    if record.state == DutyState.VERIFIED:
        return "这一条已核实记分，请留下它，认定另一条重复。"
    if record.state == DutyState.CHECKED and not by.is_staff:
        return "已经核对过的记录，只有代工委可以认定重复。"
    return why_not_move(record, DutyState.WITHDRAWN)
