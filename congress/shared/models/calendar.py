"""The working-day calendar and the county's own rules, both as dated rows."""

from django.db import models

from congress.shared.calendar import Calendar


class WorkdayQuerySet(models.QuerySet["Workday"]):
    def works(self) -> Calendar:
        """Whether a date is a working day: these rows first, else Monday to Friday."""
        rows = self.values_list("on", "works", "reason")
        return Calendar({day: (works, reason) for day, works, reason in rows})


class Workday(models.Model):
    """工作日历: only the days that differ from Monday-to-Friday: holidays, make-up days."""

    on = models.DateField(
        "日期", unique=True, error_messages={"unique": "这一天已经在工作日历里，请改那一行。"}
    )
    works = models.BooleanField("上班")
    reason = models.CharField("事由", max_length=40)

    objects = WorkdayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ("-on",)

    def __str__(self) -> str:
        return f"{self.on} {self.reason}"


class Setting(models.Model):
    """本地规则: a figure of the county's own, in force from a date; see `LocalRule`."""

    key = models.CharField("规则", max_length=60)
    value = models.DecimalField("数值", max_digits=9, decimal_places=2)
    from_on = models.DateField("起用日期")
    basis = models.CharField("依据", max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = "本地规则"
        ordering = ("key", "-from_on")
        constraints = [
            models.UniqueConstraint(
                name="setting_once_per_key_and_date",
                fields=("key", "from_on"),
                violation_error_message="这条规则在这一天已有数值。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"
