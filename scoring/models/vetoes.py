"""否决情形: what bars a deputy from a better grade, as data, and as it stood at a decision."""

from django.db import models
from django.db.models import Q

from scoring.grade_states import VetoSource
from scoring.models.grading import Grade, Grading


class VetoKind(models.Model):
    """否决情形: what bars a deputy from every grade better than this one. The county's to edit."""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("否决情形", max_length=20, unique=True)
    best = models.ForeignKey(Grade, models.PROTECT, verbose_name="最好只能评为")
    source = models.CharField(
        "从哪里知道", max_length=10, choices=VetoSource, default=VetoSource.TYPED
    )
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "否决情形"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class Veto(models.Model):
    """否决: why a deputy could not have a better grade, as it stood at the decision."""

    grading = models.ForeignKey(Grading, models.PROTECT, related_name="vetoes", verbose_name="评定")
    kind = models.ForeignKey(VetoKind, models.PROTECT, verbose_name="否决情形")
    reason = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "否决"
        ordering = ("grading", "kind__position")
        constraints = [
            models.UniqueConstraint(
                name="veto_once_per_grading_and_kind",
                fields=("grading", "kind"),
                violation_error_message="这一种否决情形已经记下。",
            ),
            models.CheckConstraint(
                name="veto_has_its_ground",
                condition=~Q(reason=""),
                violation_error_message="否决必须写明依据。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}：{self.reason}"
