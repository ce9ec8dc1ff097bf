"""专业代表小组: formed by field, joined by many, led by one of them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from congress.shared.workflow import lock, record, refuse_if
from deputies.actions.leaving import day_after
from deputies.actions.locks import people_locked
from deputies.models import Deputy, SpecialistGroup, SpecialistMembership
from deputies.permissions.specialists import (
    why_not_dissolve_specialists,
    why_not_edit_specialists,
    why_not_form_specialists,
    why_not_join_specialists,
    why_not_leave_specialists,
    why_not_name_leader,
)


@transaction.atomic
def form_specialists(
    *, name: str, field: str, committee: Organisation, by: Actor, today: date
) -> SpecialistGroup:
    """组建: a group of one field stands beside its special committee (代表法第二十七条)."""
    list(Organisation.objects.filter(kind=committee.kind).order_by("pk").select_for_update())
    refuse_if(why_not_form_specialists(by, name))
    group = SpecialistGroup.objects.create(
        name=name, field=field, committee=committee, formed_on=today
    )
    record(group, "added", by=by, note=name)
    return group


@transaction.atomic
def edit_specialists(
    group: SpecialistGroup,
    *,
    name: str,
    field: str,
    committee: Organisation,
    by: Actor,
    today: date,
) -> SpecialistGroup:
    """修改: name, field and committee are what was typed."""
    group = lock(group)
    refuse_if(why_not_edit_specialists(by, group, name, today=today))
    group.name, group.field, group.committee = name, field, committee
    group.save(update_fields=["name", "field", "committee"])
    record(group, "edited", by=by, note=f"{name}，{field}，{committee}")
    return group


@transaction.atomic
def join_specialists(
    group: SpecialistGroup, *, deputies: Sequence[Deputy], by: Actor, today: date
) -> list[SpecialistMembership]:
    """加入: they belong to the group from today on, as long as they sit."""
    group = lock(group)
    people_locked({deputy.pk for deputy in deputies})
    refuse_if(why_not_join_specialists(by, group, deputies, today=today))
    rows = [
        SpecialistMembership(
            deputy=deputy, group=group, from_on=today, to_on=day_after(deputy, today)
        )
        for deputy in deputies
    ]
    SpecialistMembership.objects.bulk_create(rows)
    record(group, "joined", by=by, note="、".join(deputy.name for deputy in deputies)[:200])
    return rows


@transaction.atomic
def leave_specialists(
    row: SpecialistMembership, *, by: Actor, today: date
) -> SpecialistMembership | None:
    """退出: from today on no member; who joined today never was one. A leader leads no more."""
    row = lock(row)
    group = lock(row.group)
    refuse_if(why_not_leave_specialists(by, row, today=today))
    record(group, "left", by=by, note=row.deputy.name)
    if group.leader_id == row.deputy_id:
        group.leader = None
        group.save(update_fields=["leader"])
    if row.from_on >= today:
        row.delete()
        return None
    row.to_on = today
    row.save(update_fields=["to_on"])
    return row


@transaction.atomic
def name_leader(
    group: SpecialistGroup, *, deputy: Deputy, by: Actor, today: date
) -> SpecialistGroup:
    """指定组长: the member leads the group, and may write its reports."""
    group = lock(group)
    refuse_if(why_not_name_leader(by, group, deputy, today=today))
    group.leader = deputy
    group.save(update_fields=["leader"])
    record(group, "leader_named", by=by, note=deputy.name)
    return group


@transaction.atomic
def dissolve_specialists(group: SpecialistGroup, *, by: Actor, today: date) -> SpecialistGroup:
    """撤销: nobody belongs to it from today on; its studies stay."""
    group = lock(group)
    refuse_if(why_not_dissolve_specialists(by, group, today=today))
    rows = SpecialistMembership.objects.filter(group=group)
    rows.filter(from_on__gte=today).delete()
    rows.running(today).update(to_on=today)
    group.dissolved_on, group.leader = today, None
    group.save(update_fields=["dissolved_on", "leader"])
    record(group, "dissolved", by=by)
    return group
