"""履职清单: the year's list of duties, and the categories they fall under."""

from typing import Self

from django.db import models

from deputies.codes import AWARDS, OCCASIONS, OF_A_WHOLE_CONGRESS


class DutyCategory(models.Model):
    """履职类别: five in each wording, and the bonus. Which items fall under one, placements say."""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    position = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "履职类别"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class DutyItemQuerySet(models.QuerySet["DutyItem"]):
    def for_deputies(self) -> Self:
        """What a deputy may report alone, with evidence."""
        return self.filter(deputy_may_report=True)

    def for_entry(self) -> Self:
        """What the office may enter on a deputy's behalf: all that people tell, not the system."""
        return self.filter(models.Q(deputy_may_report=True) | models.Q(organiser_may_report=True))

    def coded(self, code: str) -> "DutyItem | None":
        """The item of that code; a list of thirty is searched here."""
        return next((item for item in self.all() if item.code == code), None)

    def for_organisers(self) -> Self:
        """What the one who called it registers for those who came."""
        return self.filter(organiser_may_report=True).exclude(code__in=AWARDS)

    def for_groups(self) -> Self:
        """What a group can hold and call its own roll for."""
        return self.for_organisers().exclude(code__in=OF_A_WHOLE_CONGRESS)


class DutyItem(models.Model):
    """履职条目: one line of the year's list."""

    code = models.CharField("编号", max_length=10, unique=True)
    name = models.CharField("条目", max_length=60)
    short_name = models.CharField("简称", max_length=12)
    unit = models.CharField("计分单位", max_length=4)
    evidence = models.CharField("佐证要求", max_length=40)
    organiser_may_report = models.BooleanField("组织方可登记")
    deputy_may_report = models.BooleanField("代表可自报")
    per_day = models.PositiveSmallIntegerField("同日上限", null=True, blank=True)
    note = models.CharField("说明", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("次序")

    objects = DutyItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职条目"
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name

    @property
    def occasion(self) -> str:
        """The first of the items that tell the same occasion, or the item's own number."""
        return OCCASIONS.get(self.code, (self.code,))[0]


class Placement(models.Model):
    """归类: under which category an item of the list falls from a day on.

    What it counts under is no matter of this row: that stands in the rule book.
    """

    item = models.ForeignKey(
        DutyItem, models.PROTECT, related_name="placements", verbose_name="条目"
    )
    category = models.ForeignKey(DutyCategory, models.PROTECT, verbose_name="类别")
    from_on = models.DateField("起用日期")

    class Meta:
        verbose_name = verbose_name_plural = "条目归类"
        ordering = ("from_on", "item__position")
        constraints = [
            models.UniqueConstraint(
                name="placement_once_per_item_and_day",
                fields=("item", "from_on"),
                violation_error_message="这个条目这一天已经归了类。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.category} {self.from_on}"
