"""换班、请假、日历订阅: what a deputy asks of the rota."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from stations.models.places import Posting, Station
from stations.models.rota import RotaSlot
from stations.states import SWAP_STEPS, SwapState


class SwapQuerySet(models.QuerySet["Swap"]):
    def waiting(self) -> Self:
        """Asked and not answered, the nearest turn first."""
        return self.filter(state=SwapState.ASKED).order_by("slot__day__held_on", "pk")

    def touching(self, slots: Sequence[RotaSlot]) -> Self:
        """Those that would move one of these turns."""
        return self.filter(Q(slot__in=slots) | Q(theirs__in=slots))

    def visible_to(self, actor: Actor) -> Self:
        """The two deputies' own."""
        if actor.user is None:
            return self.none()
        return self.filter(Q(slot__deputy__user=actor.user) | Q(asked__user=actor.user))


class Swap(Stepped):
    """换班: one deputy asks another to take a turn, in exchange for one of theirs or for none."""

    STEPS = SWAP_STEPS
    state = models.CharField("状态", max_length=20, choices=SwapState, default=SwapState.ASKED)
    slot = models.ForeignKey(
        RotaSlot, models.PROTECT, related_name="swaps", verbose_name="要换的班"
    )
    asked = models.ForeignKey(
        Deputy, models.PROTECT, related_name="swaps_asked", verbose_name="请谁来"
    )
    theirs = models.ForeignKey(
        RotaSlot, models.PROTECT, null=True, related_name="swaps_back", verbose_name="换回的班"
    )
    words = models.CharField("说明", max_length=100, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    settled_at = models.DateTimeField("答复时间", null=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "换班"
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="swap_one_open_per_turn",
                fields=("slot",),
                condition=Q(state=SwapState.ASKED),
                violation_error_message="这一班已经在请人换，等答复或撤回以后再提。",
            ),
            models.CheckConstraint(
                name="swap_settled_has_when",
                condition=Q(state=SwapState.ASKED, settled_at__isnull=True)
                | (~Q(state=SwapState.ASKED) & Q(settled_at__isnull=False)),
                violation_error_message="答复过的换班必须有时间。",
            ),
            models.CheckConstraint(
                name="swap_is_for_another_turn",
                condition=Q(theirs__isnull=True) | ~Q(theirs=F("slot")),
                violation_error_message="换回的班不能是同一班。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} → {self.asked}"


class RotaLeaveQuerySet(models.QuerySet["RotaLeave"]):
    def standing(self) -> Self:
        """Not called off."""
        return self.filter(ended_at=None)

    def days_away(self, deputies: Collection[int], days: Collection[date]) -> dict[int, set[date]]:
        """On which of these days each of them cannot come."""
        if not days:
            return {}
        span = {"from_on__lte": max(days), "to_on__gte": min(days)}
        rows = self.standing().filter(deputy__in=deputies, **span)
        away: dict[int, set[date]] = {}
        for deputy, first, last in rows.values_list("deputy", "from_on", "to_on"):
            away.setdefault(deputy, set()).update(day for day in days if first <= day <= last)
        return away

    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; at the township and the keeper those of who serves there; one's own."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK, Role.KEEPER):
            here = Posting.objects.open().filter(station__in=Station.objects.run_by(actor))
            return self.filter(deputy__in=here.values("deputy"))
        return self.filter(deputy__user=actor.user)


class RotaLeave(models.Model):
    """轮值请假: days on which a deputy cannot receive voters; no turn falls on them."""

    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="rota_leaves", verbose_name="代表"
    )
    from_on = models.DateField("从哪一天")
    to_on = models.DateField("到哪一天")
    reason = models.CharField("原因", max_length=60)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    taken_at = models.DateTimeField("登记时间")
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="销假人"
    )
    ended_at = models.DateTimeField("销假时间", null=True)

    objects = RotaLeaveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "轮值请假"
        ordering = ("-from_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="rota_leave_ends_after_it_begins",
                condition=Q(to_on__gte=F("from_on")),
                violation_error_message="请假的最后一天不能早于第一天。",
            ),
            models.CheckConstraint(
                name="rota_leave_ended_has_who_and_when",
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                violation_error_message="销假必须有人和时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.from_on}—{self.to_on}"


class RotaFeedQuerySet(models.QuerySet["RotaFeed"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class RotaFeed(models.Model):
    """日历订阅: a secret address that shows one deputy's turns; stopping it ends the address."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="代表")
    token = models.CharField("密钥", max_length=43, unique=True)
    made_at = models.DateTimeField("开通时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    objects = RotaFeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "轮值日历订阅"
        constraints = [
            models.UniqueConstraint(
                name="rota_feed_one_open_per_deputy",
                fields=("deputy",),
                condition=Q(ended_at__isnull=True),
                violation_error_message="一名代表只有一个在用的订阅地址。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy} 的轮值日历"
