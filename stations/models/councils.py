"""议事: where voters and deputies talk a matter over together, and what they settled."""

from typing import Self

from django.db import models
from django.db.models import Count, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from stations.models.places import Station
from stations.states import COUNCIL_STEPS, MATTER_STEPS, CouncilState, MatterState


class CouncilKind(models.Model):
    """议事形式: 场院会, 楼栋议事会, 进群入圈, as data: places differ in the list."""

    name = models.CharField("名称", max_length=20, unique=True)
    words = models.CharField("怎么议", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    to_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "议事形式"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class CouncilQuerySet(models.QuerySet["Council"]):
    def held(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(state=CouncilState.NOTED)

    def with_matters(self) -> Self:
        """Each with how many matters were agreed on and how many of them are done."""
        ended = Q(matters__state=MatterState.DONE)
        done = Count("matters", filter=ended, distinct=True)
        return self.annotate(agreed=Count("matters", distinct=True), done=done)

    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the township's, the keeper's, those a deputy took part in."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(station__area=actor.area_id)
        if actor.is_a(Role.KEEPER):
            return self.filter(station__keeper=actor.user)
        if actor.is_a(Role.DEPUTY, Role.CONVENOR):
            own = Deputy.objects.filter(user=actor.user)
            return self.filter(
                pk__in=CouncilDeputy.objects.filter(deputy__in=own).values("council")
            )
        return self.none()


class Council(Stepped):
    """议事会: when and where, about what, how many came, what was said."""

    STEPS = COUNCIL_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=CouncilState, default=CouncilState.NOTED
    )
    station = models.ForeignKey(
        Station, models.PROTECT, related_name="councils", verbose_name="家站"
    )
    kind = models.ForeignKey(CouncilKind, models.PROTECT, verbose_name="形式")
    held_on = models.DateField("议事日期")
    place = models.CharField("地点", max_length=60)
    topic = models.CharField("议题", max_length=60)
    people = models.PositiveSmallIntegerField("参加群众人数")
    notes = models.TextField("议事记录", max_length=2000)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    why = models.CharField("撤回原因", max_length=100, blank=True)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "议事"
        ordering = ("-held_on", "-id")
        constraints = [
            models.UniqueConstraint(
                name="council_noted_once",
                fields=("station", "held_on", "topic"),
                condition=Q(state=CouncilState.NOTED),
                violation_error_message="这个家站这一天的这个议题已经登记过。",
            ),
            models.CheckConstraint(
                name="council_says_something",
                condition=~Q(notes="") & Q(people__gte=1),
                violation_error_message="议事要写明记录和人数。",
            ),
            models.CheckConstraint(
                name="council_withdrawn_has_reason",
                condition=(Q(state=CouncilState.WITHDRAWN) & ~Q(why=""))
                | Q(state=CouncilState.NOTED, why=""),
                violation_error_message="撤回的登记必须写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class CouncilDeputy(models.Model):
    """参加议事的代表."""

    council = models.ForeignKey(
        Council, models.PROTECT, related_name="deputies", verbose_name="议事"
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name="代表")

    class Meta:
        verbose_name = verbose_name_plural = "参加议事的代表"
        ordering = ("deputy__stroke_key", "id")
        constraints = [
            models.UniqueConstraint(
                name="council_deputy_once",
                fields=("council", "deputy"),
                violation_error_message="同一次议事每位代表只记一次。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy}"


class CouncilPhoto(models.Model):
    """议事照片: drawn anew, under a random name; whoever may read the record may see it."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="photos", verbose_name="议事")
    file = models.FileField("照片", upload_to="councils/%Y/%m", max_length=120)
    digest = models.CharField("照片摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "议事照片"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="council_photo_once",
                fields=("council", "digest"),
                violation_error_message="这张照片已经有了。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.council}"


class Matter(Stepped):
    """议定事项: what was agreed on, and what became of it."""

    STEPS = MATTER_STEPS
    state = models.CharField("状态", max_length=20, choices=MatterState, default=MatterState.AGREED)
    council = models.ForeignKey(
        Council, models.PROTECT, related_name="matters", verbose_name="议事"
    )
    words = models.CharField("议定事项", max_length=100)
    result = models.CharField("办得怎样", max_length=200, blank=True)
    ended_on = models.DateField("办成日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "议定事项"
        ordering = ("council", "id")
        constraints = [
            models.CheckConstraint(
                name="matter_ended_has_result_and_day",
                condition=(
                    Q(state__in=(MatterState.DONE, MatterState.DROPPED), ended_on__isnull=False)
                    & ~Q(result="")
                )
                | Q(state=MatterState.AGREED, ended_on__isnull=True, result=""),
                violation_error_message="办成或没有办成都要写明情况和日期。",
            )
        ]

    def __str__(self) -> str:
        return self.words
