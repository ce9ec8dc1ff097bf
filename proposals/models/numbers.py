"""编号: gap-free within a session."""

from django.db import models

from congress.shared.models import Session


class NumberSeries(models.Model):
    """编号: gap-free within a session, like 1902089 = term 19, session 02, serial 089."""

    session = models.OneToOneField(Session, models.PROTECT, verbose_name="会次")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"

    def __str__(self) -> str:
        return f"{self.session} {self.last}"
