"""公示异议: what is said against a published result. Few may read it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from congress.shared.actors import Actor
from congress.shared.models import User
from congress.shared.workflow import Stepped
from scoring.grade_states import GRADE_OBJECTION_STEPS, GradeObjectionState, ObjectionKind
from scoring.models.cycle import ReviewCycle
from scoring.models.grading import Grading


class GradeObjectionQuerySet(models.QuerySet["GradeObjection"]):
    def visible_to(self, actor: Actor) -> Self:
        """保密: the director, who answers; whoever registered the letter; who objected, the own."""
        if actor.directs_office:
            return self
        if actor.user is None:
            return self.none()
        if actor.at_deputy_office:
            return self.filter(raised_by=actor.user, kind=ObjectionKind.LETTER)
        return self.filter(raised_by=actor.user, kind=ObjectionKind.OWN)

    def open(self) -> Self:
        """Nobody has answered; the oldest first."""
        return self.filter(state=GradeObjectionState.OPEN).order_by("raised_at", "pk")

    def of_cycle(self, cycle: ReviewCycle) -> Self:
        return self.filter(grading__cycle=cycle)


class GradeObjection(Stepped):
    """公示异议: what is said against a published result, and the director's answer."""

    STEPS = GRADE_OBJECTION_STEPS
    IN_CONFIDENCE: ClassVar[bool] = True  # of an own one the trail's actor is whom it is about
    state = models.CharField(
        "状态", max_length=20, choices=GradeObjectionState, default=GradeObjectionState.OPEN
    )
    grading = models.ForeignKey(
        Grading, models.PROTECT, related_name="objections", verbose_name="评定"
    )
    kind = models.CharField("谁提出", max_length=10, choices=ObjectionKind)
    words = models.CharField("异议", max_length=600)
    sender = models.CharField("来信人", max_length=60, blank=True)
    raised_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="提出或登记的人"
    )
    raised_at = models.DateTimeField("提出时间")
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = GradeObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公示异议"
        ordering = ("-raised_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                name="grade_objection_one_open_of_the_deputy",
                fields=("grading",),
                condition=Q(kind=ObjectionKind.OWN, state=GradeObjectionState.OPEN),
                violation_error_message="您的异议正在处理。",
            ),
            models.CheckConstraint(
                name="grade_objection_says_why",
                condition=~Q(words=""),
                violation_error_message="异议必须写明理由。",
            ),
            models.CheckConstraint(
                name="grade_objection_letter_has_a_sender",
                condition=Q(kind=ObjectionKind.OWN, sender="")
                | (Q(kind=ObjectionKind.LETTER) & ~Q(sender="")),
                violation_error_message="来信要登记来信人，本人异议不用写。",
            ),
            models.CheckConstraint(
                name="grade_objection_answered_has_who_and_when_and_words",
                condition=Q(
                    state__in=(GradeObjectionState.OPEN, GradeObjectionState.WITHDRAWN),
                    answer="",
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | (
                    Q(state__in=(GradeObjectionState.UPHELD, GradeObjectionState.DISMISSED))
                    & ~Q(answer="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
                violation_error_message="答复必须有答复人、时间和理由。",
            ),
            models.CheckConstraint(
                name="grade_objection_is_answered_by_another",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("raised_by")),
                violation_error_message="异议不能由提出或登记的人答复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
