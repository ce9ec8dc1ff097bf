"""年度代表工作计划: drafted by the office, passed by the directors' meeting, told, published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from congress.shared import clock, notices
from congress.shared.actors import Actor
from congress.shared.models import Assembly, Notice
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import AnnualPlan, Deputy, PlanItem
from deputies.permissions.plans import (
    why_not_draft_plan,
    why_not_drop_plan,
    why_not_edit_plan,
    why_not_pass_plan,
    why_not_publish_plan,
    why_not_reopen_plan,
    why_not_revise_plan,
)
from deputies.states import PlanState


@dataclass(frozen=True)
class Item:
    """One line of a plan as it was typed."""

    month_from: int
    month_to: int
    title: str
    organiser: str
    audience: str = ""


@transaction.atomic
def draft_plan(
    assembly: Assembly,
    *,
    year: int,
    title: str,
    foreword: str,
    items: Sequence[Item],
    by: Actor,
) -> AnnualPlan:
    """起草: the year's first version stands as a draft, for the committee's eyes only."""
    assembly = lock(assembly)
    refuse_if(why_not_draft_plan(by, assembly, year))
    latest = AnnualPlan.objects.of_year(assembly, year).order_by("-version").first()
    plan = AnnualPlan.objects.create(
        assembly=assembly,
        year=year,
        version=latest.version + 1 if latest else 1,
        title=title,
        foreword=foreword,
    )
    _write(plan, items)
    record(plan, PlanState.DRAFT, by=by, note=title)
    return plan


@transaction.atomic
def edit_plan(
    plan: AnnualPlan, *, title: str, foreword: str, items: Sequence[Item], by: Actor
) -> AnnualPlan:
    """修改: the draft says what was typed."""
    plan = lock(plan)
    refuse_if(why_not_edit_plan(by, plan))
    plan.title, plan.foreword = title, foreword
    plan.save(update_fields=["title", "foreword"])
    plan.items.all().delete()
    _write(plan, items)
    record(plan, "edited", by=by, note=f"{len(items)} 项工作")
    return plan


def _write(plan: AnnualPlan, items: Sequence[Item]) -> None:
    """The items in the order of the year."""
    in_order = sorted(items, key=lambda item: (item.month_from, item.month_to))
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan,
            position=position,
            month_from=item.month_from,
            month_to=item.month_to,
            title=item.title,
            organiser=item.organiser,
            audience=item.audience,
        )
        for position, item in enumerate(in_order, start=1)
    )


@transaction.atomic
def pass_plan(plan: AnnualPlan, *, meeting: str, passed_on: date, by: Actor) -> AnnualPlan:
    """通过: the directors' meeting has passed it on that day (代表法第四十三条)."""
    plan = lock(plan)
    refuse_if(why_not_pass_plan(by, plan))
    return move(plan, PlanState.PASSED, by=by, note=meeting, meeting=meeting, passed_on=passed_on)


@transaction.atomic
def reopen_plan(plan: AnnualPlan, *, reason: str, by: Actor) -> AnnualPlan:
    """退回起草: the plan is a draft again, and waits to be passed anew."""
    plan = lock(plan)
    refuse_if(why_not_reopen_plan(by, plan))
    return move(plan, PlanState.DRAFT, by=by, note=reason, meeting="", passed_on=None)


@transaction.atomic
def publish_plan(plan: AnnualPlan, *, by: Actor, today: date) -> AnnualPlan:
    """公布: everybody can read it, every serving deputy is told, the version before is replaced."""
    plan = lock(plan)
    refuse_if(why_not_publish_plan(by, plan))
    for former in AnnualPlan.objects.of_year(plan.assembly, plan.year).published():
        move(lock(former), PlanState.REPLACED, by=by)
    plan = move(plan, PlanState.PUBLISHED, by=by, published_by=by.user, published_at=clock.now())
    _tell(plan, today)
    return plan


def _tell(plan: AnnualPlan, today: date) -> None:
    serving = Deputy.objects.serving(today).sitting_in(plan.assembly, today)
    people = serving.exclude(user=None)
    words = "公布了" if plan.version == 1 else "作了调整"
    link = reverse("deputies:public_plan", args=[plan.pk])
    notices.write_each(
        Notice(
            person_id=user,
            key=f"deputies.plan:{plan.pk}",
            text=f"{plan.year} 年代表工作计划{words}，请看看今年有哪些安排。",
            link=link,
        )
        for user in people.values_list("user", flat=True)
        if user
    )


@transaction.atomic
def revise_plan(plan: AnnualPlan, *, by: Actor) -> AnnualPlan:
    """调整: a new draft with the same text; the published one stays until that is published."""
    plan = lock(plan)
    refuse_if(why_not_revise_plan(by, plan))
    latest = AnnualPlan.objects.of_year(plan.assembly, plan.year).order_by("-version")[0]
    fresh = AnnualPlan.objects.create(
        assembly=plan.assembly,
        year=plan.year,
        version=latest.version + 1,
        title=plan.title,
        foreword=plan.foreword,
    )
    _write(
        fresh,
        [
            Item(row.month_from, row.month_to, row.title, row.organiser, row.audience)
            for row in plan.items.all()
        ],
    )
    record(fresh, PlanState.DRAFT, by=by, note=f"调整第 {plan.version} 稿")
    return fresh


@transaction.atomic
def drop_plan(plan: AnnualPlan, *, by: Actor) -> AnnualPlan:
    """作废: the draft is put aside."""
    plan = lock(plan)
    refuse_if(why_not_drop_plan(by, plan))
    return move(plan, PlanState.DROPPED, by=by)
