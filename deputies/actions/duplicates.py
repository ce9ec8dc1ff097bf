"""认定重复: of two records of one occasion one stays, and everybody concerned is told which."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.errors import Refused
from congress.shared.models import AuditEvent
from congress.shared.workflow import move, refuse_if
from congress.shared.workflow import record as leave_trail
from deputies.actions import looks
from deputies.models import DutyRecord
from deputies.models.duties import DutyRecordQuerySet
from deputies.permissions.duplicates import (
    COUNTS_AGAIN,
    COUNTS_NO_MORE,
    why_not_mark_duplicate,
)
from deputies.queries.duties import day_words, told_words
from deputies.states import DutyState


@transaction.atomic
def mark_duplicate(record: DutyRecord, *, stays: DutyRecord, by: Actor) -> DutyRecord:
    """认定重复: `stays` goes on alone; the record is withdrawn and points to it."""
    record, stays = _both_locked(record, stays)
    refuse_if(why_not_mark_duplicate(by, record, stays))
    return _give_way(record, stays, by=by)


def hold(*stayed: DutyRecord) -> None:
    """The records, their duplicates and what stood again, locked in the order of their numbers."""
    again = [pk for record in stayed for pk in _stood_again(record)]
    numbers = [record.pk for record in stayed]
    family = Q(pk__in=[*numbers, *again]) | Q(duplicate_of__in=numbers)
    list(_locked(DutyRecord.objects.filter(family)))


def count_no_more(stayed: DutyRecord, *, by: Actor) -> None:
    """Every point of a verified record was taken back: nothing is a duplicate of it any more."""
    leave_trail(stayed, COUNTS_NO_MORE, by=by)
    stand_again(stayed, by=by)


def count_again(stayed: DutyRecord, *, by: Actor) -> None:
    """Its points were given back: what stood again in its place is its duplicate once more."""
    leave_trail(stayed, COUNTS_AGAIN, by=by)
    _give_way_again(stayed, by=by)


def count_no_more_of(records: Iterable[DutyRecord]) -> set[int]:
    """Those of the records of which it was ever said that they count no more."""
    said = AuditEvent.objects.filter(
        subject=DutyRecord._meta.label,
        subject_id__in={record.pk for record in records},
        now=COUNTS_NO_MORE,
    )
    return {pk for pk in said.values_list("subject_id", flat=True) if pk}


def stand_again(stayed: DutyRecord, *, by: Actor) -> None:
    """不再算重复: the record that stayed counts no more, so what was its duplicate does again.

    It waits for its first check anew, or for its deputy's word when that was never given.
    """
    for record in _locked(DutyRecord.objects.filter(duplicate_of=stayed)):
        asked = record.on_behalf and record.confirmed_at is None
        move(
            record,
            DutyState.ENTERED if asked else DutyState.REPORTED,
            by=by,
            note=_again(stayed),
            duplicate_of=None,
            checked_by=None,
            checked_at=None,
            return_reason="",
        )
        looks.take_up(record)
        notices.write(
            {record.deputy.user, record.reported_by},
            key=f"deputies.stands_again:{record.pk}:{stayed.pk}:{_deeds(record)}",
            text=f"{record.deputy.name} {day_words(record.done_on)}“{record.item.short_name}”"
            "认定重复时留下的那一条不再算了，这一条重新算数，接着"
            f"{'等本人确认' if asked else '核对'}。",
            link=reverse("deputies:record", args=[record.pk]),
        )


def _give_way_again(stayed: DutyRecord, *, by: Actor) -> None:
    """又算重复: the record that stayed counts again, so what stood again in its place does not.

    Only what nobody has verified, and what still tells the same occasion.
    """
    again = DutyRecord.objects.filter(pk__in=_stood_again(stayed))
    same = again.beside(DutyRecord.objects.filter(pk=stayed.pk))
    for record in _locked(same.exclude(state=DutyState.VERIFIED)):
        _give_way(record, stayed, by=by)


def _give_way(record: DutyRecord, stays: DutyRecord, *, by: Actor) -> DutyRecord:
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
        key=f"deputies.duplicate:{record.pk}:{stays.pk}:{_deeds(record)}",
        text=f"{record.deputy.name} {day_words(record.done_on)}“{record.item.short_name}”"
        f"登记了两次，这一条不再算，留下的是{kept}。",
        link=reverse("deputies:record", args=[stays.pk]),
    )
    return record


def _again(stayed: DutyRecord) -> str:
    """What the trail of a duplicate says when it stands again."""
    return f"留下的第 {stayed.pk} 条不再算，这一条重新算数"


def _stood_again(stayed: DutyRecord) -> list[int]:
    """What was marked as a duplicate of this record, and has stood again since."""
    near = DutyRecord.objects.live().filter(deputy=stayed.deputy_id, done_on=stayed.done_on)
    deeds = AuditEvent.objects.filter(
        subject=DutyRecord._meta.label, subject_id__in=near.values("pk"), note=_again(stayed)
    )
    return list(deeds.values_list("subject_id", flat=True))


def _deeds(record: DutyRecord) -> int:
    """How much the trail tells of the record: each time it is marked is a notice of its own."""
    return AuditEvent.objects.filter(subject=record._meta.label, subject_id=record.pk).count()


def _locked(rows: DutyRecordQuerySet) -> DutyRecordQuerySet:
    """Locked in the order of their numbers: no two waits cross."""
    return rows.order_by("pk").select_for_update(of=("self",), no_key=True)


def _both_locked(record: DutyRecord, stays: DutyRecord) -> tuple[DutyRecord, DutyRecord]:
    known = {
        row.pk: row for row in _locked(DutyRecord.objects.filter(pk__in=[record.pk, stays.pk]))
    }
    if len(known) < 2:
        raise Refused("请选另一条留下。")
    return known[record.pk], known[stays.pk]
