"""来访登记: who came to a reception day or rang, and what they said (人大代表接待选民登记表)."""

from datetime import date
from typing import Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from stations.models.places import Station
from stations.models.rota import ReceptionDay
from stations.states import VISIT_STEPS, VisitState


class Way(models.TextChoices):
    DAY = "day", "接待日来访"
    STATION = "station", "平时到站"
    CALL = "call", "来电"
    DOOR = "door", "代表走访"


class Consent(models.TextChoices):
    """回访告知: whether the voter wants to be told what becomes of it."""

    YES = "yes", "愿意"
    NO = "no", "不用告知"


class VisitQuerySet(models.QuerySet["Visit"]):
    def taken(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(state=VisitState.TAKEN)

    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the township's, the keeper's, and what a deputy received."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(station__area=actor.area_id)
        if actor.is_a(Role.KEEPER):
            return self.filter(station__keeper=actor.user)
        if actor.is_a(Role.DEPUTY, Role.CONVENOR):
            return self.filter(deputy__user=actor.user)
        return self.none()

    def over(self, *, ended: date, came: date) -> Self:
        """Told before the one day, or never and come before the other: nobody rings any more."""
        told = Q(issue__telling__told_on__lt=ended)
        return self.filter(told | Q(came_on__lt=came)).exclude(caller="", contact="")


class Visit(Stepped):
    """来访登记: one voter, one matter; the voter's name and number go when they are not needed."""

    STEPS = VISIT_STEPS
    state = models.CharField("状态", max_length=20, choices=VisitState, default=VisitState.TAKEN)
    station = models.ForeignKey(Station, models.PROTECT, related_name="visits", verbose_name="家站")
    day = models.ForeignKey(
        ReceptionDay, models.PROTECT, null=True, related_name="visits", verbose_name="接待日"
    )
    way = models.CharField("来访方式", max_length=10, choices=Way)
    came_on = models.DateField("来访日期")
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="visits", verbose_name="接待代表"
    )
    caller = models.CharField("来访人", max_length=20, blank=True)
    contact = models.CharField("联系电话", max_length=40, blank=True)
    place = models.CharField("村（社区）", max_length=40, blank=True)
    people = models.PositiveSmallIntegerField("来访人数", default=1)
    words = models.TextField("反映的事", max_length=1000)
    consent = models.CharField("回访告知", max_length=10, choices=Consent)
    token = models.UUIDField("登记凭据", editable=False, db_default=RandomUUID())
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    why = models.CharField("撤回原因", max_length=100, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "来访登记"
        ordering = ("-came_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="visit_of_a_reception_day_names_it",
                condition=Q(way=Way.DAY, day__isnull=False)
                | (~Q(way=Way.DAY) & Q(day__isnull=True)),
                violation_error_message="接待日来访要写明是哪个接待日，其他来访没有接待日。",
            ),
            models.CheckConstraint(
                name="visit_says_something",
                condition=~Q(words="") & Q(people__gte=1),
                violation_error_message="来访登记要写明反映的事和人数。",
            ),
            models.CheckConstraint(
                name="visit_withdrawn_has_reason",
                condition=(Q(state=VisitState.WITHDRAWN) & ~Q(why=""))
                | Q(state=VisitState.TAKEN, why=""),
                violation_error_message="撤回的登记必须写明原因。",
            ),
            models.UniqueConstraint(
                name="visit_sent_once",
                fields=("token",),
                violation_error_message="这次来访已经登记。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.came_on}"
