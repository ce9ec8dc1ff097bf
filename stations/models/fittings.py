"""六有: what every home and station must have, and what its keeper finds there each year."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from congress.shared.models import User
from stations.models.places import Station


class StandardQuerySet(models.QuerySet["Standard"]):
    def running(self, day: date | Combinable) -> Self:
        """What a place must have on that day."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day)


class Standard(models.Model):
    """六有的一项, as dated data: counties differ in the list."""

    name = models.CharField("名称", max_length=20, unique=True)
    words = models.CharField("怎样算有", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    from_on = models.DateField("起用日期")
    to_on = models.DateField("停用日期", null=True, blank=True)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "六有项目"
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                name="standard_ends_after_it_begins",
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                violation_error_message="停用日期要晚于起用日期。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class StationCheckQuerySet(models.QuerySet["StationCheck"]):
    def newest(self) -> Self:
        """The last one of each place."""
        return self.order_by("station_id", "-checked_at", "-pk").distinct("station_id")


class StationCheck(models.Model):
    """六有自查: what was found at a place on a day; the last one says how it stands."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="checks", verbose_name="家站")
    checked_on = models.DateField("自查日期")
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="自查人")
    checked_at = models.DateTimeField("登记时间")

    objects = StationCheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "六有自查"
        ordering = ("-checked_at", "-id")

    def __str__(self) -> str:
        return f"{self.station} {self.checked_on}"


class CheckMark(models.Model):
    """自查的一项: there, or what is missing of it."""

    check_of = models.ForeignKey(
        StationCheck, models.PROTECT, related_name="marks", verbose_name="自查"
    )
    standard = models.ForeignKey(Standard, models.PROTECT, verbose_name="项目")
    met = models.BooleanField("有没有")
    lacks = models.CharField("缺什么", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "自查结果"
        ordering = ("standard__position", "id")
        constraints = [
            models.UniqueConstraint(
                name="check_mark_once_per_standard",
                fields=("check_of", "standard"),
                violation_error_message="一次自查每项只记一次。",
            ),
            models.CheckConstraint(
                name="check_mark_missing_says_what",
                condition=Q(met=True, lacks="") | (Q(met=False) & ~Q(lacks="")),
                violation_error_message="没有的要写明缺什么。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}：{self.lacks or '有'}"
