"""专业代表小组: deputies of one field, beside the special committee of that field."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from congress.shared.actors import Actor
from congress.shared.models import Organisation
from deputies.models.groups import DateRange
from deputies.models.people import Deputy


class SpecialistGroupQuerySet(models.QuerySet["SpecialistGroup"]):
    def visible_to(self, actor: Actor, today: date) -> Self:
        """All at the desk; a deputy sees the groups they belong to."""
        if actor.at_the_desk:
            return self
        own = SpecialistMembership.objects.running(today).filter(deputy__user=actor.user)
        return self.filter(pk__in=own.values("group")) if actor.user else self.none()

    def standing(self, day: date) -> Self:
        """Groups not dissolved by that day."""
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day))

    def with_size(self, day: date) -> Self:
        """Each with `size`: how many belong to it on that day."""
        rows = SpecialistMembership.objects.running(day).filter(group=models.OuterRef("pk"))
        counted = rows.order_by().values("group").annotate(size=models.Count("pk"))
        return self.annotate(size=Coalesce(models.Subquery(counted.values("size")), 0))


class SpecialistGroup(models.Model):
    """专业代表小组: by field (代表法第二十七条), paired with a special committee."""

    name = models.CharField("名称", max_length=40)
    field = models.CharField("领域", max_length=40, help_text="例如：绿松石产业、营商环境、教育")
    committee = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="对口委员会", related_name="specialist_groups"
    )
    leader = models.ForeignKey(
        Deputy, models.PROTECT, null=True, blank=True, verbose_name="组长", related_name="leads"
    )
    formed_on = models.DateField("组建日期")
    dissolved_on = models.DateField("撤销日期", null=True, blank=True)

    objects = SpecialistGroupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专业代表小组"
        ordering = ("committee__position", "name")
        constraints = [
            models.UniqueConstraint(
                name="specialist_name_once_while_standing",
                fields=("name",),
                condition=Q(dissolved_on__isnull=True),
                violation_error_message="已经有同名的专业代表小组。",
            ),
            models.CheckConstraint(
                name="specialist_group_ends_after_it_begins",
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("formed_on")),
            ),
            models.CheckConstraint(
                name="specialist_dissolved_has_no_leader",
                condition=Q(dissolved_on__isnull=True) | Q(leader__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SpecialistMembershipQuerySet(models.QuerySet["SpecialistMembership"]):
    def running(self, day: date) -> Self:
        """Who belongs to which specialist group on that day."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day)

    def in_name_order(self) -> Self:
        """By 姓氏笔画."""
        return self.order_by("deputy__stroke_key", "deputy")


class SpecialistMembership(models.Model):
    """专业编组: a deputy in a specialist group; many may be joined at once."""

    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="specialities", verbose_name="代表"
    )
    group = models.ForeignKey(
        SpecialistGroup, models.PROTECT, related_name="memberships", verbose_name="专业代表小组"
    )
    from_on = models.DateField("加入日期")
    to_on = models.DateField("退出日期", null=True, blank=True, help_text="当天起不再属于这个小组")

    objects = SpecialistMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专业编组"
        constraints = [
            ExclusionConstraint(
                name="specialist_once_per_group_at_a_time",
                expressions=[
                    (F("deputy"), RangeOperators.EQUAL),
                    (F("group"), RangeOperators.EQUAL),
                    (DateRange("from_on", "to_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="此人已经在这个专业代表小组。",
            ),
            models.CheckConstraint(
                name="specialist_membership_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.group}"
