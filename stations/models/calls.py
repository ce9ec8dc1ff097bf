"""通知与报名: whom an activity was called for and what each said; its tags and photos."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from stations.models.campaigns import Tag
from stations.models.events import Activity
from stations.states import INVITEE_STEPS, ActivityState, InviteeState

LEAVES = (InviteeState.LEAVE_ASKED, InviteeState.LEAVE_GRANTED, InviteeState.LEAVE_REFUSED)
DECIDED = (InviteeState.LEAVE_GRANTED, InviteeState.LEAVE_REFUSED)


class InviteeQuerySet(models.QuerySet["Invitee"]):
    def visible_to(self, actor: Actor) -> Self:
        """The organisers' and one's own."""
        mine = Q(activity__in=Activity.objects.visible_to(actor))
        return self.filter(mine | Q(deputy__user=actor.user)) if actor.user else self.none()

    def to_come(self) -> Self:
        """Of activities that are called and neither held nor called off, the nearest first."""
        rows = self.filter(activity__state=ActivityState.CALLED)
        return rows.order_by("activity__starts_at", "activity_id")

    def waiting_for_a_decision(self) -> Self:
        """请假待批."""
        return self.filter(state=InviteeState.LEAVE_ASKED, activity__state=ActivityState.CALLED)

    def in_name_order(self) -> Self:
        return self.order_by("deputy__stroke_key", "deputy_id")


class Invitee(Stepped):
    """应到代表: called to an activity; comes, or asks for leave that somebody decides on."""

    STEPS = INVITEE_STEPS
    state = models.CharField(
        "答复", max_length=20, choices=InviteeState, default=InviteeState.ASKED
    )
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="invitees", verbose_name="活动"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="calls", verbose_name="代表")
    answered_at = models.DateTimeField("答复时间", null=True)
    reason = models.CharField("请假原因", max_length=60, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="批假人"
    )
    decided_at = models.DateTimeField("批假时间", null=True)
    words = models.CharField("批假意见", max_length=60, blank=True)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "应到代表"
        constraints = [
            models.UniqueConstraint(
                name="invitee_once_per_activity",
                fields=("activity", "deputy"),
                violation_error_message="同一次活动每位代表只通知一次。",
            ),
            models.CheckConstraint(
                name="invitee_answered_has_when",
                condition=Q(state=InviteeState.ASKED, answered_at__isnull=True)
                | (~Q(state=InviteeState.ASKED) & Q(answered_at__isnull=False)),
                violation_error_message="答复必须有时间。",
            ),
            models.CheckConstraint(
                name="invitee_on_leave_has_reason",
                condition=(Q(state__in=LEAVES) & ~Q(reason=""))
                | (~Q(state__in=LEAVES) & Q(reason="")),
                violation_error_message="请假必须写明原因。",
            ),
            models.CheckConstraint(
                name="invitee_decided_has_who_and_when",
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | (
                    ~Q(state__in=DECIDED)
                    & Q(decided_by__isnull=True, decided_at__isnull=True, words="")
                ),
                violation_error_message="批假必须有人和时间。",
            ),
            models.CheckConstraint(
                name="invitee_refused_says_why",
                condition=~Q(state=InviteeState.LEAVE_REFUSED) | ~Q(words=""),
                violation_error_message="不准假必须写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.get_state_display()}"


class ActivityTag(models.Model):
    """一次活动的方式: which items of 三进, 五亮, 六查 it goes by."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="tags", verbose_name="活动")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="+", verbose_name="活动方式")

    class Meta:
        verbose_name = verbose_name_plural = "活动的方式"
        ordering = ("tag__position", "id")
        constraints = [
            models.UniqueConstraint(
                name="activity_tag_once",
                fields=("activity", "tag"),
                violation_error_message="这种方式已经选过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tag}"


class ActivityPhoto(models.Model):
    """活动照片: drawn anew, under a random name; whoever may read the activity may see it."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="photos", verbose_name="活动"
    )
    file = models.FileField("照片", upload_to="activities/%Y/%m", max_length=120)
    digest = models.CharField("照片摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "活动照片"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="activity_photo_once",
                fields=("activity", "digest"),
                violation_error_message="这张照片已经有了。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}"
