"""家与站: where voters meet deputies."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable

from congress.shared.actors import Actor
from congress.shared.models import Area, User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy, DeputyGroup, Mandate
from stations import hours
from stations.hours import Hours
from stations.states import STATION_STEPS, StationState


class StationKind(models.TextChoices):
    HOME = "home", "代表之家"
    STATION = "station", "代表联络站"


class StationQuerySet(models.QuerySet["Station"]):
    def stations(self) -> Self:
        return self.filter(kind=StationKind.STATION)

    def homes(self) -> Self:
        return self.filter(kind=StationKind.HOME)

    def standing(self) -> Self:
        """Those that have not been closed."""
        return self.filter(state=StationState.OPEN)

    def kept_by(self, user: User) -> Self:
        """The places this person keeps."""
        return self.filter(keeper=user)

    def run_by(self, actor: Actor) -> Self:
        """Whose rota this post runs or looks at: all, the township's, those one keeps."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(area=actor.area_id)
        if actor.is_a(Role.KEEPER) and actor.user:
            return self.kept_by(actor.user)
        return self.none()

    def visible_to(self, actor: Actor) -> Self:
        """Those a post may work for: all, or the township's."""
        return self if actor.at_the_desk else self.filter(area=actor.area_id)


class Station(Stepped):
    """代表之家或代表联络站. One that is closed stays, and says which one goes on for it."""

    STEPS = STATION_STEPS
    state = models.CharField("状态", max_length=20, choices=StationState, default=StationState.OPEN)
    kind = models.CharField("类别", max_length=10, choices=StationKind)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="乡镇")
    name = models.CharField("名称", max_length=40, unique=True)
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, null=True, blank=True, verbose_name="进驻小组"
    )
    address = models.CharField("地址", max_length=80, blank=True)
    opening = models.CharField("开放时间", max_length=60, blank=True)
    receives_from = models.TimeField("接待从几点", null=True, blank=True)
    receives_until = models.TimeField("接待到几点", null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=7, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=8, decimal_places=5, null=True, blank=True)
    keeper = models.ForeignKey(User, models.PROTECT, null=True, blank=True, verbose_name="站长")
    contact_name = models.CharField("公布的联络员", max_length=20, blank=True)
    contact_phone = models.CharField("公布的办公电话", max_length=20, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)
    closed_on = models.DateField("撤并日期", null=True, blank=True)
    why = models.CharField("撤并原因", max_length=100, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="并入"
    )

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "家站"
        ordering = ("area__position", "kind", "position")
        constraints = [
            models.UniqueConstraint(
                name="station_one_home_per_area",
                fields=("area",),
                condition=Q(kind=StationKind.HOME, state=StationState.OPEN),
                violation_error_message="一个乡镇只有一个代表之家。",
            ),
            models.CheckConstraint(
                name="station_closed_has_day_and_reason",
                condition=(Q(state=StationState.CLOSED, closed_on__isnull=False) & ~Q(why=""))
                | Q(state=StationState.OPEN, closed_on=None, why="", successor=None),
                violation_error_message="撤并的家站必须有日期和原因，开放的没有。",
            ),
            models.CheckConstraint(
                name="station_place_has_both_figures",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="经度和纬度要一起填。",
            ),
            models.CheckConstraint(
                name="station_receives_from_before_until",
                condition=Q(receives_from=None, receives_until=None)
                | Q(
                    receives_from__isnull=False,
                    receives_until__isnull=False,
                    receives_until__gt=F("receives_from"),
                ),
                violation_error_message="接待时间要写起止，结束晚于开始。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_hours(self) -> Hours | None:
        """From when to when it receives; None while the county's rule holds."""
        return hours.of(self.receives_from, self.receives_until)


class PostingQuerySet(models.QuerySet["Posting"]):
    def open(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(to_on=None)

    def running(self, day: date | Combinable) -> Self:
        """Who serves at which station on that day; who holds no seat serves nowhere."""
        seats = Mandate.objects.running(day).filter(deputy=OuterRef("deputy"))
        open_then = Q(to_on=None) | Q(to_on__gt=day)
        return self.filter(open_then, Exists(seats), from_on__lte=day)

    def serving(self, day: date) -> Self:
        """Who can be met at which station on that day: nobody whose seat rests."""
        return self.running(day).filter(deputy__in=Deputy.objects.serving(day))


class Posting(models.Model):
    """进驻: which deputy serves at which station."""

    deputy = models.ForeignKey(Deputy, models.PROTECT, verbose_name="代表")
    station = models.ForeignKey(
        Station, models.PROTECT, related_name="postings", verbose_name="家站"
    )
    from_on = models.DateField("进驻日期")
    to_on = models.DateField("离开日期", null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "进驻"
        constraints = [
            models.UniqueConstraint(
                name="posting_one_station_at_a_time",
                fields=("deputy",),
                condition=Q(to_on__isnull=True),
                violation_error_message="一名代表同一时间只进驻一个联络站。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.station}"
