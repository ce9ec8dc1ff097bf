"""年度代表工作计划 (代表法第四十三条)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import Assembly, User
from congress.shared.workflow import Stepped
from deputies.states import PLAN_STEPS, PlanState

DECIDED = Q(state__in=(PlanState.PASSED, PlanState.PUBLISHED, PlanState.REPLACED))
TOLD = Q(state__in=(PlanState.PUBLISHED, PlanState.REPLACED))


class AnnualPlanQuerySet(models.QuerySet["AnnualPlan"]):
    def published(self) -> Self:
        """What everybody may read: the plan in force of each year."""
        return self.filter(state=PlanState.PUBLISHED)

    def ever_published(self) -> Self:
        """Also what a later version has replaced: its address was told to people."""
        return self.filter(TOLD)

    def visible_to(self, actor: Actor) -> Self:
        """Drafts are the committee's; everybody else reads what is published."""
        return self if actor.at_the_desk else self.published()

    def of_year(self, assembly: Assembly, year: int) -> Self:
        return self.filter(assembly=assembly, year=year)


class AnnualPlan(Stepped):
    """年度代表工作计划: one assembly's year, in one version; a revision is a row of its own."""

    STEPS = PLAN_STEPS
    state = models.CharField("状态", max_length=20, choices=PlanState, default=PlanState.DRAFT)
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("第几稿", default=1)
    title = models.CharField("标题", max_length=60)
    foreword = models.TextField("总体要求", max_length=1000, blank=True)
    meeting = models.CharField("通过的会议", max_length=60, blank=True)
    passed_on = models.DateField("通过日期", null=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name="公布人", related_name="+"
    )
    published_at = models.DateTimeField("公布时间", null=True)

    objects = AnnualPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度代表工作计划"
        ordering = ("-year", "-version")
        constraints = [
            models.UniqueConstraint(
                name="plan_version_once_per_year", fields=("assembly", "year", "version")
            ),
            models.UniqueConstraint(
                name="plan_one_in_the_making_per_year",
                fields=("assembly", "year"),
                condition=Q(state__in=(PlanState.DRAFT, PlanState.PASSED)),
                violation_error_message="这一年已经有一份计划在起草。",
            ),
            models.UniqueConstraint(
                name="plan_one_published_per_year",
                fields=("assembly", "year"),
                condition=Q(state=PlanState.PUBLISHED),
                violation_error_message="这一年的计划已经公布。",
            ),
            models.CheckConstraint(
                name="plan_passed_says_where_and_when",
                condition=(DECIDED & Q(passed_on__isnull=False) & ~Q(meeting=""))
                | (~DECIDED & Q(passed_on__isnull=True, meeting="")),
                violation_error_message="通过的计划必须写明会议和日期。",
            ),
            models.CheckConstraint(
                name="plan_published_has_who_and_when",
                condition=(TOLD & Q(published_by__isnull=False, published_at__isnull=False))
                | (~TOLD & Q(published_by__isnull=True, published_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def coming(self, assembly: Assembly, year: int, month: int) -> Self:
        """What the published plan of the year still has in this month and later."""
        rows = self.filter(plan__assembly=assembly, plan__year=year, month_to__gte=month)
        return rows.filter(plan__state=PlanState.PUBLISHED).order_by("month_from", "position")

    def published_in(self, year: int, month: int) -> Self:
        """What the published plans of the year have in this month."""
        rows = self.filter(plan__state=PlanState.PUBLISHED, plan__year=year)
        return rows.filter(month_from__lte=month, month_to__gte=month)


class PlanItem(models.Model):
    """一项工作: from which month to which, who organises it, who takes part."""

    plan = models.ForeignKey(
        AnnualPlan, models.CASCADE, related_name="items", verbose_name="年度代表工作计划"
    )
    position = models.PositiveSmallIntegerField("次序")
    month_from = models.PositiveSmallIntegerField("从几月")
    month_to = models.PositiveSmallIntegerField("到几月")
    title = models.CharField("工作", max_length=100)
    organiser = models.CharField("组织单位", max_length=40)
    audience = models.CharField("参加人员", max_length=60, blank=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计划项目"
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(name="plan_item_position_once", fields=("plan", "position")),
            models.CheckConstraint(
                name="plan_item_months_are_of_the_year",
                condition=Q(month_from__gte=1, month_to__lte=12, month_from__lte=F("month_to")),
                violation_error_message="月份应为 1 到 12，结束月份不早于开始月份。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
