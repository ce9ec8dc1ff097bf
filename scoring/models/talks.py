"""提醒约谈: whether there is one, the talk, what the deputy says of its record, what was promised.

Read by those alone who must know (`visible_to`); everybody else finds nothing.
"""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.roles import Role
from congress.shared.workflow import Stepped
from deputies.models import Deputy
from scoring.consequence_states import CALLED, SPOKEN, TALK_STEPS, TalkState
from scoring.models.grading import Grading

NOT_CALLED = Q(
    meets_at__isnull=True, place="", talker__isnull=True, handler__isnull=True, minute=""
)
CALLED_WHOLE = Q(meets_at__isnull=False, talker__isnull=False, handler__isnull=False) & ~(
    Q(place="") | Q(minute="")
)


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, actor: Actor) -> Self:
        """The office's director, the clerk named for it, who leads it, and the deputy."""
        if actor.user is None:
            return self.none()
        if actor.directs_office:
            return self
        seen = Q(grading__deputy__user=actor.user) & ~Q(state=TalkState.SPARED)
        if actor.at_deputy_office:
            seen |= Q(handler=actor.user)
        if actor.is_a(Role.LEADER):
            seen |= Q(talker=actor.user)
        return self.filter(seen)

    def standing(self) -> Self:
        """Not called off: what was decided of the year."""
        return self.exclude(state=TalkState.CANCELLED)

    def spoken(self) -> Self:
        return self.filter(state__in=SPOKEN)

    def of(self, user: User) -> Self:
        """The talks that this person is asked to, or was."""
        return self.filter(grading__deputy__user=user).exclude(state=TalkState.SPARED)

    def under_way(self) -> Self:
        """Appointed, or held and not signed yet."""
        return self.filter(state__in=(TalkState.APPOINTED, TalkState.HELD))


class Talk(Stepped):
    """One decision about one year's grade: no talk and why, or a talk with its day and place."""

    STEPS = TALK_STEPS
    ALSO_BEGINS = frozenset({TalkState.SPARED})
    IN_CONFIDENCE: ClassVar[bool] = True
    state = models.CharField("状态", max_length=20, choices=TalkState, default=TalkState.APPOINTED)
    grading = models.ForeignKey(Grading, models.PROTECT, related_name="talks", verbose_name="评定")
    reason = models.CharField("理由", max_length=300)
    minute = models.CharField("研究决定的文号", max_length=60, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间")
    meets_at = models.DateTimeField("约谈时间", null=True)
    place = models.CharField("约谈地点", max_length=60, blank=True)
    talker = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="谈话人"
    )
    handler = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    end_reason = models.CharField("撤销理由", max_length=300, blank=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒约谈"
        ordering = ("-grading__cycle__year", "grading__deputy__stroke_key", "id")
        constraints = [
            models.UniqueConstraint(
                name="talk_once_per_grading_unless_cancelled",
                fields=("grading",),
                condition=~Q(state=TalkState.CANCELLED),
                violation_error_message="这一年是否约谈已经决定。",
            ),
            models.CheckConstraint(
                name="talk_says_why",
                condition=~Q(reason=""),
                violation_error_message="约谈与否都要写明理由。",
            ),
            models.CheckConstraint(
                name="talk_called_has_minute_day_place_and_people",
                condition=(Q(state=TalkState.SPARED) & NOT_CALLED)
                | (Q(state__in=CALLED) & CALLED_WHOLE),
                violation_error_message="约谈必须有文号、时间、地点、谈话人和经办人。",
            ),
            models.CheckConstraint(
                name="talk_cancelled_says_why",
                condition=(Q(state=TalkState.CANCELLED) & ~Q(end_reason=""))
                | (~Q(state=TalkState.CANCELLED) & Q(end_reason="")),
                violation_error_message="撤销约谈要写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grading.cycle.year} 年度提醒约谈"

    @property
    def deputy(self) -> Deputy:
        return self.grading.deputy


class TalkRecord(models.Model):
    """谈话记录: written once, never changed; what is to be added stands in the deputy's reply."""

    talk = models.OneToOneField(Talk, models.PROTECT, related_name="record", verbose_name="约谈")
    held_at = models.DateTimeField("谈话时间")
    present = models.CharField("在场人员", max_length=120)
    words = models.TextField("谈话内容", max_length=2000)
    deputy_words = models.TextField("本人陈述", max_length=2000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话记录"
        constraints = [
            models.CheckConstraint(
                name="talk_record_says_what_both_said",
                condition=~Q(words="") & ~Q(deputy_words="") & ~Q(present=""),
                violation_error_message="谈话记录要写明在场人员、谈了什么、本人怎么说。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.talk} 谈话记录"


class TalkAcknowledgement(models.Model):
    """签认: the deputy has read the record, or did not sign it and two witnesses saw so."""

    talk = models.ForeignKey(
        Talk, models.PROTECT, related_name="acknowledgements", verbose_name="约谈"
    )
    signed = models.BooleanField("已签认")
    reply = models.TextField("本人补充", max_length=1000, blank=True)
    witnesses = models.CharField("见证人", max_length=60, blank=True)
    words = models.CharField("未签认的情况", max_length=300, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    noted_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话记录签认"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                name="talk_acknowledged_once_per_way",
                fields=("talk", "signed"),
                violation_error_message="签认情况已经登记。",
            ),
            models.CheckConstraint(
                name="talk_unsigned_has_witnesses_and_words",
                condition=Q(signed=True, witnesses="", words="")
                | (Q(signed=False, reply="") & ~Q(witnesses="") & ~Q(words="")),
                violation_error_message="没有签认的，要写明情况和见证人。",
            ),
        ]

    def __str__(self) -> str:
        return "已签认" if self.signed else "未签认"


class TalkPromiseQuerySet(models.QuerySet["TalkPromise"]):
    def open(self) -> Self:
        return self.filter(settled_at__isnull=True)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)


class TalkPromise(models.Model):
    """约谈后的打算: what the deputy said would be done by when, and what came of it."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="promises", verbose_name="约谈")
    words = models.CharField("打算怎么做", max_length=200)
    due_on = models.DateField("完成日期")
    kept = models.BooleanField("已做到", null=True)
    outcome = models.CharField("落实情况", max_length=200, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    settled_at = models.DateTimeField("登记时间", null=True)

    objects = TalkPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "约谈后的打算"
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(
                name="talk_promise_says_what",
                condition=~Q(words=""),
                violation_error_message="请写明打算怎么做。",
            ),
            models.CheckConstraint(
                name="talk_promise_settled_has_outcome_who_and_when",
                condition=Q(
                    kept__isnull=True, outcome="", settled_by__isnull=True, settled_at__isnull=True
                )
                | (
                    Q(kept__isnull=False, settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(outcome="")
                ),
                violation_error_message="落实情况要写明做到没有、怎样做的。",
            ),
        ]

    def __str__(self) -> str:
        return self.words
