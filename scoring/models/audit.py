"""查账记录: every run of the audit is kept, and the head of the chain it saw; 月报 keep theirs."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Assembly, AuditEvent, User

ASKED, GAVE_UP = "audit_asked", "audit_given_up"


class LedgerAuditQuerySet(models.QuerySet["LedgerAudit"]):
    def visible_to(self, actor: Actor) -> Self:
        """The committee's desk; the public reads one line of the latest."""
        return self if actor.at_the_desk else self.none()

    def latest_run(self) -> "LedgerAudit | None":
        return self.order_by("-at", "-pk").first()

    def asked(self) -> AuditEvent | None:
        """现在查一次: who asked for a run that has not come yet, nor failed.

        A run that was under way already when it was asked for is none: it looked earlier.
        """
        said = AuditEvent.objects.filter(subject=self.model._meta.label, now__in=(ASKED, GAVE_UP))
        last, run = said.order_by("-at", "-pk").first(), self.latest_run()
        if last is None or last.now == GAVE_UP:
            return None
        return last if run is None or run.began_at < last.at else None


class LedgerAudit(models.Model):
    """一次查账. The app's database role may insert and read these rows, and nothing else."""

    at = models.DateTimeField("查账时间", default=clock.now)
    entries = models.PositiveBigIntegerField("笔数")
    drift = models.DecimalField("相差分数", max_digits=10, decimal_places=1)
    chain = models.CharField("链上不符", max_length=300, blank=True)
    faults = models.PositiveIntegerField("不符几处")
    seconds = models.DecimalField("用时（秒）", max_digits=8, decimal_places=2)
    head_number = models.PositiveBigIntegerField("链首封签号")
    head_digest = models.CharField("链首摘要", max_length=64)

    objects = LedgerAuditQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "查账记录"
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(
                name="ledger_audit_with_drift_or_broken_chain_has_faults",
                condition=Q(faults__gt=0) | Q(drift=0, chain=""),
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.entries} {self.faults}"

    @property
    def counted(self) -> str:
        """26,418: how many lines, as they are read."""
        return f"{self.entries:,}"

    @property
    def began_at(self) -> datetime:
        """When it began to look."""
        return self.at - timedelta(seconds=float(self.seconds))

    @property
    def agrees(self) -> bool:
        return self.faults == 0


class LedgerFault(models.Model):
    """查出的一处不符, in the sentence that was told. Never changed."""

    audit = models.ForeignKey(
        LedgerAudit, models.PROTECT, related_name="sentences", verbose_name="查账记录"
    )
    position = models.PositiveSmallIntegerField("次序")
    sentence = models.CharField("不符之处", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "查账不符"
        ordering = ("audit", "position")
        constraints = [
            models.UniqueConstraint(name="ledger_fault_position_once", fields=("audit", "position"))
        ]

    def __str__(self) -> str:
        return self.sentence


class LedgerAnchorQuerySet(models.QuerySet["LedgerAnchor"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.at_the_desk else self.none()


class LedgerAnchor(models.Model):
    """积分月报: what its paper says of the chain and of the people, kept when it is first made.

    The lines of the month cannot change any more; whoever sat that month may be mended later,
    therefore those two numbers stand here. So the sheet is the same to the byte whenever printed.
    """

    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    month = models.DateField("月份")
    audit = models.ForeignKey(LedgerAudit, models.PROTECT, verbose_name="查账记录")
    head_number = models.PositiveBigIntegerField("链首封签号")
    head_digest = models.CharField("链首摘要", max_length=64)
    seated = models.PositiveIntegerField("月末在任代表")
    without = models.PositiveIntegerField("当月没有记分的代表")
    made_at = models.DateTimeField("制作时间")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="制作人")

    objects = LedgerAnchorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分月报"
        ordering = ("-month", "assembly")
        constraints = [
            models.UniqueConstraint(
                name="ledger_anchor_once_per_assembly_and_month", fields=("assembly", "month")
            ),
            models.CheckConstraint(
                name="ledger_anchor_month_is_a_first", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="ledger_anchor_counts_within_seated", condition=Q(without__lte=F("seated"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly} {self.month.year} 年 {self.month.month} 月积分月报"
