"""小组: who names convenors, moves deputies, forms and dissolves groups, and when."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from congress.shared.accounts import why_not_to_self
from congress.shared.actors import Actor
from congress.shared.models import Area
from congress.shared.workflow import why_not_move
from deputies.models import Deputy, DeputyGroup, Membership, Regrouping
from deputies.rules import UNDO_DAYS
from deputies.states import RegroupingState


def _why_not_office(by: Actor) -> str | None:
    return None if by.is_staff else "只有代工委可以调整代表小组。"


def _why_not_standing(group: DeputyGroup, today: date) -> str | None:
    if group.dissolved_on and group.dissolved_on <= today:
        return f"{group.name}已经撤销。"
    return None


def why_not_name_convenor(
    by: Actor, group: DeputyGroup, deputy: Deputy | None = None, *, today: date
) -> str | None:
    """指定召集人: by the office, one of the group's serving members who can sign in."""
    if not by.is_staff:
        return "只有代工委可以指定小组召集人。"
    if deputy is None:
        return _why_not_standing(group, today)
    if not Membership.objects.running(today).filter(deputy=deputy, group=group).exists():
        return f"{deputy.name}现在不在{group.name}，请从本组代表中选。"
    if not Deputy.objects.serving(today).filter(pk=deputy.pk).exists():
        return f"{deputy.name}现在不是在任代表，或者暂停执行职务，不能担任召集人。"
    if deputy.user is None:
        return f"{deputy.name}还没有账号，请先给{deputy.name}开户。"
    if deputy.user_id == group.convenor_id:
        return f"{deputy.name}已经是{group.name}的召集人。"
    return why_not_to_self(by, deputy.user)


def why_not_release_convenor(by: Actor, group: DeputyGroup) -> str | None:
    """免去召集人: by the office, while there is one."""
    if refusal := _why_not_office(by):
        return refusal
    return None if group.convenor_id else f"{group.name}现在没有召集人。"


def why_not_move_member(
    by: Actor, deputy: Deputy, group: DeputyGroup | None = None, *, today: date
) -> str | None:
    """调组: by the office, a deputy who belongs to a group today, into another one."""
    if refusal := _why_not_office(by):
        return refusal
    spell = Membership.objects.running(today).filter(deputy=deputy).first()
    if spell is None:
        return f"{deputy.name}现在不是在任代表，没有编组。"
    if group is None:
        return None
    if spell.group_id == group.pk:
        return f"{deputy.name}已经在{group.name}。"
    return _why_not_standing(group, today)


def why_not_form_group(by: Actor, area: Area | None = None, name: str = "") -> str | None:
    """新建小组: by the office, in a township, under a name of its own."""
    if refusal := _why_not_office(by):
        return refusal
    if area is None:
        return None
    if area.parent_id is None:
        return "小组建在乡镇，请选择乡镇。"
    if DeputyGroup.objects.filter(area=area, name=name).exists():
        return f"{area.name}已经有叫“{name}”的小组，请换一个名称。"
    return None


def why_not_rename_group(by: Actor, group: DeputyGroup, name: str = "") -> str | None:
    """改名: by the office, to a name that no other group of the township has."""
    if refusal := _why_not_office(by):
        return refusal
    if name == group.name:
        return "名称没有变化。"
    others = DeputyGroup.objects.filter(area=group.area_id, name=name).exclude(pk=group.pk)
    return f"本乡镇已经有叫“{name}”的小组，请换一个名称。" if others.exists() else None


def why_not_dissolve_group(by: Actor, group: DeputyGroup, *, today: date) -> str | None:
    """撤销小组: by the office, when nobody belongs to it, now or later."""
    if refusal := _why_not_office(by) or _why_not_standing(group, today):
        return refusal
    rows = Membership.objects.filter(group=group).exclude(to_on__lte=today)
    left = rows.values("deputy").distinct().count()
    return f"还有 {left} 位代表编在{group.name}，请先把他们调到别的小组。" if left else None


def why_not_reopen_group(by: Actor, group: DeputyGroup, *, today: date) -> str | None:
    """恢复小组: by the office, what was dissolved."""
    if refusal := _why_not_office(by):
        return refusal
    return None if _why_not_standing(group, today) else f"{group.name}没有撤销。"


def why_not_regroup(
    by: Actor,
    area: Area,
    moves: Sequence[tuple[Deputy, DeputyGroup]] | None = None,
    *,
    today: date,
) -> str | None:
    """调整编组: by the office, between the standing groups of one township."""
    if refusal := _why_not_office(by):
        return refusal
    if moves is None:
        return None
    if not moves:
        return "请至少勾选一位要调整的代表。"
    for deputy, group in moves:
        if group.area_id != area.pk:
            return f"{group.name}不在{area.name}。"
        if refusal := why_not_move_member(by, deputy, group, today=today):
            return refusal
    return None


def why_not_revoke_regrouping(by: Actor, row: Regrouping, *, today: date) -> str | None:
    """撤回调整: for some days, while those who were moved are still where they were put."""
    if refusal := _why_not_office(by) or why_not_move(row, RegroupingState.REVOKED):
        return refusal
    days = UNDO_DAYS.on(today)
    if timezone.localdate(row.made_at) < today - timedelta(days=days):
        return f"已经超过 {days} 天，不能整批撤回，请逐个调组。"
    for move in row.moves.select_related("deputy", "was", "now"):
        here = Membership.objects.running(today).filter(deputy=move.deputy, group=move.now)
        if not here.exists():
            return f"{move.deputy.name}后来又有变动，不能整批撤回，请逐个调组。"
        if refusal := _why_not_standing(move.was, today):
            return refusal
    return None
