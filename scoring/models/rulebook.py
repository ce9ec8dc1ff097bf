"""积分规则: drafted, adopted as a version from a date, and then frozen by the database."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Assembly, User
from congress.shared.workflow import Stepped
from deputies.models import DutyCategory, DutyItem
from scoring.states import BOOK_STEPS, BookState


class RuleBookQuerySet(models.QuerySet["RuleBook"]):
    def adopted(self) -> Self:
        """The versions: in force, once in force, or to be in force from their day on."""
        return self.filter(state=BookState.ADOPTED)

    def drafts(self) -> Self:
        return self.filter(state=BookState.DRAFT)

    def in_force(self, assembly_id: int, day: date) -> "RuleBook | None":
        """The newest book of the assembly that had begun on that day."""
        books = self.adopted().filter(assembly=assembly_id, from_on__lte=day)
        return books.order_by("-from_on", "-version").first()

    def ruling(self, assembly_id: int, year: int) -> "RuleBook | None":
        """The book whose ceilings hold for that year: of 1 January, or the first of the year.

        Of books that begin on one day the latest version, as `in_force` has it.
        """
        begun = self.adopted().filter(assembly=assembly_id, from_on__year=year)
        first = begun.order_by("from_on", "-version").first()
        return self.in_force(assembly_id, date(year, 1, 1)) or first

    def visible_to(self, actor: Actor) -> Self:
        """Rule books are looked at from the desk."""
        return self if actor.at_the_desk else self.none()


class RuleBook(Stepped):
    """规则书: the table of points of one congress; a draft until it is adopted or dropped."""

    STEPS = BOOK_STEPS
    state = models.CharField("状态", max_length=20, choices=BookState, default=BookState.DRAFT)
    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    basis = models.CharField("依据", max_length=120)
    drafted_at = models.DateTimeField("起草时间", default=clock.now)
    version = models.PositiveSmallIntegerField("版本", null=True)
    from_on = models.DateField("起用日期", null=True)
    minute = models.CharField("决定文号", max_length=120, blank=True)
    adopted_at = models.DateTimeField("启用时间", null=True)
    adopted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="启用人"
    )

    objects = RuleBookQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分规则书"
        ordering = ("assembly", "-version")
        constraints = [
            models.UniqueConstraint(
                name="rule_book_version_once_per_assembly", fields=("assembly", "version")
            ),
            models.CheckConstraint(
                name="rule_book_adopted_has_version_day_decision_who_and_when",
                condition=(
                    Q(state=BookState.ADOPTED)
                    & Q(version__isnull=False, from_on__isnull=False)
                    & Q(adopted_at__isnull=False, adopted_by__isnull=False)
                    & ~Q(minute="")
                )
                | (
                    ~Q(state=BookState.ADOPTED)
                    & Q(version__isnull=True, from_on__isnull=True)
                    & Q(adopted_at__isnull=True, adopted_by__isnull=True)
                    & Q(minute="")
                ),
                violation_error_message="启用的规则书必须有版本、起用日期、决定文号、启用人和时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly}积分规则{self.name}"

    @property
    def name(self) -> str:
        """第几版, or the draft by what it rests on."""
        return f"第{self.version}版" if self.version else f"草案“{self.basis}”"


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
