"""履职登记、核对、退回、撤回、核实: how a duty becomes a fact that two people have seen."""

from collections.abc import Collection, Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import AuditEvent
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, move_all, record_all, refuse_if
from congress.shared.workflow import record as leave_trail
from deputies.actions import duplicates, looks
from deputies.actions import photos as album
from deputies.actions.facts import refuse_facts, refuse_photo_count, tidy
from deputies.actions.photos import Photo
from deputies.models import Deputy, DutyItem, DutyRecord, Membership
from deputies.models.duty_constraints import report_sources
from deputies.permissions.duties import (
    mended_for,
    why_not_check,
    why_not_matter,
    why_not_on,
    why_not_report,
    why_not_resubmit,
    why_not_send_back,
    why_not_together,
    why_not_uncheck,
    why_not_verify,
    why_not_withdraw,
)
from deputies.permissions.mending import why_not_mended_on
from deputies.queries.duties import day_words, returned_words
from deputies.states import DutyState


@dataclass(frozen=True)
class Fact:
    """What an upper app knows of a duty done; `source` names its own row, and counts once."""

    deputy_id: int
    code: str
    done_on: date
    source: str
    quantity: int = 1
    place: str = ""
    note: str = ""
    matter: str = ""


@transaction.atomic
def report(
    deputy: Deputy,
    *,
    item: DutyItem,
    done_on: date,
    quantity: int,
    place: str,
    note: str,
    photos: Sequence[Photo],
    token: str,
    by: Actor,
    matter: str = "",
) -> DutyRecord:
    """上报: a deputy's own duty stands with its photos, waiting for the first check.

    `token` comes with the form: sending the same form again finds the record already made.
    """
    matter = tidy(matter)
    deputy = lock(deputy)  # two reports at once would both see room under the day's limit
    refuse_if(why_not_report(by, deputy, item))
    sources = report_sources(deputy.pk, token)
    known = DutyRecord.objects.of_sources(sources).of_deputy(deputy).first()
    if known:
        said = (known.item_id, known.done_on, known.quantity, known.place, known.note)
        changed = (*said, known.matter) != (item.pk, done_on, quantity, place, note, matter)
        refuse_if("这份表单已经上报过，改动没有记上。请在“我的履职”里找到它。" if changed else None)
        return known
    refuse_if(why_not_on(done_on, clock.today()))
    refuse_facts(deputy, item, done_on=done_on, quantity=quantity)
    refuse_if(why_not_matter(item, matter, quantity))
    refuse_photo_count(len(photos))
    new = DutyRecord.objects.create(
        deputy=deputy,
        item=item,
        done_on=done_on,
        quantity=quantity,
        place=place,
        note=note,
        matter=matter,
        source=sources[0],
        reported_by=by.user,
        reported_at=clock.now(),
    )
    album.keep(new, photos)
    leave_trail(new, DutyState.REPORTED, by=by)
    return new


@transaction.atomic
def report_facts(facts: Iterable[Fact], *, by: Actor) -> int:
    """登记多条: each source is one record; the number of those that are new."""
    told = list(facts)
    items = {item.code: item for item in DutyItem.objects.filter(code__in={f.code for f in told})}
    for fact in told:
        refuse_if(why_not_matter(items[fact.code], fact.matter, fact.quantity))
    now = clock.now()
    new = DutyRecord.objects.insert_new(
        DutyRecord(
            deputy_id=fact.deputy_id,
            item=items[fact.code],
            done_on=fact.done_on,
            quantity=fact.quantity,
            place=fact.place,
            note=fact.note,
            matter=tidy(fact.matter),
            source=fact.source,
            reported_by=by.user,
            reported_at=now,
        )
        for fact in told
    )
    record_all(new, DutyState.REPORTED, by=by)
    return len(new)


def reword_facts(sources: Iterable[str], note: str) -> None:
    """What an upper app has told says this from now on: of its matter no more may be read."""
    DutyRecord.objects.of_sources(sources).update(note=note)


def _locked(records: Iterable[DutyRecord], *, townships: bool) -> list[DutyRecord]:
    """The rows anew under locks, always in the order of their numbers: no two waits cross.

    Of several the warnings are read too: what has one does not pass among others.
    """
    numbers = {record.pk for record in records}
    people = ("deputy", "item")
    rows = DutyRecord.objects.filter(pk__in=numbers).order_by("pk").select_related(*people)
    if len(numbers) > 1:
        rows = rows.with_doubts()
    if townships:
        spells = Membership.objects.select_related("group")
        rows = rows.prefetch_related(Prefetch("deputy__membership_set", spells))
    return list(rows.select_for_update(of=("self",), no_key=True))


@transaction.atomic
def check(record: DutyRecord, *, by: Actor) -> DutyRecord:
    """核对: a first person has seen the duty's evidence."""
    return check_all([record], by=by)[0]


@transaction.atomic
def check_all(records: Iterable[DutyRecord], *, by: Actor) -> list[DutyRecord]:
    """核对多条: all are checked, or none and the first reason is said."""
    rows = _locked(records, townships=not by.is_staff)
    for row in rows:
        refuse_if(_of_whom(row, why_not_check(by, row) or why_not_together(row), rows))
    return move_all(rows, DutyState.CHECKED, by=by, checked_by=by.user, checked_at=clock.now())


