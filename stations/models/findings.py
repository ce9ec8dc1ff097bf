"""问题: what deputies found themselves, at an activity or a 议事, and what became of it."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Q

from congress.shared.actors import Actor
from congress.shared.models import Area, Organisation, User
from congress.shared.roles import UNIT, Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from stations.models.campaigns import Topic
from stations.models.councils import Council
from stations.models.events import Activity
from stations.states import FINDING_STEPS, FindingState

OPEN_FINDINGS = (FindingState.FOUND, FindingState.HANDED)
"""Somebody still has to hand it on or to solve it."""


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the township's; a unit's, a group's, a keeper's and a deputy's own."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(area=actor.area_id)
        if actor.role in UNIT:
            return self.filter(unit=actor.organisation_id)
        own = Q(deputy__user=actor.user) | Q(raised_by=actor.user)
        if actor.is_a(Role.KEEPER):
            return self.filter(own | Q(council__station__keeper=actor.user))
        if actor.is_a(Role.CONVENOR):
            return self.filter(own | Q(activity__group__convenor=actor.user))
        return self.filter(own) if actor.is_a(Role.DEPUTY) else self.none()

    def counted(self) -> Self:
        """All but what was taken down by mistake."""
        return self.exclude(state=FindingState.WITHDRAWN)

    def waiting(self) -> Self:
        """What is due first stands first."""
        return self.filter(state__in=OPEN_FINDINGS).order_by("due_on", "pk")

    def overdue(self, today: date) -> Self:
        return self.filter(state__in=OPEN_FINDINGS, due_on__lt=today)

    def figures(self) -> dict[str, int]:
        """发现、解决: how many were found, and how many of these are solved."""
        solved = Count("pk", filter=Q(state=FindingState.SOLVED))
        return self.counted().order_by().aggregate(found=Count("pk"), solved=solved)


class Finding(Stepped):
    """问题: found by a deputy, handed to who can solve it, solved or not taken with a reason."""

    STEPS = FINDING_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=FindingState, default=FindingState.FOUND
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, related_name="findings", verbose_name="活动"
    )
    council = models.ForeignKey(
        Council, models.PROTECT, null=True, related_name="findings", verbose_name="议事"
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, related_name="findings", verbose_name="选题"
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="乡镇")
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="findings", verbose_name="发现的代表"
    )
    title = models.CharField("问题", max_length=60)
    words = models.TextField("具体情况", max_length=600)
    place = models.CharField("在哪里", max_length=60)
    found_on = models.DateField("发现日期")
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    raised_at = models.DateTimeField("登记时间")
    token = models.UUIDField("发送编号", default=uuid.uuid4)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="交办单位"
    )
    handler = models.CharField("交给谁", max_length=40, blank=True)
    due_on = models.DateField("期限", null=True)
    result = models.TextField("怎样解决的", max_length=600, blank=True)
    why = models.CharField("原因", max_length=200, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="办结人"
    )
    ended_at = models.DateTimeField("办结时间", null=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发现的问题"
        ordering = ("-found_on", "-id")
        constraints = [
            models.UniqueConstraint(
                name="finding_sent_once",
                fields=("token",),
                violation_error_message="这个问题已经登记。",
            ),
            models.CheckConstraint(
                name="finding_of_an_activity_or_of_a_council",
                condition=Q(activity__isnull=False, council__isnull=True)
                | Q(activity__isnull=True, council__isnull=False),
                violation_error_message="问题要么是活动中发现的，要么是议事时发现的。",
            ),
            models.CheckConstraint(
                name="finding_says_what_and_where",
                condition=~Q(title="") & ~Q(words="") & ~Q(place=""),
                violation_error_message="要写明是什么问题、在哪里、具体情况。",
            ),
            models.CheckConstraint(
                name="finding_that_waits_has_a_day",
                condition=Q(state__in=OPEN_FINDINGS, due_on__isnull=False)
                | (~Q(state__in=OPEN_FINDINGS) & Q(due_on__isnull=True)),
                violation_error_message="没有办完的问题必须有期限。",
            ),
            models.CheckConstraint(
                name="finding_handed_names_whom",
                condition=(Q(state=FindingState.FOUND) & Q(unit__isnull=True, handler=""))
                | (Q(state=FindingState.HANDED) & (Q(unit__isnull=False) | ~Q(handler="")))
                | ~Q(state__in=OPEN_FINDINGS),
                violation_error_message="交办要写明交给哪个单位或者谁。",
            ),
            models.CheckConstraint(
                name="finding_ended_has_who_when_and_words",
                condition=Q(
                    state__in=OPEN_FINDINGS,
                    ended_by__isnull=True,
                    ended_at__isnull=True,
                    result="",
                    why="",
                )
                | (
                    Q(state=FindingState.SOLVED, ended_by__isnull=False, ended_at__isnull=False)
                    & Q(why="")
                    & ~Q(result="")
                )
                | (
                    Q(
                        state__in=(FindingState.DECLINED, FindingState.WITHDRAWN),
                        ended_by__isnull=False,
                        ended_at__isnull=False,
                        result="",
                    )
                    & ~Q(why="")
                ),
                violation_error_message="解决要写明怎样解决的，不予采纳和撤回要写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FindingPhotoOf(models.TextChoices):
    FOUND = "found", "发现时"
    SOLVED = "solved", "解决后"


class FindingPhoto(models.Model):
    """问题照片: drawn anew, under a random name; whoever may read the finding may see it."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="photos", verbose_name="问题")
    of = models.CharField("什么时候的", max_length=10, choices=FindingPhotoOf)
    file = models.FileField("照片", upload_to="findings/%Y/%m", max_length=120)
    digest = models.CharField("照片摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "问题照片"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="finding_photo_once",
                fields=("finding", "digest"),
                violation_error_message="这张照片已经有了。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding}"
