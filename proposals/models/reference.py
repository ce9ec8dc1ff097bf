"""What local rules name: classes of results, and grounds on which nothing is taken in."""

from typing import NamedTuple

from django.db import models

SOLVED = "A"
"""已解决: the one class that every place has."""


class Result(NamedTuple):
    """A class as a signed reply calls it, whatever it is called since."""

    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class OutcomeClass(models.Model):
    """办理结果类别: A, B, C in the policy; other places have more, so they are rows."""

    code = models.CharField("代号", max_length=4, unique=True)
    name = models.CharField("名称", max_length=20)
    meaning = models.CharField("含义", max_length=60)
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理结果类别"
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def result(self) -> Result:
        """As it is called now."""
        return Result(self.code, self.name)


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
