"""What local rules name: classes of results, and grounds on which nothing is taken in."""

from typing import NamedTuple

from django.db import models
from django.db.models import Q


class Meaning(models.TextChoices):
    """解决程度: what a class says of the matter, whatever letters a place uses (domain.md 1.3)."""

    SOLVED = "solved", "已经解决或者基本解决"
    PLANNED = "planned", "正在解决或者列入计划"
    LATER = "later", "受条件限制以后解决"
    REFERENCE = "reference", "留作参考"


class Result(NamedTuple):
    """A class as a signed reply calls and means it, whatever became of it since."""

    code: str
    name: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class OutcomeClass(models.Model):
    """办理结果类别: A, B, C in the policy; other places have more, so they are rows."""

    code = models.CharField("代号", max_length=4, unique=True)
    name = models.CharField("名称", max_length=20)
    definition = models.CharField("含义", max_length=60)
    meaning = models.CharField("解决程度", max_length=10, choices=Meaning)
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理结果类别"
        ordering = ("position",)
        constraints = [
            models.CheckConstraint(
                name="outcome_class_meaning", condition=Q(meaning__in=Meaning.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def result(self) -> Result:
        """As it is called now."""
        return Result(self.code, self.name, self.meaning)


class RefusalGround(models.Model):
    """不作为建议受理的情形: places list different ones, so they are rows."""

    code = models.SlugField("代号", unique=True)
    name = models.CharField("情形", max_length=40)
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "不予受理的情形"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name
