"""逢十接待日与轮值: which day a station receives on, and whose turn it is."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from stations.models.places import Station
from stations.states import SLOT_STEPS, SlotState

DUTY = "stations.rota:"
"""轮值: what the source of a duty begins with that was done at the desk on a reception day."""
LIVE = ~Q(state=SlotState.GIVEN_UP)
MARKED = (SlotState.ATTENDED, SlotState.ABSENT)


class ReceptionDayQuerySet(models.QuerySet["ReceptionDay"]):
    def held(self) -> Self:
        """Days of places that stood then: from the day a station closes it receives nobody."""
        stood = Q(station__closed_on=None) | Q(held_on__lt=F("station__closed_on"))
        return self.filter(stood)

    def of_year(self, year: int) -> Self:
        """Those that the calendar has in that year, wherever they were moved."""
        return self.held().filter(planned_on__year=year)

    def ahead(self, today: date) -> Self:
        """Today's and later ones, the next first."""
        return self.held().filter(held_on__gte=today).order_by("held_on", "pk")

    def empty_before(self, today: date) -> Self:
        """空岗: past days on which nobody was seen at the desk; of a replaced rota only its own."""
        came = Count("slots", filter=Q(slots__state=SlotState.ATTENDED))
        days = self.held().annotate(came=came).filter(came=0, held_on__lt=today)
        return days.order_by("-held_on")

    def visible_to(self, actor: Actor) -> Self:
        """All at the desk; the township's own, the keeper's own."""
        if actor.at_the_desk:
            return self
        if actor.is_a(Role.TOWNSHIP_CLERK):
            return self.filter(station__area=actor.area_id)
        if actor.is_a(Role.KEEPER):
            return self.filter(station__keeper=actor.user)
        return self.none()


class ReceptionDay(models.Model):
    """接待日: one station on one date; it was planned for a 逢十 day and may be held on another."""

    station = models.ForeignKey(
        Station, models.PROTECT, related_name="reception_days", verbose_name="家站"
    )
    planned_on = models.DateField("逢十日期")
    held_on = models.DateField("接待日期")
    reason = models.CharField("改期原因", max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField("轮值人数")

    objects = ReceptionDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接待日"
        ordering = ("held_on", "station_id")
        constraints = [
            models.UniqueConstraint(
                name="reception_day_planned_once",
                fields=("station", "planned_on"),
                violation_error_message="这个家站的这个逢十日已经排过。",
            ),
            models.UniqueConstraint(
                name="reception_day_one_on_a_date",
                fields=("station", "held_on"),
                violation_error_message="这个家站这一天已经有一次接待。",
            ),
            models.CheckConstraint(
                name="reception_day_moved_has_reason",
                condition=Q(held_on=F("planned_on"), reason="")
                | (~Q(held_on=F("planned_on")) & ~Q(reason="")),
                violation_error_message="改期要写明原因，没有改期就没有原因。",
            ),
            models.CheckConstraint(
                name="reception_day_has_a_seat",
                condition=Q(seats__gte=1),
                violation_error_message="接待日至少要有一名代表轮值。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.held_on}"


class RotaSlotQuerySet(models.QuerySet["RotaSlot"]):
    def live(self) -> Self:
        """Whose turn it is or was: nobody who has given it up."""
        return self.filter(LIVE)

    def ahead(self, today: date) -> Self:
        """Turns still to come, the next first."""
        waiting = self.filter(state=SlotState.PLANNED, day__held_on__gte=today)
        return waiting.order_by("day__held_on", "pk")

    def of_deputy(self, deputy: Deputy) -> Self:
        return self.filter(deputy=deputy)

    def visible_to(self, actor: Actor) -> Self:
        """The offices' and the keeper's by their days; a deputy's own."""
        if actor.is_a(Role.DEPUTY, Role.CONVENOR):
            return self.filter(deputy__user=actor.user)
        return self.filter(day__in=ReceptionDay.objects.visible_to(actor).order_by())


class RotaSlot(Stepped):
    """轮值: one deputy's turn. Who takes it over has a row of their own that names this one."""

    STEPS = SLOT_STEPS
    state = models.CharField("状态", max_length=20, choices=SlotState, default=SlotState.PLANNED)
    day = models.ForeignKey(
        ReceptionDay, models.PROTECT, related_name="slots", verbose_name="接待日"
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="rota_slots", verbose_name="轮值代表"
    )
    stands_in_for = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_by", verbose_name="接替"
    )
    why = models.CharField("让出原因", max_length=100, blank=True)
    marked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="签到登记人"
    )
    marked_at = models.DateTimeField("签到时间", null=True)

    objects = RotaSlotQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "轮值"
        ordering = ("day__held_on", "pk")
        constraints = [
            models.UniqueConstraint(
                name="rota_slot_once_per_day_and_deputy",
                fields=("day", "deputy"),
                condition=LIVE,
                violation_error_message="这位代表这一天已经轮值。",
            ),
            models.CheckConstraint(
                name="rota_slot_marked_has_who_and_when",
                condition=Q(state__in=MARKED, marked_by__isnull=False, marked_at__isnull=False)
                | (~Q(state__in=MARKED) & Q(marked_by__isnull=True, marked_at__isnull=True)),
                violation_error_message="到岗或缺岗必须有登记人和时间。",
            ),
            models.CheckConstraint(
                name="rota_slot_given_up_has_reason",
                condition=(Q(state=SlotState.GIVEN_UP) & ~Q(why="")) | (LIVE & Q(why="")),
                violation_error_message="让出的轮值必须写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.day.held_on}"

    @property
    def duty_source(self) -> str:
        """The name under which this row tells its duty."""
        return f"{DUTY}{self.pk}"
