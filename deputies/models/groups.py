"""代表小组: each sitting deputy in exactly one at a time."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from congress.shared.actors import Actor
from congress.shared.models import Area, User
from congress.shared.roles import Role
from deputies.models.people import Deputy


class DeputyGroupQuerySet(models.QuerySet["DeputyGroup"]):
    def visible_to(self, actor: Actor) -> Self:
        """The groups whose attendance this post may register."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER):
            return self.filter(area=actor.area_id)
        if actor.is_a(Role.CONVENOR):
            return self.filter(convenor=actor.user)
        return self.none()

    def standing(self, day: date) -> Self:
        """Groups not dissolved by that day."""
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day))

    def with_size(self, day: date) -> Self:
        """Each with `size`: how many belong to it on that day."""
        rows = Membership.objects.running(day).filter(group=models.OuterRef("pk"))
        counted = rows.order_by().values("group").annotate(size=models.Count("pk"))
        return self.annotate(size=Coalesce(models.Subquery(counted.values("size")), 0))


class DeputyGroup(models.Model):
    """代表小组: neighbours who act together, led by a convenor."""

    area = models.ForeignKey(Area, models.PROTECT, verbose_name="乡镇")
    name = models.CharField("名称", max_length=40)
    position = models.PositiveSmallIntegerField("次序", default=0)
    convenor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, verbose_name="召集人")
    dissolved_on = models.DateField(
        "撤销日期", null=True, blank=True, help_text="当天起不再有这个小组"
    )

    objects = DeputyGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表小组"
        ordering = ("area__position", "position")
        constraints = [
            models.UniqueConstraint(
                name="group_name_once_per_area",
                fields=("area", "name"),
                violation_error_message="这个乡镇已经有同名的小组。",
            ),
            models.CheckConstraint(
                name="group_dissolved_has_no_convenor",
                condition=Q(dissolved_on__isnull=True) | Q(convenor__isnull=True),
                violation_error_message="撤销的小组不能有召集人。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running(self, day: date | Combinable) -> Self:
        """Who belongs to which group on that day; the day may be a column of the outer query."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day)


class Membership(models.Model):
    """编组: a deputy in a group, from when to when."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, related_name="memberships", verbose_name="小组"
    )
    from_on = models.DateField("编入日期")
    to_on = models.DateField("调出日期", null=True, blank=True, help_text="当天起不再属于这个小组")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "编组"
        constraints = [
            ExclusionConstraint(
                name="membership_one_group_at_a_time",
                expressions=[
                    (F("deputy"), RangeOperators.EQUAL),
                    (
                        DateRange("from_on", "to_on", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="一名代表同一时间只能在一个小组。",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.group}"

    def holds_on(self, day: date) -> bool:
        """Whether this membership runs on that day."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)
