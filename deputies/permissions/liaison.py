"""双联: who arranges contacts, who keeps them, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly
from deputies.models import CommitteePost, ContactRecord, Deputy, DeputyGroup, Liaison, Membership
from deputies.states import CommitteePostKind, ContactWay, LiaisonKind

Target = Deputy | Area | DeputyGroup
FIELD = {LiaisonKind.MEMBER: "deputy", LiaisonKind.DIRECTOR: "area", LiaisonKind.OFFICE: "group"}


@dataclass(frozen=True)
class Change:
    """One step of a rebalancing: the target goes to this holder, from another or from nobody."""

    target: Target
    holder: Deputy
    was: Liaison | None = None


def _why_not_office(by: Actor) -> str | None:
    return None if by.is_staff else "只有代工委可以安排联系。"


def why_not_appoint(
    by: Actor,
    deputy: Deputy | None = None,
    assembly: Assembly | None = None,
    post: CommitteePostKind | None = None,
    *,
    today: date,
) -> str | None:
    """登记职务: by the office, for a deputy of that congress."""
    if refusal := _why_not_office(by):
        return refusal
    if deputy is None or assembly is None:
        return None
    if not Deputy.objects.sitting_in(assembly, today).filter(pk=deputy.pk).exists():
        return f"{deputy.name}现在不是{assembly}代表，常委会组成人员从本级代表中选出。"
    held = CommitteePost.objects.running(today).filter(deputy=deputy, assembly=assembly)
    if held.filter(post=post).exists():
        return f"{deputy.name}已经登记了这个职务。"
    office = CommitteePostKind.OFFICE
    if post != office and held.exclude(post=office).exists():
        return f"{deputy.name}已经是组成人员，职务变动请先结束原来的职务。"
    return None


def why_not_step_down(by: Actor, row: CommitteePost, *, today: date) -> str | None:
    """卸任: by the office, while the post is held."""
    if refusal := _why_not_office(by):
        return refusal
    return f"{row.deputy.name}已经卸任。" if row.to_on and row.to_on <= today else None


def why_not_assign(
    by: Actor,
    kind: LiaisonKind | None = None,
    holder: Deputy | None = None,
    target: Target | None = None,
    *,
    today: date,
) -> str | None:
    """安排联系: a holder of the right post, and somebody or something nobody keeps contact with."""
    if refusal := _why_not_office(by):
        return refusal
    if kind is None or holder is None or target is None:
        return None
    posts = CommitteePost.objects.running(today).holding(kind).filter(deputy=holder)
    if not posts.exists():
        return f"{holder.name}没有登记相应的职务，不能{kind.label}。"
    if refusal := _why_not_target(kind, holder, target, today):
        return refusal
    held = Liaison.objects.running(today).filter(kind=kind, **{FIELD[kind]: target})
    if kind == LiaisonKind.OFFICE:
        held = held.filter(holder=holder)
    row = held.select_related("holder").first()
    return f"{target}已经由{row.holder.name}联系，要换人请先结束原来的联系。" if row else None


def _why_not_target(kind: LiaisonKind, holder: Deputy, target: Target, today: date) -> str | None:
    if kind == LiaisonKind.MEMBER and target == holder:
        return "不能自己联系自己。"
    if kind == LiaisonKind.MEMBER and not Deputy.objects.sitting(today).filter(pk=target.pk):
        return f"{target}现在不是在任代表。"
    if kind == LiaisonKind.OFFICE:
        own = Membership.objects.running(today).filter(deputy=holder, group=target.pk)
        return None if own.exists() else f"机关代表包联所在的小组，{holder.name}不在{target}。"
    return None


def why_not_end_liaison(by: Actor, row: Liaison, *, today: date) -> str | None:
    """结束联系: by the office, while it runs."""
    if refusal := _why_not_office(by):
        return refusal
    return "这项联系已经结束。" if row.to_on and row.to_on <= today else None


def why_not_rebalance(
    by: Actor, kind: LiaisonKind, changes: Sequence[Change] | None = None, *, today: date
) -> str | None:
    """均衡联系: the steps that were ticked, as long as things still stand as they stood."""
    if refusal := _why_not_office(by):
        return refusal
    if changes is None:
        return None
    if not changes:
        return "请至少勾选一项。"
    for change in changes:
        running = Liaison.objects.running(today).filter(kind=kind, **{FIELD[kind]: change.target})
        if {row.pk for row in running} != ({change.was.pk} if change.was else set()):
            return f"{change.target}的联系刚才有变动，请照新的建议重新勾选。"
    return None


def why_not_record_contact(
    by: Actor,
    row: Liaison,
    done_on: date | None = None,
    way: ContactWay | None = None,
    *,
    today: date,
) -> str | None:
    """登记联系: the holder, or the office for them; once, on a day that has come, within it."""
    if not by.is_staff and not by.same_person(row.holder.user_id):
        return "请由联系人本人登记，或者由代工委代为登记。"
    if not Deputy.objects.serving(today).filter(pk=row.holder_id).exists():
        return f"{row.holder.name}现在不执行代表职务，不能登记联系。"
    if done_on is None:
        return "这项联系已经结束。" if row.to_on and row.to_on <= today else None
    if done_on > today:
        return "联系日期还没有到，请在联系以后登记。"
    if done_on < row.from_on:
        return f"这项联系从 {row.from_on:%Y-%m-%d} 开始，日期不能更早。"
    if row.to_on and done_on >= row.to_on:
        return "这项联系那天已经结束。"
    again = way and row.contacts.filter(done_on=done_on, way=way).exists()
    return "这一天的这次联系已经登记过。" if again else None


def why_not_withdraw_contact(by: Actor, row: ContactRecord, *, today: date) -> str | None:
    """撤回登记: whoever wrote it down, as long as the contact is theirs to keep; or the office."""
    if by.is_staff:
        return None
    if not by.same_person(row.made_by_id):
        return "只有登记人可以撤回。"
    to_on = row.liaison.to_on
    return "这项联系已经结束，要更正请找代工委。" if to_on and to_on <= today else None