@transaction.atomic
def uncheck(record: DutyRecord, *, by: Actor) -> DutyRecord:
    """撤回核对: the record waits for its first check again; whoever checked it may."""
    return uncheck_all([record], by=by)[0]


@transaction.atomic
def uncheck_all(records: Iterable[DutyRecord], *, by: Actor) -> list[DutyRecord]:
    """撤回核对多条: all wait for their first check again, or none and the first reason is said."""
    rows = _locked(records, townships=not by.is_staff)
    for row in rows:
        refuse_if(_of_whom(row, why_not_uncheck(by, row), rows))
    return move_all(rows, DutyState.REPORTED, by=by, checked_by=None, checked_at=None)


@transaction.atomic
def verify(record: DutyRecord, *, by: Actor) -> DutyRecord:
    """核实: a second person of the office has confirmed the duty. Points follow in `scoring`."""
    return verify_all([record], by=by)[0]


@transaction.atomic
def verify_all(records: Iterable[DutyRecord], *, by: Actor) -> list[DutyRecord]:
    """核实多条: all are verified, or none and the first reason is said."""
    rows = _locked(records, townships=False)
    for row in rows:
        refuse_if(_of_whom(row, why_not_verify(by, row) or why_not_together(row), rows))
    return move_all(rows, DutyState.VERIFIED, by=by, verified_by=by.user, verified_at=clock.now())


def _of_whom(row: DutyRecord, reason: str | None, rows: Sized) -> str | None:
    """In a batch the reason names the record it is about."""
    if not reason or len(rows) == 1:
        return reason
    return f"{row.deputy.name} {row.done_on.month} 月 {row.done_on.day} 日的记录：{reason}"


@transaction.atomic
def send_back(record: DutyRecord, *, reason: str, by: Actor) -> DutyRecord:
    """退回: the deputy reads exactly this reason, and the record waits to be mended."""
    record = lock(record)
    refuse_if(why_not_send_back(by, record))
    refuse_if(None if says_something(reason) else "退回必须写明原因，代表会看到这句话。")
    record = move(
        record,
        DutyState.RETURNED,
        by=by,
        note=reason,
        return_reason=reason,
        checked_by=None,
        checked_at=None,
    )
    times = AuditEvent.objects.filter(
        subject=record._meta.label, subject_id=record.pk, now=DutyState.RETURNED
    ).count()
    notices.write(
        [record.deputy.user, record.reported_by if record.on_behalf else None],
        key=f"deputies.returned:{record.pk}:{times}",
        text=returned_words(record, reason),
        link=reverse("deputies:record", args=[record.pk]),
    )
    return record


@transaction.atomic
def withdraw(record: DutyRecord, *, by: Actor) -> DutyRecord:
    """撤回: who told it has taken the record back; it stays to be read and counts nowhere."""
    duplicates.hold(record)
    record = lock(record)
    refuse_if(why_not_withdraw(by, record))
    record = move(record, DutyState.WITHDRAWN, by=by)
    looks.let_go(record)
    duplicates.stand_again(record, by=by)
    if not by.same_person(record.deputy.user_id):
        notices.settle([record.deputy.user], key=asking_key(record), at=clock.now())
        notices.write(
            [record.deputy.user],
            key=f"deputies.taken_back:{record.pk}",
            text=f"{by.name}撤回了代您登记的 {day_words(record.done_on)}"
            f"“{record.item.short_name}”，不用您确认了。",
            link=reverse("deputies:record", args=[record.pk]),
        )
    return record


def asking_key(record: DutyRecord) -> str:
    """The key of the notice that asks the deputy to confirm what was entered for them."""
    return f"deputies.entered:{record.pk}"


@transaction.atomic
def resubmit(
    record: DutyRecord,
    *,
    done_on: date,
    quantity: int,
    place: str,
    note: str,
    by: Actor,
    photos: Sequence[Photo] = (),
    drop: Collection[int] = (),
    matter: str = "",
) -> DutyRecord:
    """改好再报: the mended record waits for its check anew; `drop` are photos to leave out.

    What others mended for a deputy waits for a new paper first, which yet another person receives.
    """
    lock(record.deputy)
    record = lock(record)
    refuse_if(why_not_resubmit(by, record))
    refuse_if(why_not_mended_on(record, done_on, clock.today()))
    refuse_facts(record.deputy, record.item, done_on=done_on, quantity=quantity, besides=record.pk)
    matter = tidy(matter)
    refuse_if(why_not_matter(record.item, matter, quantity))
    album.drop(record, drop)
    album.keep(record, photos)
    refuse_photo_count(record.evidence.count())
    mended: dict[str, Any] = {"done_on": done_on, "quantity": quantity, "place": place}
    mended |= {"note": note, "matter": matter, "return_reason": ""}
    if not mended_for(record):
        return move(record, DutyState.REPORTED, by=by, **mended)
    mended |= {"reported_by": by.user, "confirmed_at": None}
    mended |= {"paper_by": None, "paper_on": None, "paper_note": ""}
    return move(record, DutyState.ENTERED, by=by, **mended)
