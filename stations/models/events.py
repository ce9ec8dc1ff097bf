"""活动与签到: who called it, whom, and who came."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, Q

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Organisation, User
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.codes import CONGRESS_MEETING
from deputies.models import Deputy, DeputyGroup, DutyItem, SpecialistGroup
from stations.models.campaigns import Squad, Topic
from stations.states import ACTIVITY_STEPS, ActivityState, InviteeState

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
        found = self.exclude(state=ActivityState.CALLED_OFF)
        return found.filter(item=item, title=title, held_on=held_on, group=group, assembly=assembly)

    def held(self) -> Self:
        """Those whose roll was called; only they say who came."""
        return self.filter(state=ActivityState.HELD)

    def to_come(self) -> Self:
        """Called and neither held nor called off, the nearest first."""
        return self.filter(state=ActivityState.CALLED).order_by("starts_at", "id")

    def of_the_office(self) -> Self:
        """代工委自己的: who else called some runs them."""
        return self.filter(organiser__kind=OrganisationKind.COMMITTEE)

    def leave_waits(self, today: date) -> Self:
        """有请假待批: of those to come, where somebody asked for leave and nobody has decided."""
        asked = Activity.objects.filter(invitees__state=InviteeState.LEAVE_ASKED)
        return self.to_come().filter(held_on__gte=today, pk__in=asked.values("pk"))

    def roll_owed(self, today: date) -> Self:
        """待登记到场: their day is there or over, and nobody has called the roll."""
        return self.to_come().filter(held_on__lte=today)

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

    def readable_by(self, actor: Actor) -> Self:
        """Those, and what one stands on the roll of: its report and photos are theirs to see."""
        own = Attendance.objects.filter(deputy__user=actor.user) if actor.user else None
        if own is None:
            return self.none()
        return self.filter(Q(pk__in=self.visible_to(actor)) | Q(pk__in=own.values("activity")))


class Activity(Stepped):
    """活动: a meeting or an activity that deputies were called to.

    Many are registered only afterwards: they begin as held, and have no call and no hours.
    A squad's activity is its group's, too.
    """

    STEPS = ACTIVITY_STEPS
    ALSO_BEGINS = frozenset({ActivityState.HELD})
    state = models.CharField(
        "状态", max_length=20, choices=ActivityState, default=ActivityState.CALLED
    )
    item = models.ForeignKey(DutyItem, models.PROTECT, verbose_name="履职条目")
    title = models.CharField("活动名称", max_length=60)
    held_on = models.DateField("活动日期")
    starts_at = models.DateTimeField("开始时间", null=True)
    ends_at = models.DateTimeField("结束时间", null=True)
    place = models.CharField("地点", max_length=60)
    brief = models.CharField("做什么", max_length=500, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, related_name="activities", verbose_name="选题"
    )
    group = models.ForeignKey(DeputyGroup, models.PROTECT, null=True, verbose_name="代表小组")
    squad = models.ForeignKey(
        Squad, models.PROTECT, null=True, related_name="activities", verbose_name="小分队"
    )
    assembly = models.ForeignKey(Assembly, models.PROTECT, null=True, verbose_name="全体代表")
    specialists = models.ForeignKey(
        SpecialistGroup, models.PROTECT, null=True, related_name="+", verbose_name="专业代表小组"
    )
    organiser = models.ForeignKey(Organisation, models.PROTECT, verbose_name="组织方")
    called_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="召集人"
    )
    called_at = models.DateTimeField("通知时间", null=True)
    answer_by = models.DateField("报名截止", null=True)
    why = models.CharField("取消原因", max_length=100, blank=True)
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    registered_at = models.DateTimeField("登记时间", null=True)
    report = models.TextField("活动小结", max_length=3000, blank=True)
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="小结人"
    )
    reported_at = models.DateTimeField("小结时间", null=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        ordering = ("-held_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="activity_is_for_one_circle",
                condition=Q(group__isnull=False, assembly__isnull=True, specialists__isnull=True)
                | Q(group__isnull=True, assembly__isnull=False, specialists__isnull=True)
                | Q(group__isnull=True, assembly__isnull=True, specialists__isnull=False),
                violation_error_message="活动面向一个小组、一个专业小组或者全体代表。",
            ),
            models.CheckConstraint(
                name="activity_of_a_squad_is_of_a_group",
                condition=Q(squad__isnull=True) | Q(group__isnull=False),
                violation_error_message="小分队的活动也是小组的活动。",
            ),
            models.UniqueConstraint(
                name="activity_registered_once",
                fields=("item", "title", "held_on", "group", "squad", "assembly", "specialists"),
                condition=~Q(state=ActivityState.CALLED_OFF),
                nulls_distinct=False,
                violation_error_message="这次活动已经登记过。",
            ),
            models.CheckConstraint(
                name="activity_called_has_who_when_and_hours",
                condition=Q(
                    called_by__isnull=False,
                    called_at__isnull=False,
                    answer_by__isnull=False,
                    ends_at__gt=F("starts_at"),
                )
                | Q(
                    state=ActivityState.HELD,
                    called_by__isnull=True,
                    called_at__isnull=True,
                    answer_by__isnull=True,
                    starts_at__isnull=True,
                    ends_at__isnull=True,
                ),
                violation_error_message="通知的活动必须有召集人、起止时间和报名截止日。",
            ),
            models.CheckConstraint(
                name="activity_held_has_who_registered",
                condition=Q(
                    state=ActivityState.HELD,
                    registered_by__isnull=False,
                    registered_at__isnull=False,
                )
                | (
                    ~Q(state=ActivityState.HELD)
                    & Q(registered_by__isnull=True, registered_at__isnull=True)
                ),
                violation_error_message="登记到场必须有人和时间。",
            ),
            models.CheckConstraint(
                name="activity_called_off_has_reason",
                condition=(Q(state=ActivityState.CALLED_OFF) & ~Q(why=""))
                | (~Q(state=ActivityState.CALLED_OFF) & Q(why="")),
                violation_error_message="取消活动必须写明原因。",
            ),
            models.CheckConstraint(
                name="activity_reported_has_who_and_when",
                condition=(
                    Q(state=ActivityState.HELD, reported_by__isnull=False)
                    & Q(reported_at__isnull=False)
                    & ~Q(report="")
                )
                | Q(report="", reported_by__isnull=True, reported_at__isnull=True),
                violation_error_message="活动小结必须有内容、人和时间，举行以后才写。",
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
