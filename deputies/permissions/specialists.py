"""专业代表小组: who forms them and who joins, and when."""

from collections.abc import Sequence
from datetime import date

from congress.shared.actors import Actor
from deputies.models import Deputy, SpecialistGroup, SpecialistMembership


def _why_not_office(by: Actor) -> str | None:
    return None if by.is_staff else "只有代工委可以调整专业代表小组。"


def _why_not_standing(group: SpecialistGroup, today: date) -> str | None:
    if group.dissolved_on and group.dissolved_on <= today:
        return f"{group.name}已经撤销。"
    return None


def why_not_form_specialists(by: Actor, name: str = "") -> str | None:
    """组建: by the office, under a name that no standing one has."""
    if refusal := _why_not_office(by):
        return refusal
    taken = SpecialistGroup.objects.filter(name=name, dissolved_on=None).exists()
    return f"已经有叫“{name}”的专业代表小组，请换一个名称。" if taken else None


def why_not_edit_specialists(
    by: Actor, group: SpecialistGroup, name: str = "", *, today: date
) -> str | None:
    """修改: by the office, while it stands."""
    if refusal := _why_not_office(by) or _why_not_standing(group, today):
        return refusal
    same = SpecialistGroup.objects.filter(name=name, dissolved_on=None).exclude(pk=group.pk)
    return f"已经有叫“{name}”的专业代表小组，请换一个名称。" if same.exists() else None


def why_not_join_specialists(
    by: Actor, group: SpecialistGroup, deputies: Sequence[Deputy] | None = None, *, today: date
) -> str | None:
    """加入: serving deputies who do not belong to it yet."""
    if refusal := _why_not_office(by) or _why_not_standing(group, today):
        return refusal
    if deputies is None:
        return None
    if not deputies:
        return "请至少选一位代表。"
    serving = set(Deputy.objects.serving(today).filter(pk__in=[d.pk for d in deputies]))
    inside = SpecialistMembership.objects.running(today).filter(group=group)
    already = set(inside.values_list("deputy", flat=True))
    for deputy in deputies:
        if deputy not in serving:
            return f"{deputy.name}现在不是在任代表，或者暂停执行职务，不能加入。"
        if deputy.pk in already:
            return f"{deputy.name}已经在{group.name}。"
    return None


def why_not_leave_specialists(by: Actor, row: SpecialistMembership, *, today: date) -> str | None:
    """退出: who belongs to it today."""
    if refusal := _why_not_office(by):
        return refusal
    if row.to_on and row.to_on <= today:
        return f"{row.deputy.name}已经不在{row.group.name}。"
    return None


def why_not_name_leader(
    by: Actor, group: SpecialistGroup, deputy: Deputy | None = None, *, today: date
) -> str | None:
    """指定组长: one of its members."""
    if refusal := _why_not_office(by) or _why_not_standing(group, today):
        return refusal
    if deputy is None:
        return None
    inside = SpecialistMembership.objects.running(today).filter(group=group, deputy=deputy)
    if not inside.exists():
        return f"{deputy.name}不在{group.name}，请从本组代表中选。"
    return f"{deputy.name}已经是组长。" if group.leader_id == deputy.pk else None


def why_not_dissolve_specialists(by: Actor, group: SpecialistGroup, *, today: date) -> str | None:
    """撤销: by the office, when no study of it is open."""
    if refusal := _why_not_office(by) or _why_not_standing(group, today):
        return refusal
    if group.studies.open().exists():
        return "还有进行中的对口调研，请先写报告或者取消。"
    return None
