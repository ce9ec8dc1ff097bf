"""活动与签到: who called it, who was expected, who came."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Q

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Organisation, User
from congress.shared.roles import Role
from deputies.codes import CONGRESS_MEETING
from deputies.models import Deputy, DeputyGroup, DutyItem

CALLED = "stations.attendance:"
"""签到: what the source of a duty begins with that one was called to."""


class Presence(models.TextChoices):
    PRESENT = "present", "到场"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def same_as(
        self,
        item: DutyItem,
        title: str,
        held_on: date,
        group: DeputyGroup | None,
        assembly: Assembly | None,
    ) -> Self:
        """The one that this registration would repeat."""
        return self.filter(item=item, title=title, held_on=held_on, group=group, assembly=assembly)

    def newest_first(self) -> Self:
        return self.order_by("-held_on", "-id")

    def with_turnout(self) -> Self:
        """Each with `expected` and `came`; the grouping drops the default order."""
        present = Q(attendances__presence=Presence.PRESENT)
        return self.annotate(
            expected=Count("attendances"), came=Count("attendances", filter=present)
        )

    def visible_to(self, actor: Actor) -> Self:
        """The office sees all; organisers what was called for their township or group."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER):
            return self.filter(group__area=actor.area_id)
        if actor.is_a(Role.CONVENOR):
            return self.filter(group__convenor=actor.user)
        return self.none()


class Activity(models.Model):
    """活动: a meeting or an activity that deputies were called to."""

    item = models.ForeignKey(DutyItem, models.PROTECT, verbose_name="履职条目")
    title = models.CharField("活动名称", max_length=60)
    held_on = models.DateField("活动日期")
    place = models.CharField("地点", max_length=60)
    group = models.ForeignKey(DeputyGroup, models.PROTECT, null=True, verbose_name="代表小组")
    assembly = models.ForeignKey(Assembly, models.PROTECT, null=True, verbose_name="全体代表")
    organiser = models.ForeignKey(Organisation, models.PROTECT, verbose_name="组织方")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    registered_at = models.DateTimeField("登记时间")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        ordering = ("-held_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="activity_is_for_a_group_or_an_assembly",
                condition=Q(group__isnull=False, assembly__isnull=True)
                | Q(group__isnull=True, assembly__isnull=False),
                violation_error_message="活动要么面向一个小组，要么面向全体代表。",
            ),
            models.UniqueConstraint(
                name="activity_registered_once",
                fields=("item", "title", "held_on", "group", "assembly"),
                nulls_distinct=False,
                violation_error_message="这次活动已经登记过。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def absences_since(
        self, day: date, assembly: Assembly, deputies: Collection[int]
    ) -> dict[int, int]:
        """How often each was absent without leave from this assembly's meetings since then."""
        rows = self.filter(
            presence=Presence.ABSENT,
            activity__item__code=CONGRESS_MEETING,
            activity__assembly=assembly,
            activity__held_on__gte=day,
            deputy__in=deputies,
        )
        return dict(rows.values_list("deputy").annotate(Count("pk")))

    def of_source(self, source: str) -> "Attendance | None":
        """The row that told this duty (`duty_source`); None when another did."""
        kind, _, number = source.partition(":")
        return self.filter(pk=number).first() if f"{kind}:" == CALLED else None

    def in_name_order(self) -> Self:
        return self.order_by("deputy__stroke_key", "deputy_id")


class Attendance(models.Model):
    """签到: present, on approved leave, or absent."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="attendances", verbose_name="活动"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    presence = models.CharField("到场情况", max_length=10, choices=Presence)
    approver = models.CharField("请假批准人", max_length=40, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "签到"
        constraints = [
            models.UniqueConstraint(
                name="attendance_once_per_deputy", fields=("activity", "deputy")
            ),
            models.CheckConstraint(
                name="attendance_leave_has_approver",
                condition=~Q(presence=Presence.LEAVE) | ~Q(approver=""),
                violation_error_message="请假必须写明批准人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.get_presence_display()}"

    @property
    def duty_source(self) -> str:
        """The name under which this row tells its duty."""
        return f"{CALLED}{self.pk}"
