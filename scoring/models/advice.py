"""劝辞程序: the material, the hearing, what the committee considered; advice, never a verdict.

A deputy resigns in writing, more than half of all members of the standing committee accept it and
the committee announces it (选举法第五十五条、代表法第六十二条). Nothing here ends a seat.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy, SeatChange
from scoring.consequence_states import ADVICE_STEPS, UNDER_WAY, AdviceState
from scoring.models.talks import Talk

NOT_SERVED = Q(served_on__isnull=True, reply_until__isnull=True)
SERVED = Q(served_on__isnull=False, reply_until__gt=F("served_on"))
AFTER_NOTICE = (AdviceState.HEARING, AdviceState.ADVISED, AdviceState.NOT_ADVISED)


class ResignationAdviceQuerySet(models.QuerySet["ResignationAdvice"]):
    def visible_to(self, actor: Actor) -> Self:
        """The director, the clerk and the leader named for it; the deputy once it is served."""
        if actor.user is None:
            return self.none()
        if actor.directs_office:
            return self
        seen = Q(later__grading__deputy__user=actor.user, served_on__isnull=False)
        if actor.at_deputy_office:
            seen |= Q(handler=actor.user)
        if actor.is_a(Role.LEADER):
            seen |= Q(leader=actor.user)
        return self.filter(seen)

    def standing(self) -> Self:
        return self.exclude(state=AdviceState.WITHDRAWN)

    def under_way(self) -> Self:
        """What a grade that is put right would take the ground from."""
        return self.filter(state__in=UNDER_WAY)

    def heard_from(self, user: User) -> Self:
        """Those about this person in which they may say something."""
        return self.filter(later__grading__deputy__user=user, state=AdviceState.HEARING)


class ResignationAdvice(Stepped):
    """劝其辞去代表职务的程序: two years' talks running, opened by a person, concluded by people."""

    STEPS = ADVICE_STEPS
    IN_CONFIDENCE: ClassVar[bool] = True
    state = models.CharField("状态", max_length=20, choices=AdviceState, default=AdviceState.OPEN)
    earlier = models.ForeignKey(
        Talk, models.PROTECT, related_name="as_earlier", verbose_name="上一年的约谈"
    )
    later = models.ForeignKey(
        Talk, models.PROTECT, related_name="as_later", verbose_name="这一年的约谈"
    )
    facts = models.TextField("事实摘要", max_length=2000)
    handler = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="负责领导")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="启动人")
    opened_at = models.DateTimeField("启动时间")
    served_on = models.DateField("告知日期", null=True)
    reply_until = models.DateField("陈述申辩截止", null=True, help_text="当天仍可以陈述申辩")
    end_reason = models.CharField("撤回理由", max_length=300, blank=True)

    objects = ResignationAdviceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "劝辞程序"
        ordering = ("-opened_at", "-id")
        constraints = [
            models.UniqueConstraint(
                name="advice_once_per_talk_unless_withdrawn",
                fields=("later",),
                condition=~Q(state=AdviceState.WITHDRAWN),
                violation_error_message="这位代表的劝辞程序已经启动。",
            ),
            models.CheckConstraint(
                name="advice_rests_on_two_talks",
                condition=~Q(earlier=F("later")) & ~Q(facts=""),
                violation_error_message="劝辞程序要有连续两年的约谈和事实摘要。",
            ),
            models.CheckConstraint(
                name="advice_served_has_day_and_days_to_reply",
                condition=(Q(state=AdviceState.OPEN) & NOT_SERVED)
                | (Q(state__in=AFTER_NOTICE) & SERVED)
                | (
                    Q(state__in=(AdviceState.WITHDRAWN, AdviceState.RESIGNED))
                    & (NOT_SERVED | SERVED)
                ),
                violation_error_message="告知必须有日期和陈述申辩的截止日期。",
            ),
            models.CheckConstraint(
                name="advice_withdrawn_says_why",
                condition=(Q(state=AdviceState.WITHDRAWN) & ~Q(end_reason=""))
                | (~Q(state=AdviceState.WITHDRAWN) & Q(end_reason="")),
                violation_error_message="撤回劝辞程序要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.later.grading.cycle.year} 年度劝辞程序"

    @property
    def deputy(self) -> Deputy:
        return self.later.deputy

    def still_heard(self, today: date) -> bool:
        """Whether the days in which the deputy may reply are not over."""
        return self.reply_until is not None and today <= self.reply_until


class AdviceReply(models.Model):
    """陈述申辩: the deputy's own words, as often as there is something to say."""

    advice = models.ForeignKey(
        ResignationAdvice, models.PROTECT, related_name="replies", verbose_name="劝辞程序"
    )
    words = models.TextField("陈述申辩", max_length=3000)
    wants_hearing = models.BooleanField("要求当面听取意见")
    said_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "陈述申辩"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="advice_reply_says_something",
                condition=~Q(words=""),
                violation_error_message="请写要陈述、申辩的话。",
            )
        ]

    def __str__(self) -> str:
        return self.words[:20]


