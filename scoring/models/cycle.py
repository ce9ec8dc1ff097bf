"""年度评价: the year's cycle, the days of its stages, and who stands in for a party."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Area, Assembly, Organisation, User
from congress.shared.workflow import Stepped
from deputies.models import DeputyGroup
from scoring.states import CYCLE_STEPS, OPINIONS, TOLD, UNDECIDED, CycleState, Stage, Step


class ReviewCycleQuerySet(models.QuerySet["ReviewCycle"]):
    def visible_to(self, actor: Actor) -> Self:
        """The desk follows every year's review; the parties only meet their own form."""
        return self if actor.at_the_desk else self.none()

    def gathering(self) -> Self:
        """Opinions are still taken; the year that waits longest first."""
        return self.filter(state=CycleState.OPEN).order_by("year", "id")

    def to_close(self, today: date) -> Self:
        """Gathering still, though the committee's days have begun: the grace is over."""
        begun = ReviewStage.objects.filter(step=Stage.COMMITTEE, opens_on__lte=today)
        return self.gathering().filter(pk__in=begun.values("cycle"))

    def sealing(self) -> Self:
        """Final, and not every file sealed yet."""
        return self.filter(state=CycleState.FINAL).order_by("year", "id")

    def told(self) -> Self:
        """Publicity is over: results stand and everybody knows their own."""
        return self.filter(state__in=TOLD)


