"""认定重复: of two records of one occasion one stays, and everybody concerned is told which."""

from django.db import transaction
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.workflow import move, refuse_if
from deputies.actions import looks
from deputies.models import DutyRecord
from deputies.permissions.duties import why_not_mark_duplicate
from deputies.queries.duties import day_words, told_words
from deputies.states import DutyState


@transaction.atomic
def mark_duplicate(record: DutyRecord, *, stays: DutyRecord, by: Actor) -> DutyRecord:
    """认定重复: `stays` goes on alone; the record is withdrawn and points to it."""
    record, stays = _both_locked(record, stays)
    refuse_if(why_not_mark_duplicate(by, record, stays))
    kept = f"{day_words(stays.done_on)}“{stays.item.short_name}”（{told_words(stays)}）"
    record = move(
        record,
        DutyState.WITHDRAWN,
        by=by,
        note=f"与第 {stays.pk} 条重复，留下那一条",
        duplicate_of=stays,
    )
    looks.let_go(record)
    notices.write(
        {record.deputy.user, record.reported_by},
        key=f"deputies.duplicate:{record.pk}",
        text=f"{record.deputy.name} {day_words(record.done_on)}“{record.item.short_name}”"
        f"登记了两次，这一条不再算，留下的是{kept}。",
        link=reverse("deputies:record", args=[stays.pk]),
    )
    return record


def stand_again(stayed: DutyRecord, *, by: Actor) -> None:
    """不再算重复: the record that stayed counts no more, so what was its duplicate does again.

    It waits for its first check anew, or for its deputy's word when that was never given.
    """
    rows = DutyRecord.objects.filter(duplicate_of=stayed).order_by("pk")
    for record in rows.select_for_update(of=("self",), no_key=True):
        asked = record.on_behalf and record.confirmed_at is None
        move(
            record,
            DutyState.ENTERED if asked else DutyState.REPORTED,
            by=by,
            note=f"留下的第 {stayed.pk} 条不再算，这一条重新算数",
            duplicate_of=None,
            checked_by=None,
            checked_at=None,
            return_reason="",
        )
        looks.take_up(record)
        notices.write(
            {record.deputy.user, record.reported_by},
            key=f"deputies.stands_again:{record.pk}:{stayed.pk}",
            text=f"{record.deputy.name} {day_words(record.done_on)}“{record.item.short_name}”"
            "认定重复时留下的那一条不再算了，这一条重新算数，接着"
            f"{'等本人确认' if asked else '核对'}。",
            link=reverse("deputies:record", args=[record.pk]),
        )


def _both_locked(record: DutyRecord, stays: DutyRecord) -> tuple[DutyRecord, DutyRecord]:
    """Both rows anew, locked in the order of their numbers: no two waits cross."""
    rows = DutyRecord.objects.filter(pk__in=[record.pk, stays.pk]).order_by("pk")
    known = {row.pk: row for row in rows.select_for_update(of=("self",), no_key=True)}
    if len(known) < 2:
        raise Refused("请选另一条留下。")
    return known[record.pk], known[stays.pk]
