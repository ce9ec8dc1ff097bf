"""现场签到: who stood there and when, by the screen's code, by their own or by hand."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.models import User
from deputies.models import Deputy
from stations.models.events import Activity


class CheckInWay(models.TextChoices):
    """How one signs in."""

    CODE = "code", "扫会场的码"
    CARD = "card", "出示代表码"
    HAND = "hand", "按名单代签"


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def present_at(self, activity: Activity) -> Self:
        """Whom the holding list begins with as present: one row per deputy, by strokes.

        All that were received count, those on the anomaly list too: people judge, never a rule.
        `values_list("deputy")` is the set of the deputies.
        """
        rows = self.filter(activity=activity).select_related("deputy")
        return rows.order_by("deputy__stroke_key", "deputy_id")


class CheckIn(models.Model):
    """签到: written once, never changed; what was mistaken is put right on the holding list."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="check_ins", verbose_name="活动"
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="check_ins", verbose_name="代表"
    )
    way = models.CharField("签到方式", max_length=10, choices=CheckInWay)
    at = models.DateTimeField("签到时间", help_text="没有网络时以设备记下的时刻为准")
    received_at = models.DateTimeField("收到时间")
    code_at = models.DateTimeField("会场码亮出的时间", null=True)
    reason = models.CharField("代签原因", max_length=100, blank=True)
    device = models.CharField("设备", max_length=64, blank=True, help_text="浏览器随机号的摘要")
    token = models.UUIDField("发送编号", default=uuid.uuid4)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "现场签到"
        ordering = ("-at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="check_in_once_per_deputy",
                fields=("activity", "deputy"),
                violation_error_message="这位代表已经签到。",
            ),
            models.UniqueConstraint(
                name="check_in_sent_once",
                fields=("activity", "token"),
                violation_error_message="这次签到已经收到。",
            ),
            models.CheckConstraint(
                name="check_in_by_code_knows_its_code",
                condition=Q(way=CheckInWay.CODE, code_at__isnull=False)
                | (~Q(way=CheckInWay.CODE) & Q(code_at__isnull=True)),
                violation_error_message="扫码签到必须有码亮出的时间。",
            ),
            models.CheckConstraint(
                name="check_in_by_hand_says_why",
                condition=(Q(way=CheckInWay.HAND) & ~Q(reason=""))
                | (~Q(way=CheckInWay.HAND) & Q(reason="")),
                violation_error_message="按名单代签必须写明原因。",
            ),
            models.CheckConstraint(
                name="check_in_happens_before_it_is_received",
                condition=Q(at__lte=F("received_at")),
                violation_error_message="签到时间不能晚于收到时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.get_way_display()}"


class WrongCode(models.Model):
    """猜错的会场码: counted for an hour, so that nobody tries figures until one fits."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="账号")
    asked_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "猜错的会场码"
        indexes = [models.Index(fields=("user", "asked_at"), name="wrong_code_of_whom_and_when")]

    def __str__(self) -> str:
        return f"{self.user}"
