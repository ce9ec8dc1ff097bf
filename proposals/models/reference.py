"""What local rules name: classes of results, and grounds on which nothing is taken in."""

from datetime import date
from typing import NamedTuple

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from deputies.models.groups import DateRange

ENDS_AFTER_IT_BEGINS = Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gt=F("from_on"))
SINCE_EVER, NO_MORE = "不填就是一直在用", "当天起不能再选"
TOO_EARLY = "停用日期要在起用日期之后。"


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


def in_force(day: date) -> Q:
    """What may be chosen on that day."""
    return (Q(from_on=None) | Q(from_on__lte=day)) & (Q(to_on=None) | Q(to_on__gt=day))


def one_at_a_time(name: str, field: str, words: str) -> ExclusionConstraint:
    """A code or a place in the order is free again once the row that had it is retired."""
    days = (DateRange("from_on", "to_on", RangeBoundary()), RangeOperators.OVERLAPS)
    return ExclusionConstraint(
        name=name,
        expressions=[(field, RangeOperators.EQUAL), days],
        violation_error_message=words,
    )


class OutcomeClass(models.Model):
    """办理结果类别: A, B, C in the policy; other places have more, so they are rows."""

    code = models.CharField("代号", max_length=4)
    name = models.CharField("名称", max_length=20)
    definition = models.CharField("含义", max_length=60)
    meaning = models.CharField("解决程度", max_length=10, choices=Meaning)
    position = models.PositiveSmallIntegerField("次序")
    from_on = models.DateField("起用日期", null=True, blank=True, help_text=SINCE_EVER)
    to_on = models.DateField("停用日期", null=True, blank=True, help_text=NO_MORE)

    class Meta:
        verbose_name = verbose_name_plural = "办理结果类别"
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                name="outcome_class_meaning", condition=Q(meaning__in=Meaning.values)
            ),
            models.CheckConstraint(
                name="outcome_class_ends_after_it_begins",
                condition=ENDS_AFTER_IT_BEGINS,
                violation_error_message=TOO_EARLY,
            ),
            one_at_a_time(
                "outcome_class_code_once_a_day", "code", "这个代号在这段时间已经有一类在用。"
            ),
            one_at_a_time(
                "outcome_class_position_once_a_day",
                "position",
                "这个次序在这段时间已经有一类在用。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def result(self) -> Result:
        """As it is called now."""
        return Result(self.code, self.name, self.meaning)


class RefusalGround(models.Model):
    """不作为建议受理的情形: places list different ones, so they are rows."""

    code = models.SlugField("代号")
    name = models.CharField("情形", max_length=40)
    position = models.PositiveSmallIntegerField("次序")
    from_on = models.DateField("起用日期", null=True, blank=True, help_text=SINCE_EVER)
    to_on = models.DateField("停用日期", null=True, blank=True, help_text=NO_MORE)

    class Meta:
        verbose_name = verbose_name_plural = "不予受理的情形"
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                name="refusal_ground_ends_after_it_begins",
                condition=ENDS_AFTER_IT_BEGINS,
                violation_error_message=TOO_EARLY,
            ),
            one_at_a_time(
                "refusal_ground_code_once_a_day", "code", "这个代号在这段时间已经有一种情形在用。"
            ),
            one_at_a_time(
                "refusal_ground_position_once_a_day",
                "position",
                "这个次序在这段时间已经有一种情形在用。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def holds_on(row: OutcomeClass | RefusalGround, day: date) -> bool:
    """`in_force`, of one of them."""
    begun = row.from_on is None or row.from_on <= day
    return begun and (row.to_on is None or row.to_on > day)
