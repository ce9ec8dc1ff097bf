"""来处: from where a unit's account has signed in, as a keyed digest that ages out."""

from django.db import models

from congress.shared.models.people import User


class AccountOrigin(models.Model):
    """登录来处: one row for each account, address and day; told only alike from unlike."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="账号")
    digest = models.CharField("摘要", max_length=64)
    seen_on = models.DateField("日期")

    class Meta:
        verbose_name = verbose_name_plural = "登录来处"
        ordering = ("id",)
        indexes = [models.Index(fields=("digest",), name="account_origin_alike")]
        constraints = [
            models.UniqueConstraint(
                name="account_origin_once_a_day", fields=("user", "digest", "seen_on")
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.seen_on}"
