"""调整编组: moves of a township's deputies made together, to be taken back together."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import Area, User
from congress.shared.workflow import Stepped
from deputies.models.groups import DeputyGroup
from deputies.models.people import Deputy
from deputies.states import REGROUPING_STEPS, RegroupingState


class RegroupingQuerySet(models.QuerySet["Regrouping"]):
    def visible_to(self, actor: Actor) -> Self:
        """Made and taken back at the committee's desk."""
        return self if actor.at_the_desk else self.none()

    def undoable(self, since: date) -> Self:
        """Made on that day or later, and still standing."""
        return self.filter(state=RegroupingState.MADE, made_at__date__gte=since)


class Regrouping(Stepped):
    """调整编组: who went from which group of a township to which, from one day on."""

    STEPS = REGROUPING_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=RegroupingState, default=RegroupingState.MADE
    )
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="乡镇")
    from_on = models.DateField("从哪天起")
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="经办人", related_name="+")
    made_at = models.DateTimeField("调整时间")

    objects = RegroupingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "调整编组"
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.area}{self.from_on:%Y-%m-%d}调整编组"


class Move(models.Model):
    """调组: one deputy of a regrouping."""

    regrouping = models.ForeignKey(
        Regrouping, models.PROTECT, related_name="moves", verbose_name="调整编组"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="代表")
    was = models.ForeignKey(DeputyGroup, models.PROTECT, related_name="+", verbose_name="原小组")
    now = models.ForeignKey(DeputyGroup, models.PROTECT, related_name="+", verbose_name="新小组")

    class Meta:
        verbose_name = verbose_name_plural = "调组"
        ordering = ("regrouping", "deputy__stroke_key")
        constraints = [
            models.UniqueConstraint(
                name="move_once_per_regrouping", fields=("regrouping", "deputy")
            ),
            models.CheckConstraint(name="move_leads_elsewhere", condition=~Q(was=F("now"))),
        ]

    def __str__(self) -> str:
        return f"{self.deputy}：{self.was}→{self.now}"
