"""代表小组: who convenes it, who belongs to it, which groups there are."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from congress.shared import clock
from congress.shared.accounts import hold_office, lay_down, take_up
from congress.shared.actors import Actor
from congress.shared.models import Area, Organisation, User
from congress.shared.roles import Role
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.actions.leaving import last_days
from deputies.actions.locks import groups_locked, people_locked
from deputies.models import Deputy, DeputyGroup, Membership, Move, Regrouping
from deputies.permissions.groups import (
    why_not_dissolve_group,
    why_not_form_group,
    why_not_move_member,
    why_not_name_convenor,
    why_not_regroup,
    why_not_release_convenor,
    why_not_rename_group,
    why_not_reopen_group,
    why_not_revoke_regrouping,
)
from deputies.states import RegroupingState


@transaction.atomic
def name_convenor(group: DeputyGroup, *, deputy: Deputy, by: Actor, today: date) -> DeputyGroup:
    """指定召集人: the deputy convenes the group from today on, in a post at 乡镇人大.

    The post ends with the seats. Whoever convened it before loses that post, unless they convene
    another group there.
    """
    groups_locked({deputy.pk}, group)
    group, deputy = lock(group), lock(deputy)
    refuse_if(why_not_name_convenor(by, group, deputy, today=today))
    office = hold_office(group.area)
    former, group.convenor = group.convenor, deputy.user
    group.save(update_fields=["convenor"])
    if deputy.user:
        last = last_days([deputy], today).get(deputy.pk)
        role = Role.CONVENOR
        take_up(deputy.user, organisation=office, role=role, from_on=today, to_on=last, by=by)
    _lay_down(office, former, by=by, today=today)
    record(group, "convenor_named", by=by, note=deputy.name)
    return group


@transaction.atomic
def release_convenor(group: DeputyGroup, *, by: Actor, today: date) -> DeputyGroup:
    """免去召集人: nobody convenes the group; the post gives no right from today on."""
    group = lock(group)
    refuse_if(why_not_release_convenor(by, group))
    return released(group, by=by, today=today)


def released(group: DeputyGroup, *, by: Actor, today: date) -> DeputyGroup:
    """Nobody convenes the locked group; a part of the verbs that end or move its convenor."""
    former, group.convenor = group.convenor, None
    group.save(update_fields=["convenor"])
    _lay_down(hold_office(group.area), former, by=by, today=today)
    record(group, "convenor_released", by=by, note=former.name if former else "")
    return group


def _lay_down(office: Organisation, former: User | None, *, by: Actor, today: date) -> None:
    others = DeputyGroup.objects.filter(convenor=former, area=office.area_id)
    if former and not others.exists():
        lay_down(former, organisation=office, role=Role.CONVENOR, before=today, by=by)


@transaction.atomic
def move_member(deputy: Deputy, *, group: DeputyGroup, by: Actor, today: date) -> Deputy:
    """调组: from today on the deputy belongs to that group; the old one keeps its past.

    Who convened the old group convenes it no more.
    """
    groups_locked({deputy.pk}, group)
    group, deputy = lock(group), lock(deputy)
    refuse_if(why_not_move_member(by, deputy, group, today=today))
    was = _place(deputy, group, by=by, today=today)
    record(deputy, "regrouped", by=by, note=f"{was.name}→{group.name}")
    return deputy


def _place(deputy: Deputy, group: DeputyGroup, *, by: Actor, today: date) -> DeputyGroup:
    """The deputy belongs to the group from today on; returns the group left.

    Somebody who came today leaves no spell of no days behind.
    """
    spells = Membership.objects.filter(deputy=deputy)
    spell = spells.running(today).select_related("group__area").get()
    was, until = spell.group, spell.to_on
    before = spells.filter(group=group, to_on=today).first()
    if spell.from_on < today:
        spell.to_on = today
        spell.save(update_fields=["to_on"])
        Membership.objects.create(deputy=deputy, group=group, from_on=today, to_on=until)
    elif before:
        spell.delete()
        before.to_on = until
        before.save(update_fields=["to_on"])
    else:
        spell.group = group
        spell.save(update_fields=["group"])
    if deputy.user_id and was.convenor_id == deputy.user_id:
        released(lock(was), by=by, today=today)
    return was


@transaction.atomic
def form_group(area: Area, *, name: str, by: Actor) -> DeputyGroup:
    """新建小组: the township has one more group, the last in its order, with nobody in it yet."""
    area = lock(area)
    refuse_if(why_not_form_group(by, area, name))
    last = DeputyGroup.objects.filter(area=area).order_by("-position").first()
    group = DeputyGroup.objects.create(
        area=area, name=name, position=last.position + 1 if last else 1
    )
    record(group, "added", by=by, note=name)
    return group


@transaction.atomic
def rename_group(group: DeputyGroup, *, name: str, by: Actor) -> DeputyGroup:
    """改名: the group carries the new name everywhere, its past included."""
    group = lock(group)
    lock(group.area)
    refuse_if(why_not_rename_group(by, group, name))
    was, group.name = group.name, name
    group.save(update_fields=["name"])
    record(group, "renamed", by=by, note=f"{was}→{name}")
    return group


@transaction.atomic
def dissolve_group(group: DeputyGroup, *, by: Actor, today: date) -> DeputyGroup:
    """撤销小组: from today on it is in no list; its past stays."""
    group = lock(group)
    refuse_if(why_not_dissolve_group(by, group, today=today))
    if group.convenor_id:
        released(group, by=by, today=today)
    group.dissolved_on = today
    group.save(update_fields=["dissolved_on"])
    record(group, "dissolved", by=by)
    return group


@transaction.atomic
def reopen_group(group: DeputyGroup, *, by: Actor, today: date) -> DeputyGroup:
    """恢复小组: it stands again, with nobody in it."""
    group = lock(group)
    refuse_if(why_not_reopen_group(by, group, today=today))
    group.dissolved_on = None
    group.save(update_fields=["dissolved_on"])
    record(group, "reopened", by=by)
    return group


@transaction.atomic
def regroup(
    area: Area, *, moves: Sequence[tuple[Deputy, DeputyGroup]], by: Actor, today: date
) -> Regrouping:
    """调整编组: all of them belong to their new groups from today on, and can be taken back."""
    area = lock(area)
    groups_locked({deputy.pk for deputy, _ in moves}, *DeputyGroup.objects.filter(area=area))
    people_locked({deputy.pk for deputy, _ in moves})
    refuse_if(why_not_regroup(by, area, moves, today=today))
    row = Regrouping(area=area, from_on=today, made_by=by.user, made_at=clock.now())
    row.save()
    for deputy, group in sorted(moves, key=lambda each: each[0].pk):
        was = _place(lock(deputy), group, by=by, today=today)
        Move.objects.create(regrouping=row, deputy=deputy, was=was, now=group)
        record(deputy, "regrouped", by=by, note=f"{was.name}→{group.name}")
    record(row, RegroupingState.MADE, by=by, note=f"{len(moves)} 人")
    return row


@transaction.atomic
def revoke_regrouping(row: Regrouping, *, by: Actor, today: date) -> Regrouping:
    """撤回调整: from today on everybody belongs to the group they came from."""
    row = lock(row)
    lock(row.area)
    moved = set(row.moves.values_list("deputy", flat=True))
    groups_locked(moved, *DeputyGroup.objects.filter(area=row.area_id))
    people_locked(moved)
    refuse_if(why_not_revoke_regrouping(by, row, today=today))
    for each in row.moves.select_related("deputy", "was").order_by("deputy"):
        was = _place(lock(each.deputy), each.was, by=by, today=today)
        record(each.deputy, "regrouped", by=by, note=f"{was.name}→{each.was.name}")
    return move(row, RegroupingState.REVOKED, by=by)
