"""代表资格的变动: by-elections, ends and suspensions, and the announcements that tell them."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from congress.shared.actors import Actor
from congress.shared.models import Assembly, Term, User
from congress.shared.workflow import Stepped
from deputies.models.groups import DateRange
from deputies.models.people import Deputy, Mandate
from deputies.states import CHANGE_STEPS, ChangeKind, ChangeState, SuspensionGround


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def running(self, day: date | Combinable) -> Self:
        """Who may not act as a deputy on that day; the day may be a column of the outer query."""
        return self.from_then(day).filter(from_on__lte=day)

    def from_then(self, day: date | Combinable) -> Self:
        """Those that run on that day or on any later one, the newest first."""
        return self.filter(Q(to_on=None) | Q(to_on__gt=day))


class Suspension(models.Model):
    """暂时停止执行代表职务 (代表法第六十一条): the seats stay, the rights rest."""

    deputy = models.ForeignKey(
        Deputy, models.PROTECT, related_name="suspensions", verbose_name="代表"
    )
    ground = models.CharField("原因", max_length=20, choices=SuspensionGround)
    from_on = models.DateField("暂停日期")
    to_on = models.DateField("恢复日期", null=True, blank=True, help_text="当天起恢复")

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "暂停执行职务"
        ordering = ("-from_on",)
        constraints = [
            ExclusionConstraint(
                name="suspension_one_at_a_time",
                expressions=[
                    (F("deputy"), RangeOperators.EQUAL),
                    (DateRange("from_on", "to_on", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message="此人已经暂停执行代表职务。",
            ),
            models.CheckConstraint(
                name="suspension_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
                violation_error_message="恢复日期要晚于暂停日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.get_ground_display()}"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Made at the committee's desk; the paper itself is posted by the committee."""
        return self if actor.at_the_desk else self.none()

    def last_number(self, assembly: Assembly, year: int) -> int:
        """The highest number of that congress and year; 0 when there is none."""
        rows = self.filter(assembly=assembly, year=year)
        return rows.aggregate(last=models.Max("number"))["last"] or 0


class Announcement(models.Model):
    """公告 (代表法第六十三条): changes of seats with the numbers before and after."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届")
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveSmallIntegerField("第几号")
    announced_on = models.DateField("公告日期")
    body = models.CharField("署名", max_length=60)
    seats = models.PositiveSmallIntegerField("代表名额", null=True)
    before = models.PositiveSmallIntegerField("变动前实有")
    after = models.PositiveSmallIntegerField("变动后实有")
    announced_by = models.ForeignKey(User, models.PROTECT, verbose_name="制作人", related_name="+")
    announced_at = models.DateTimeField("制作时间")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公告"
        ordering = ("-year", "-number")
        constraints = [
            models.UniqueConstraint(
                name="announcement_number_once_per_year", fields=("assembly", "year", "number")
            ),
            models.CheckConstraint(
                name="announcement_counts_within_seats",
                condition=Q(seats__isnull=True) | Q(after__lte=F("seats"), before__lte=F("seats")),
                violation_error_message="实有代表人数不能多于名额。",
            ),
        ]

    def __str__(self) -> str:
        return f"〔{self.year}〕第{self.number}号"

    @property
    def vacancies(self) -> int | None:
        """缺额; None where nobody has said how many seats there are."""
        return None if self.seats is None else self.seats - self.after


OF_THE_PERSON = (ChangeKind.SUSPENDED, ChangeKind.REINSTATED)
"""Kinds of change that touch all seats of a person at once."""


class SeatChangeQuerySet(models.QuerySet["SeatChange"]):
    def visible_to(self, actor: Actor) -> Self:
        """To be seen at the committee's desk."""
        return self if actor.at_the_desk else self.none()

    def to_announce(self) -> Self:
        """Registered and not yet told in any announcement."""
        return self.filter(state=ChangeState.REGISTERED)

    def standing(self) -> Self:
        """Not taken back."""
        return self.exclude(state=ChangeState.REVOKED)

    def registered_with(self, change: "SeatChange") -> Self:
        """What one deed wrote: a rest and its end are of a person, and stand at every seat."""
        if change.kind not in OF_THE_PERSON:
            return self.filter(pk=change.pk)
        return self.standing().filter(
            mandate__deputy=change.mandate.deputy_id,
            kind=change.kind,
            effective_on=change.effective_on,
        )

    def of_term(self, term: Term) -> Self:
        return self.filter(mandate__term=term)

    def in_name_order(self) -> Self:
        """As announcements list them: by 姓氏笔画."""
        return self.order_by("mandate__deputy__stroke_key", "mandate__deputy", "pk")


class SeatChange(Stepped):
    """资格变动: one seat won, ended, rested or resumed, by which meeting and why."""

    STEPS = CHANGE_STEPS
    state = models.CharField(
        "状态", max_length=20, choices=ChangeState, default=ChangeState.REGISTERED
    )
    kind = models.CharField("变动", max_length=20, choices=ChangeKind)
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, related_name="changes", verbose_name="代表资格"
    )
    effective_on = models.DateField("生效日期")
    decided_on = models.DateField("决定日期")
    meeting = models.CharField("作出决定的会议", max_length=60)
    reason = models.CharField("事由", max_length=200)
    announcement = models.ForeignKey(
        Announcement, models.PROTECT, null=True, related_name="changes", verbose_name="公告"
    )

    objects = SeatChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "资格变动"
        ordering = ("-effective_on", "-id")
        constraints = [
            models.CheckConstraint(
                name="change_announced_names_its_announcement",
                condition=Q(state=ChangeState.ANNOUNCED, announcement__isnull=False)
                | (~Q(state=ChangeState.ANNOUNCED) & Q(announcement__isnull=True)),
            ),
            models.UniqueConstraint(
                name="change_one_end_per_seat",
                fields=("mandate",),
                condition=Q(kind__in=(ChangeKind.RESIGNED, ChangeKind.TERMINATED))
                & ~Q(state=ChangeState.REVOKED),
                violation_error_message="这个代表资格已经登记终止。",
            ),
            models.UniqueConstraint(
                name="change_one_by_election_per_seat",
                fields=("mandate",),
                condition=Q(kind=ChangeKind.ELECTED) & ~Q(state=ChangeState.REVOKED),
            ),
        ]
        indexes = [
            models.Index(
                fields=("mandate",),
                name="change_to_announce",
                condition=Q(state="registered"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mandate} {self.get_kind_display()}"