class ReviewCycle(Stepped):
    """一年的评价 of one congress."""

    STEPS = CYCLE_STEPS
    state = models.CharField("阶段", max_length=20, choices=CycleState, default=CycleState.OPEN)
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    year = models.PositiveSmallIntegerField("年度")
    cut_off_on = models.DateField("履职截止日")
    seed = models.CharField("验证码种子", max_length=64, editable=False)
    opened_at = models.DateTimeField("启动时间")
    gathered_at = models.DateTimeField("截止征集时间", null=True)
    minute = models.CharField("会议纪要号", max_length=60, blank=True)
    met_on = models.DateField("会议日期", null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="评定人"
    )
    decided_at = models.DateTimeField("评定时间", null=True)
    final_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="通报人"
    )
    final_at = models.DateTimeField("通报时间", null=True)

    objects = ReviewCycleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度评价"
        ordering = ("-year", "assembly")
        constraints = [
            models.UniqueConstraint(
                name="review_once_per_assembly_and_year",
                fields=("assembly", "year"),
                violation_error_message="这一年的评价已经启动。",
            ),
            models.CheckConstraint(
                name="review_cut_off_is_in_its_year",
                condition=Q(cut_off_on__year=F("year")),
                violation_error_message="履职截止日必须在评价的那一年里。",
            ),
            models.CheckConstraint(
                name="review_gathered_has_when",
                condition=Q(state=CycleState.OPEN, gathered_at__isnull=True)
                | (~Q(state=CycleState.OPEN) & Q(gathered_at__isnull=False)),
                violation_error_message="截止征集必须有时间。",
            ),
            models.CheckConstraint(
                name="review_decided_has_minute_and_who_and_when",
                condition=Q(
                    state__in=UNDECIDED,
                    minute="",
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | (
                    ~Q(state__in=UNDECIDED)
                    & ~Q(minute="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                violation_error_message="评定必须有会议纪要号、评定人和时间。",
            ),
            models.CheckConstraint(
                name="review_decided_has_its_meeting_day",
                condition=Q(state__in=UNDECIDED, met_on__isnull=True)
                | (~Q(state__in=UNDECIDED) & Q(met_on__isnull=False)),
                violation_error_message="评定必须有常委会会议的日期。",
            ),
            models.CheckConstraint(
                name="review_final_has_who_and_when",
                condition=(~Q(state__in=TOLD) & Q(final_by__isnull=True, final_at__isnull=True))
                | Q(state__in=TOLD, final_by__isnull=False, final_at__isnull=False),
                violation_error_message="通报必须有通报人和时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度评价"

    @property
    def last_day(self) -> date:
        """Who holds a seat on this day is reviewed: 一年度 is the civil year."""
        return date(self.year, 12, 31)


class ReviewStage(models.Model):
    """一个阶段的起止日期; moved only with a reason (`reschedule_stage`)."""

    cycle = models.ForeignKey(
        ReviewCycle, models.PROTECT, related_name="stages", verbose_name="年度评价"
    )
    step = models.CharField("阶段", max_length=10, choices=Stage)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期", help_text="当天仍可提交")

    class Meta:
        verbose_name = verbose_name_plural = "评价阶段"
        ordering = ("cycle", "opens_on", "id")
        constraints = [
            models.UniqueConstraint(
                name="review_stage_once_per_cycle",
                fields=("cycle", "step"),
                violation_error_message="这一年的这个阶段已经有起止日期。",
            ),
            models.CheckConstraint(
                name="review_stage_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.get_step_display()}"

    @property
    def is_of_opinions(self) -> bool:
        """Whether somebody hands in an opinion in it, and may be late."""
        return self.step in OPINIONS

    @property
    def stage(self) -> Stage:
        return Stage(self.step)


class StandInQuerySet(models.QuerySet["StandIn"]):
    def running(self, day: date) -> Self:
        """Who may give the opinion in another's stead on that day."""
        return self.filter(ended_at__isnull=True, from_on__lte=day, to_on__gte=day)


class StandIn(models.Model):
    """代为评价: a named account gives a party's opinion in one cycle, with a reason and days."""

    cycle = models.ForeignKey(
        ReviewCycle, models.PROTECT, related_name="stand_ins", verbose_name="年度评价"
    )
    step = models.CharField("哪一方", max_length=10, choices=Step)
    group = models.ForeignKey(
        DeputyGroup, models.PROTECT, null=True, blank=True, verbose_name="代表小组"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="乡镇")
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, verbose_name="选举单位"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="代为评价的人")
    reason = models.CharField("原因", max_length=120)
    from_on = models.DateField("从哪天起")
    to_on = models.DateField("到哪天止", help_text="当天仍可代为提交")
    appointed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="指定的人"
    )
    appointed_at = models.DateTimeField("指定时间", default=clock.now)
    ended_at = models.DateTimeField("收回时间", null=True, blank=True)

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代为评价"
        ordering = ("cycle", "step", "from_on", "id")
        constraints = [
            models.CheckConstraint(
                name="stand_in_is_for_one_party",
                condition=Q(
                    step=Step.GROUP, group__isnull=False, area__isnull=True, unit__isnull=True
                )
                | Q(step=Step.TOWNSHIP, group__isnull=True, area__isnull=False, unit__isnull=True)
                | Q(step=Step.TOWNSHIP, group__isnull=True, area__isnull=True, unit__isnull=False),
                violation_error_message="代为评价只能指定一个小组、一个乡镇或者一个选举单位。",
            ),
            models.CheckConstraint(
                name="stand_in_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="请写明为什么要由别人代为评价。",
            ),
            models.CheckConstraint(
                name="stand_in_ends_after_it_begins",
                condition=Q(to_on__gte=F("from_on")),
                violation_error_message="结束的日子不能早于开始的日子。",
            ),
            *(
                models.UniqueConstraint(
                    name=f"stand_in_once_per_{place}_while_open",
                    fields=("cycle", "step", place),
                    condition=Q(ended_at__isnull=True, **{f"{place}__isnull": False}),
                    violation_error_message="已经指定了代为评价的人，请先收回再另外指定。",
                )
                for place in ("group", "area", "unit")
            ),
        ]

    def __str__(self) -> str:
        return f"由{self.user.name}代"

    @property
    def place(self) -> DeputyGroup | Area | Organisation:
        """Whose opinion it is that is given in another's stead."""
        place = self.group or self.area or self.unit
        assert place is not None  # noqa: S101 - stand_in_is_for_one_party
        return place
