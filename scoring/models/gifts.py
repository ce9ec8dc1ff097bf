"""积分超市的奖品: what a station offers, and every piece that came in or went out."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from stations.models import Station


class GiftQuerySet(models.QuerySet["Gift"]):
    def on_offer(self, day: date) -> Self:
        """What a deputy may choose from on that day, were there any left."""
        until = Q(offered_until=None) | Q(offered_until__gte=day)
        return self.filter(until, withdrawn_at=None, offered_from__lte=day)

    def of_desk(self, actor: Actor) -> Self:
        """The committee's desk sees every station's; a keeper or a township's office its own."""
        return self.filter(station__in=Station.objects.run_by(actor))

    def visible_to(self, actor: Actor) -> Self:
        """Deputies choose at any station; whoever runs some sees what those have."""
        return self if actor.is_a(Role.DEPUTY) else self.of_desk(actor)


class Gift(models.Model):
    """一种奖品 of one station. `on_shelf` and `held` are kept beside the moves and the holds."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="gifts", verbose_name="家站")
    name = models.CharField("奖品", max_length=30)
    price = models.PositiveSmallIntegerField("兑换额度")
    limit = models.PositiveSmallIntegerField("每人每年最多几件", default=1)
    picture = models.FileField("照片", upload_to="gifts/%Y", max_length=120, blank=True)
    offered_from = models.DateField("从哪天起兑换")
    offered_until = models.DateField("兑换到哪天", null=True)
    on_shelf = models.PositiveIntegerField("库存", default=0)
    held = models.PositiveIntegerField("已预留", default=0)
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上架人")
    offered_at = models.DateTimeField("上架时间", default=clock.now)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="下架人"
    )
    withdrawn_at = models.DateTimeField("下架时间", null=True)

    objects = GiftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分超市奖品"
        ordering = ("station__area__position", "station__position", "station_id", "price", "name")
        constraints = [
            models.UniqueConstraint(
                name="gift_once_per_station_while_offered",
                fields=("station", "name"),
                condition=Q(withdrawn_at=None),
                violation_error_message="这个家站已经有同名的奖品，请先下架。",
            ),
            models.CheckConstraint(
                name="gift_has_a_price_and_a_limit",
                condition=~Q(name="") & Q(price__gt=0, limit__gt=0),
                violation_error_message="奖品要有名称、兑换额度和每人件数。",
            ),
            models.CheckConstraint(
                name="gift_days_in_order",
                condition=Q(offered_until=None) | Q(offered_until__gte=F("offered_from")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="gift_promises_no_more_than_it_has",
                condition=Q(held__gte=0, on_shelf__gte=F("held")),
                violation_error_message="预留的件数不能多于库存。",
            ),
            models.CheckConstraint(
                name="gift_withdrawn_has_who_and_when",
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                violation_error_message="下架必须有经手人和时间。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int:
        """How many nobody has reserved."""
        return self.on_shelf - self.held


class WriteOffQuerySet(models.QuerySet["WriteOff"]):
    def waiting(self) -> Self:
        """Neither confirmed nor dropped."""
        return self.filter(confirmed_at=None, dropped_at=None)


class WriteOff(models.Model):
    """报损: asked for by one, confirmed by another; only then are the pieces gone."""

    gift = models.ForeignKey(Gift, models.PROTECT, related_name="write_offs", verbose_name="奖品")
    count = models.PositiveSmallIntegerField("件数")
    reason = models.CharField("原因", max_length=100)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间", default=clock.now)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )
    confirmed_at = models.DateTimeField("复核时间", null=True)
    dropped_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="不同意或撤回的人"
    )
    dropped_at = models.DateTimeField("不同意或撤回时间", null=True)

    objects = WriteOffQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "奖品报损"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="write_off_says_how_many_and_why",
                condition=Q(count__gt=0) & ~Q(reason=""),
                violation_error_message="报损要写件数和原因。",
            ),
            models.CheckConstraint(
                name="write_off_takes_two",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                violation_error_message="报损要两个人：提出的人不能自己复核。",
            ),
            models.CheckConstraint(
                name="write_off_ends_once_by_whom_and_when",
                condition=Q(confirmed_by=None, confirmed_at=None, dropped_by=None, dropped_at=None)
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    dropped_by=None,
                    dropped_at=None,
                )
                | Q(
                    confirmed_by=None,
                    confirmed_at=None,
                    dropped_by__isnull=False,
                    dropped_at__isnull=False,
                ),
                violation_error_message="报损只能有一个结果，并有经手人和时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gift} 报损 {self.count} 件"


class StockKind(models.TextChoices):
    RECEIVED = "received", "进货"
    HANDED_OUT = "handed_out", "发放"
    RETURNED = "returned", "退回"
    WRITTEN_OFF = "written_off", "报损"


COMES_IN = (StockKind.RECEIVED, StockKind.RETURNED)


class StockMove(models.Model):
    """一笔库存变动. The app's database role may insert and read these rows, and nothing else."""

    gift = models.ForeignKey(Gift, models.PROTECT, related_name="moves", verbose_name="奖品")
    kind = models.CharField("种类", max_length=12, choices=StockKind)
    count = models.PositiveSmallIntegerField("件数")
    on = models.DateField("日期")
    redemption = models.ForeignKey(
        "scoring.Redemption", models.PROTECT, null=True, related_name="moves", verbose_name="兑换"
    )
    write_off = models.OneToOneField(WriteOff, models.PROTECT, null=True, verbose_name="报损")
    note = models.CharField("说明", max_length=100, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经手人")
    second = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="复核人"
    )
    at = models.DateTimeField("记录时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "奖品库存变动"
        ordering = ("id",)
        indexes = [models.Index(fields=("gift", "on"), name="stock_move_of_gift_by_day")]
        constraints = [
            models.CheckConstraint(name="stock_move_counts", condition=Q(count__gt=0)),
            models.CheckConstraint(
                name="stock_move_knows_its_redemption",
                condition=Q(kind=StockKind.RECEIVED, redemption=None, write_off=None)
                | Q(
                    kind__in=(StockKind.HANDED_OUT, StockKind.RETURNED),
                    count=1,
                    redemption__isnull=False,
                    write_off=None,
                )
                | Q(kind=StockKind.WRITTEN_OFF, redemption=None, write_off__isnull=False)
                | Q(kind=StockKind.WRITTEN_OFF, count=1, redemption__isnull=False, write_off=None),
                violation_error_message="发放和退回必须对着一次兑换，报损必须对着一次报损或冲回。",
            ),
            models.CheckConstraint(
                name="stock_move_written_off_takes_two",
                condition=(~Q(kind=StockKind.WRITTEN_OFF) | Q(second__isnull=False))
                & (Q(second=None) | ~Q(second=F("by"))),
                violation_error_message="报损要两个人。",
            ),
            models.UniqueConstraint(
                name="stock_move_once_per_redemption_and_kind",
                fields=("redemption", "kind"),
                condition=Q(redemption__isnull=False),
                violation_error_message="同一次兑换不能记两次。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gift_id} {self.get_kind_display()} {self.count}"
