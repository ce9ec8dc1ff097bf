"""The trail of what was done, the seals that show tampering, and the outbox of notices."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.models.people import User


class AuditEvent(models.Model):
    """办理痕迹: one step, in plain text, so that it neither blocks nor follows a deletion.

    The app's database role may insert and read these rows, and nothing else.
    """

    subject = models.CharField("对象", max_length=60)
    subject_id = models.BigIntegerField("编号")
    was = models.CharField("原状态", max_length=30, blank=True)
    now = models.CharField("现状态", max_length=30)
    by_id = models.BigIntegerField("操作人编号", null=True)
    by_name = models.CharField("操作人", max_length=40)
    post = models.CharField("任职", max_length=60, blank=True)
    at = models.DateTimeField("时间", default=clock.now)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理痕迹"
        ordering = ("id",)
        indexes = [models.Index(fields=("subject", "subject_id"), name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.by_name} {self.now}"


class Seal(models.Model):
    """封签: the link of one row of a trail into that trail's hash chain. Never changed."""

    trail = models.CharField("链", max_length=20)
    number = models.BigIntegerField("序号")
    row_id = models.BigIntegerField("行")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "封签"
        ordering = ("trail", "number")
        constraints = [
            models.UniqueConstraint(name="seal_number_once_per_trail", fields=("trail", "number")),
            models.UniqueConstraint(name="seal_row_once_per_trail", fields=("trail", "row_id")),
        ]

    def __str__(self) -> str:
        return f"{self.trail} {self.number}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> Self:
        """This person's notices, read and unread."""
        return self.filter(person=user)

    def unread(self, user: User) -> Self:
        return self.filter(person=user, read_at__isnull=True)

    def waiting(self) -> Self:
        """To be mailed and not yet claimed by a worker."""
        return self.filter(sent_at__isnull=True, claimed_at__isnull=True).exclude(person__email="")


class Notice(models.Model):
    """通知: written by verbs and reminders, mailed by a task; `key` makes writing repeatable."""

    person = models.ForeignKey(User, models.PROTECT, related_name="notices", verbose_name="收件人")
    key = models.CharField("唯一键", max_length=80)
    text = models.CharField("内容", max_length=300)
    link = models.CharField("去处", max_length=200)
    written_at = models.DateTimeField("写下时间", default=clock.now)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)
    claimed_at = models.DateTimeField("认领时间", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(name="notice_once_per_person_and_key", fields=("person", "key"))
        ]
        indexes = [
            models.Index(
                fields=("person",), name="notice_unread", condition=Q(read_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.text
