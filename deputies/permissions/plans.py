"""年度代表工作计划: who drafts, passes, tells and revises it, and when."""

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.roles import Role
from congress.shared.workflow import why_not_move
from deputies.models import AnnualPlan
from deputies.states import PlanState

IN_THE_MAKING = (PlanState.DRAFT, PlanState.PASSED)


def _why_not_office(by: Actor) -> str | None:
    return None if by.is_staff else "只有代工委可以起草年度代表工作计划。"


def _why_not_director(by: Actor, act: str) -> str | None:
    return None if by.is_a(Role.STAFF_DIRECTOR) else f"只有代工委主任可以{act}。"


def why_not_draft_plan(
    by: Actor, assembly: Assembly | None = None, year: int | None = None
) -> str | None:
    """起草: by the office, one plan for a congress and year."""
    refusal = _why_not_office(by)
    if refusal or assembly is None or year is None:
        return refusal
    live = AnnualPlan.objects.of_year(assembly, year).exclude(state=PlanState.DROPPED)
    if live.filter(state__in=IN_THE_MAKING).exists():
        return f"{year} 年已经有一份计划在起草，请打开那一份修改。"
    if live.exists():
        return f"{year} 年的计划已经公布，要改请打开它，点“调整计划”。"
    return None


def why_not_edit_plan(by: Actor, plan: AnnualPlan) -> str | None:
    """修改: while it is a draft."""
    if plan.state == PlanState.PASSED:
        return _why_not_office(by) or "已经通过，要改请先退回起草。"
    if plan.state != PlanState.DRAFT:
        return _why_not_office(by) or f"目前是“{plan.get_state_display()}”，不能修改。"
    return _why_not_office(by)


def why_not_pass_plan(by: Actor, plan: AnnualPlan) -> str | None:
    """通过: the directors' meeting passes it (代表法第四十三条), its director enters that."""
    refusal = _why_not_director(by, "登记主任会议通过") or why_not_move(plan, PlanState.PASSED)
    return refusal or (None if plan.items.exists() else "计划里还没有工作，请先填写。")


def why_not_reopen_plan(by: Actor, plan: AnnualPlan) -> str | None:
    """退回起草: passed, and not yet told to anybody."""
    return _why_not_director(by, "退回起草") or why_not_move(plan, PlanState.DRAFT)


def why_not_publish_plan(by: Actor, plan: AnnualPlan) -> str | None:
    """公布: what the directors' meeting has passed (代表法第四十三条)."""
    return _why_not_director(by, "公布计划") or why_not_move(plan, PlanState.PUBLISHED)


def why_not_revise_plan(by: Actor, plan: AnnualPlan) -> str | None:
    """调整: a published plan, one revision at a time."""
    if refusal := _why_not_office(by):
        return refusal
    if plan.state != PlanState.PUBLISHED:
        return "只有已公布的计划才需要调整。"
    making = AnnualPlan.objects.of_year(plan.assembly, plan.year).filter(state__in=IN_THE_MAKING)
    return "已经有一份调整稿在起草，请打开那一份。" if making.exists() else None


def why_not_drop_plan(by: Actor, plan: AnnualPlan) -> str | None:
    """作废: a draft that nobody needs."""
    return _why_not_office(by) or why_not_move(plan, PlanState.DROPPED)
