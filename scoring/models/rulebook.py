"""积分规则: versioned, in force from a date, frozen once used."""

from datetime import date

from django.db import models
from django.db.models import Q

from congress.shared.models import Assembly
from deputies.models import DutyCategory, DutyItem


class RuleBookQuerySet(models.QuerySet["RuleBook"]):
    def in_force(self, assembly_id: int, day: date) -> "RuleBook | None":
        """The newest book of the assembly that had begun on that day."""
        books = self.filter(assembly=assembly_id, from_on__lte=day)
        return books.order_by("-from_on", "-version").first()

    def ruling(self, assembly_id: int, year: int) -> "RuleBook | None":
        """The book whose ceilings hold for that year: of 1 January, or the first of the year."""
        begun = self.filter(assembly=assembly_id, from_on__year=year).order_by("from_on", "version")
        return self.in_force(assembly_id, date(year, 1, 1)) or begun.first()


class RuleBook(models.Model):
    """规则书: the table of points of one congress."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    version = models.PositiveSmallIntegerField("版本")
    from_on = models.DateField("起用日期")
    basis = models.CharField("依据", max_length=120)

    objects = RuleBookQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分规则书"
        ordering = ("assembly", "-version")
        constraints = [
            models.UniqueConstraint(
                name="rule_book_version_once_per_assembly", fields=("assembly", "version")
            )
        ]

    def __str__(self) -> str:
        return f"{self.assembly}积分规则第{self.version}版"


class Ceiling(models.Model):
    """类别封顶: the five add up to 100; the bonus has none."""

    book = models.ForeignKey(
        RuleBook, models.PROTECT, related_name="ceilings", verbose_name="规则书"
    )
    category = models.ForeignKey(DutyCategory, models.PROTECT, verbose_name="类别")
    points = models.DecimalField("封顶分", max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = verbose_name_plural = "类别封顶"
        ordering = ("book", "category__position")
        constraints = [
            models.UniqueConstraint(
                name="ceiling_once_per_book_and_category", fields=("book", "category")
            ),
            models.CheckConstraint(name="ceiling_is_positive", condition=Q(points__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.points}"


class Rule(models.Model):
    """一条规则: what one unit of an item is worth, and how much of it counts in a year.

    `category` is the one under whose ceiling the item counts in this book, whatever the list says
    of it later; a bonus counts under none and stands under the bonus.
    """

    book = models.ForeignKey(RuleBook, models.PROTECT, related_name="rules", verbose_name="规则书")
    item = models.ForeignKey(DutyItem, models.PROTECT, verbose_name="条目")
    category = models.ForeignKey(DutyCategory, models.PROTECT, verbose_name="类别")
    points = models.DecimalField("分值", max_digits=5, decimal_places=1)
    per_year = models.DecimalField(
        "年度上限", max_digits=5, decimal_places=1, null=True, blank=True
    )
    bonus = models.BooleanField("附加分")
    highest_only = models.BooleanField("同一事项取最高级", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "积分规则"
        ordering = ("book", "item__position")
        constraints = [
            models.UniqueConstraint(name="rule_once_per_book_and_item", fields=("book", "item")),
            models.CheckConstraint(name="rule_points_are_positive", condition=Q(points__gt=0)),
            models.CheckConstraint(
                name="rule_bonus_has_no_ceiling",
                condition=Q(bonus=False) | Q(per_year__isnull=True),
            ),
            models.CheckConstraint(
                name="rule_highest_only_is_a_bonus",
                condition=Q(highest_only=False) | Q(bonus=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.points}"