class AdviceInvitation(models.Model):
    """约定听取意见: the deputy was told when and where; a later one takes its place."""

    advice = models.ForeignKey(
        ResignationAdvice, models.PROTECT, related_name="invitations", verbose_name="劝辞程序"
    )
    meets_at = models.DateTimeField("约定时间")
    place = models.CharField("约定地点", max_length=60)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="约定人")
    invited_at = models.DateTimeField("通知时间")

    class Meta:
        verbose_name = verbose_name_plural = "听取意见的约定"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="advice_invitation_says_where_and_is_told_before",
                condition=~Q(place="") & Q(meets_at__gt=F("invited_at")),
                violation_error_message="听取意见要事先约定，写明地点。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.advice} 约定听取意见"


class AdviceHearing(models.Model):
    """当面听取意见的记录: written once; a deputy who did not come is noted as such."""

    advice = models.ForeignKey(
        ResignationAdvice, models.PROTECT, related_name="hearings", verbose_name="劝辞程序"
    )
    held_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=60)
    present = models.CharField("在场人员", max_length=120)
    came = models.BooleanField("本人到场")
    words = models.TextField("听取意见的情况", max_length=3000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "听取意见记录"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="advice_hearing_says_where_who_and_what",
                condition=~Q(place="") & ~Q(present="") & ~Q(words=""),
                violation_error_message="听取意见要写明地点、在场人员和情况。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.advice} 听取意见"


class AdviceDecision(models.Model):
    """研究情况: advice or no advice, with the minute and how many were for it."""

    advice = models.OneToOneField(
        ResignationAdvice, models.PROTECT, related_name="decision", verbose_name="劝辞程序"
    )
    advised = models.BooleanField("劝其辞去")
    minute = models.CharField("会议纪要号", max_length=60)
    decided_on = models.DateField("研究日期")
    attended = models.PositiveSmallIntegerField("到会人数")
    in_favour = models.PositiveSmallIntegerField("赞成劝辞")
    against = models.PositiveSmallIntegerField("反对")
    abstained = models.PositiveSmallIntegerField("弃权")
    reason = models.TextField("研究意见", max_length=1000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    recorded_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "劝辞研究情况"
        constraints = [
            models.CheckConstraint(
                name="advice_decision_has_minute_and_reason",
                condition=~Q(minute="") & ~Q(reason=""),
                violation_error_message="研究情况要有会议纪要号和意见。",
            ),
            models.CheckConstraint(
                name="advice_votes_add_up",
                condition=Q(
                    attended__gt=0, attended=F("in_favour") + F("against") + F("abstained")
                ),
                violation_error_message="赞成、反对、弃权加起来要等于到会人数。",
            ),
            models.CheckConstraint(
                name="advice_is_given_by_a_majority",
                condition=Q(advised=False) | Q(in_favour__gt=F("attended") - F("in_favour")),
                violation_error_message="赞成的没有超过到会人数的一半，不能作出劝辞。",
            ),
        ]

    def __str__(self) -> str:
        return "劝其辞去代表职务" if self.advised else "不劝辞"


class Resignation(models.Model):
    """辞职的事实: the roster's own entry, which has the letter's day, the meeting and the votes."""

    advice = models.OneToOneField(
        ResignationAdvice, models.PROTECT, related_name="resignation", verbose_name="劝辞程序"
    )
    change = models.OneToOneField(
        SeatChange, models.PROTECT, related_name="+", verbose_name="资格变动"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="录入人")
    recorded_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = verbose_name_plural = "辞职情况"

    def __str__(self) -> str:
        return f"{self.advice} 辞职"
