"""双联: posts of the committee, contacts arranged and evened out, each contact written down."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions.leaving import A_DAY, day_after
from deputies.models import CommitteePost, ContactRecord, Deputy, DeputyGroup, Liaison
from deputies.permissions.liaison import (
    FIELD,
    Change,
    Target,
    why_not_appoint,
    why_not_assign,
    why_not_end_liaison,
    why_not_rebalance,
    why_not_record_contact,
    why_not_step_down,
    why_not_withdraw_contact,
)
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind

IN_ORDER = (Area, DeputyGroup, Deputy)
"""In which order the verbs lock what they are about."""


def _keep_locked(*rows: Target | None) -> None:
    """Everybody and everything a verb is about, in one order: no two verbs wait for each other.

    Townships first, then groups, then people, each by number (deputies/actions/locks.py).
    """
    named = {row for row in rows if row}
    for row in sorted(named, key=lambda row: (IN_ORDER.index(type(row)), row.pk)):
        lock(row)


@transaction.atomic
def appoint(
    deputy: Deputy, *, assembly: Assembly, post: CommitteePostKind, by: Actor, today: date
) -> CommitteePost:
    """登记职务: the deputy holds that post of the committee from today on, as long as the seat."""
    deputy = lock(deputy)
    refuse_if(why_not_appoint(by, deputy, assembly, post, today=today))
    row = CommitteePost.objects.create(
        deputy=deputy, assembly=assembly, post=post, from_on=today, to_on=day_after(deputy, today)
    )
    record(row, "appointed", by=by, note=f"{deputy.name}：{post.label}")
    return row


@transaction.atomic
def step_down(row: CommitteePost, *, by: Actor, today: date) -> CommitteePost | None:
    """卸任: the post is held no more, and contacts that needed it end; None if it began today."""
    _keep_locked(row.deputy)
    row = lock(row)
    refuse_if(why_not_step_down(by, row, today=today))
    record(row, "stepped_down", by=by, note=row.deputy.name)
    begun = row.from_on < today
    if begun:
        row.to_on = today
        row.save(update_fields=["to_on"])
    else:
        row.delete()
    left = CommitteePost.objects.running(today).filter(deputy=row.deputy_id)
    for kind in LiaisonKind:
        if not left.holding(kind).exists():
            held = Liaison.objects.running(today).filter(holder=row.deputy_id, kind=kind)
            _end(list(held), today)
    return row if begun else None


def _end(rows: Sequence[Liaison], today: date) -> None:
    """From today on; what began today leaves no trace, or one day if it was kept that day."""
    named = Liaison.objects.filter(pk__in=[row.pk for row in rows])
    list(named.order_by("pk").select_for_update(no_key=True))  # nobody writes a record meanwhile
    named.filter(from_on__gte=today, contacts=None).delete()
    named.filter(from_on__gte=today).update(to_on=F("from_on") + A_DAY)
    named.filter(from_on__lt=today).update(to_on=today)


@transaction.atomic
def assign(holder: Deputy, *, kind: LiaisonKind, target: Target, by: Actor, today: date) -> Liaison:
    """安排联系: from today on the holder keeps contact with that deputy, township or group."""
    _keep_locked(holder, target)
    refuse_if(why_not_assign(by, kind, holder, target, today=today))
    return _assigned(holder, kind, target, by=by, today=today)


def _assigned(
    holder: Deputy, kind: LiaisonKind, target: Target, *, by: Actor, today: date
) -> Liaison:
    ends = [day_after(each, today) for each in (holder, target) if isinstance(each, Deputy)]
    row = Liaison.objects.create(
        kind=kind,
        holder=holder,
        from_on=today,
        to_on=min((day for day in ends if day), default=None),
        **{FIELD[kind]: target},
    )
    record(row, "assigned", by=by, note=f"{holder.name}：{target}")
    return row


@transaction.atomic
def end_liaison(row: Liaison, *, by: Actor, today: date) -> None:
    """结束联系: from today on; the records of it stay."""
    _keep_locked(row.holder, row.deputy or row.area or row.group)
    row = lock(row)
    refuse_if(why_not_end_liaison(by, row, today=today))
    record(row, "ended_contact", by=by, note=str(row))
    _end([row], today)


@transaction.atomic
def rebalance(
    kind: LiaisonKind, *, changes: Sequence[Change], by: Actor, today: date
) -> list[Liaison]:
    """均衡联系: each target is with its new holder from today on."""
    _keep_locked(
        *(change.target for change in changes),
        *(change.holder for change in changes),
        *(change.was.holder for change in changes if change.was),
    )
    refuse_if(why_not_rebalance(by, kind, changes, today=today))
    moved = [change.was for change in changes if change.was]
    for row in moved:
        record(row, "ended_contact", by=by, note=str(row))
    _end(moved, today)
    made = []
    for change in changes:
        refuse_if(why_not_assign(by, kind, change.holder, change.target, today=today))
        made.append(_assigned(change.holder, kind, change.target, by=by, today=today))
    return made


@transaction.atomic
def record_contact(
    row: Liaison,
    *,
    done_on: date,
    way: ContactWay,
    words: str,
    asked: str,
    by: Actor,
    today: date,
) -> ContactRecord:
    """登记联系: when, how and what was said stands, once."""
    row = lock(row)
    refuse_if(why_not_record_contact(by, row, done_on, way, today=today))
    made = ContactRecord(
        liaison=row,
        done_on=done_on,
        way=way,
        words=words,
        asked=asked,
        made_by=by.user,
        made_at=clock.now(),
    )
    made.save()
    record(row, "contacted", by=by, note=f"{done_on:%Y-%m-%d} {way.label}")
    return made


@transaction.atomic
def withdraw_contact(row: ContactRecord, *, by: Actor, today: date) -> None:
    """撤回登记: as if it had never been written; the trail keeps that it was."""
    row = lock(row)
    refuse_if(why_not_withdraw_contact(by, row, today=today))
    note = f"{row.done_on:%Y-%m-%d} {row.get_way_display()}"
    record(row.liaison, "contact_withdrawn", by=by, note=note)
    row.delete()
