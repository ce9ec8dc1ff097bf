"""评先表优、推荐留任参考: whom the committee commends for one year, by its minute."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from scoring.consequence_states import LIST_STEPS, ListState
from scoring.models.cycle import ReviewCycle
from scoring.models.grading import Grading


class CommendationListQuerySet(models.QuerySet["CommendationList"]):
    def visible_to(self, actor: Actor) -> Self:
        """The deputy-affairs office and the leaders; everybody once it is published."""
        inner = actor.at_deputy_office or actor.is_a(Role.LEADER)
        return self if inner else self.published()

    def published(self) -> Self:
        return self.filter(state=ListState.PUBLISHED)


class CommendationList(Stepped):
    """表扬名单 of one review: decided by people, with the minute's number, and then unchanged."""

    STEPS = LIST_STEPS
    state = models.CharField("状态", max_length=20, choices=ListState, default=ListState.CONFIRMED)
    cycle = models.OneToOneField(
        ReviewCycle, models.PROTECT, related_name="commendation", verbose_name="年度评价"
    )
    minute = models.CharField("会议纪要号", max_length=60)
    note = models.CharField("与参考名单不同的说明", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    confirmed_at = models.DateTimeField("确定时间")
    published_on = models.DateField("公布日期", null=True)

    objects = CommendationListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "表扬名单"
        ordering = ("-cycle__year",)
        constraints = [
            models.CheckConstraint(
                name="commendation_has_a_minute",
                condition=~Q(minute=""),
                violation_error_message="表扬名单必须有会议纪要号。",
            ),
            models.CheckConstraint(
                name="commendation_published_has_its_day",
                condition=Q(state=ListState.PUBLISHED, published_on__isnull=False)
                | (~Q(state=ListState.PUBLISHED) & Q(published_on__isnull=True)),
                violation_error_message="公布的名单必须有公布日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.year} 年度表扬名单"


class Commended(models.Model):
    """名单上的一位, with what was known when it was decided."""

    list = models.ForeignKey(
        CommendationList, models.PROTECT, related_name="people", verbose_name="名单"
    )
    grading = models.ForeignKey(Grading, models.PROTECT, related_name="+", verbose_name="评定")
    position = models.PositiveSmallIntegerField("参考次序")
    stars = models.PositiveSmallIntegerField("星数")
    points = models.DecimalField("年度积分", max_digits=7, decimal_places=1)

    class Meta:
        verbose_name = verbose_name_plural = "表扬名单人员"
        ordering = ("list", "position")
        constraints = [
            models.UniqueConstraint(
                name="commended_once_per_list",
                fields=("list", "grading"),
                violation_error_message="这位代表已经在名单上。",
            ),
            models.UniqueConstraint(
                name="commended_position_once_per_list", fields=("list", "position")
            ),
            models.CheckConstraint(name="commended_stars_are_0_to_10", condition=Q(stars__lte=10)),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.grading.deputy}"
