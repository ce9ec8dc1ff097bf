"""积分账: entries that are never changed, only reversed, and the total kept beside them."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Rank

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Assembly
from deputies.models import Deputy, DutyRecord
from scoring.models.rulebook import Rule


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> Self:
        """The committee's desk sees every line, a deputy their own."""
        if actor.at_the_desk:
            return self
        return self.filter(deputy__user=actor.user) if actor.user else self.none()

    def standing(self) -> Self:
        """Neither taken back nor taking back."""
        return self.filter(reverses=None, entry=None)


class Entry(models.Model):
    """一笔积分. The app's database role may insert and read these rows, and nothing else."""

    ADDED_LATER = ("corrects",)
    """Columns that are no part of a seal while they are empty: older seals hold."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="entries", verbose_name="代表")
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    year = models.PositiveSmallIntegerField("年度")
    rule = models.ForeignKey(Rule, models.PROTECT, verbose_name="规则")
    record = models.ForeignKey(DutyRecord, models.PROTECT, verbose_name="履职记录")
    points = models.DecimalField("分", max_digits=6, decimal_places=1)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, verbose_name="冲销哪一笔")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="correction", verbose_name="改正哪一笔"
    )
    posted_at = models.DateTimeField("记账时间", default=clock.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分账"
        ordering = ("id",)
        indexes = [
            models.Index(
                fields=("assembly", "year", "deputy"), include=("points",), name="entry_by_year"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="entry_once_per_record_and_assembly",
                fields=("record", "assembly"),
                condition=Q(reverses__isnull=True, corrects__isnull=True),
            ),
            models.CheckConstraint(
                name="entry_is_positive_or_reverses",
                condition=Q(reverses__isnull=True, points__gt=0)
                | Q(reverses__isnull=False, corrects__isnull=True, points__lt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} {self.points}"

    @property
    def quantity(self) -> int:
        """How many units of its rule: a correction may count others than the record names."""
        return int(abs(self.points) / self.rule.points)


class YearTotalQuerySet(models.QuerySet["YearTotal"]):
    def board(self, assembly: Assembly, year: int) -> Self:
        """The year's ranking, ties sharing a rank: most points first."""
        rows = self.filter(assembly=assembly, year=year)
        rank = models.Window(Rank(), order_by=F("total").desc())
        return rows.annotate(rank=rank).order_by("-total", "deputy__stroke_key")


class YearTotal(models.Model):
    """年度积分: what the entries add up to under the ceilings, moved in the same transaction."""

    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="year_totals", verbose_name="代表"
    )
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    year = models.PositiveSmallIntegerField("年度")
    base = models.DecimalField("基础分", max_digits=6, decimal_places=1, default=Decimal(0))
    bonus = models.DecimalField("附加分", max_digits=6, decimal_places=1, default=Decimal(0))
    total = models.DecimalField("总分", max_digits=6, decimal_places=1, default=Decimal(0))

    objects = YearTotalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度积分"
        indexes = [models.Index(fields=("assembly", "year", "-total"), name="total_board")]
        constraints = [
            models.UniqueConstraint(
                name="total_once_per_deputy_assembly_and_year",
                fields=("deputy", "assembly", "year"),
            ),
            models.CheckConstraint(
                name="total_is_base_and_bonus",
                condition=Q(total=F("base") + F("bonus"), base__gte=0, bonus__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} {self.year} {self.total}"
