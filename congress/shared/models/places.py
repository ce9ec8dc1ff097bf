"""Areas, the congresses that sit for them, their terms and sessions, and organisations."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.shared.numerals import in_chinese


class Level(models.Model):
    """层级: a row, so that a city with its counties fits without a new release."""

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    rank = models.PositiveSmallIntegerField("次序", unique=True, help_text="数字越小层级越高")

    class Meta:
        verbose_name = verbose_name_plural = "层级"
        ordering = ("rank",)

    def __str__(self) -> str:
        return self.name


class AreaQuerySet(models.QuerySet["Area"]):
    def county(self) -> "Area":
        """The county this deployment serves; made on first asking."""
        name = settings.COUNTY
        short = name.removesuffix("县").removesuffix("市").removesuffix("区")
        return self.get_or_create(parent=None, name=name, defaults={"short_name": short})[0]

    def townships(self, county: "Area") -> Self:
        return self.filter(parent=county)


class Area(models.Model):
    """行政区域: county, townships, villages, as a tree."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="上级区域"
    )
    name = models.CharField("名称", max_length=40)
    short_name = models.CharField("简称", max_length=20)
    position = models.PositiveSmallIntegerField("次序", default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区域"
        ordering = ("position", "name")
        constraints = [
            models.UniqueConstraint(
                name="area_name_once_under_its_parent",
                fields=("parent", "name"),
                nulls_distinct=False,
                violation_error_message="同一上级下已有同名区域。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


COUNTY, TOWNSHIP = "county", "township"


class Assembly(models.Model):
    """人民代表大会: every ranking, number series and rule hangs on one of these."""

    area = models.ForeignKey(Area, models.PROTECT, verbose_name="区域")
    level = models.ForeignKey(Level, models.PROTECT, verbose_name="层级")
    name = models.CharField("名称", max_length=60, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "人民代表大会"
        ordering = ("level__rank", "area__position")
        constraints = [
            models.UniqueConstraint(
                name="assembly_once_per_area_and_level", fields=("area", "level")
            )
        ]

    def __str__(self) -> str:
        return self.name


class TermQuerySet(models.QuerySet["Term"]):
    def running(self, day: date) -> Self:
        """The terms that run on that day, one for each congress."""
        return self.filter(from_on__lte=day).exclude(to_on__lt=day)

    def current(self, assembly: Assembly, day: date) -> "Term":
        """The term that runs on that day; before the first one, that first one."""
        rows = self.filter(assembly=assembly)
        begun = rows.filter(from_on__lte=day).order_by("-number").first()
        return begun or rows.earliest("number")


class Term(models.Model):
    """届: five years, from one congress's first session to the next one's (代表法第二条)."""

    assembly = models.ForeignKey(Assembly, models.PROTECT, verbose_name="人民代表大会")
    number = models.PositiveSmallIntegerField("届数")
    from_on = models.DateField("开始日期")
    to_on = models.DateField("结束日期", null=True, blank=True)
    seats = models.PositiveSmallIntegerField(
        "代表名额", null=True, blank=True, help_text="选举法第十二条确定的总数，公告里要用"
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "届"
        ordering = ("assembly", "-number")
        constraints = [
            models.UniqueConstraint(
                name="term_number_once_per_assembly", fields=("assembly", "number")
            ),
            models.CheckConstraint(
                name="term_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gt=F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly}第{self.number}届"


class Session(models.Model):
    """会次: one meeting of the congress; proposals raised there carry its number."""

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届")
    number = models.PositiveSmallIntegerField("次数")
    opens_on = models.DateField("开幕日期")
    closes_on = models.DateField("闭幕日期")

    class Meta:
        verbose_name = verbose_name_plural = "会次"
        ordering = ("-opens_on",)
        constraints = [
            models.UniqueConstraint(name="session_number_once_per_term", fields=("term", "number")),
            models.CheckConstraint(
                name="session_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{in_chinese(self.term.number)}届人大{in_chinese(self.number)}次会议"

    @property
    def of_county(self) -> bool:
        return self.term.assembly.level.code == COUNTY

    @property
    def of_township(self) -> bool:
        return self.term.assembly.level.code == TOWNSHIP

    @property
    def congress(self) -> str:
        """县 for the county's own, 柳河镇 for a township's."""
        return "县" if self.of_county else self.term.assembly.area.name

    @property
    def full_name(self) -> str:
        """十九届人大五次会议 of the county's congress; a township's says whose it is."""
        return str(self) if self.of_county else f"{self.congress}{self}"

    @property
    def office(self) -> str:
        """谁审查: 代工委 in the county, in a township the staff of its own 人大主席团."""
        return f"{self.congress}人大" if self.of_township else "代工委"

    @property
    def office_in_full(self) -> str:
        """The same for a deputy, who need not know how the county's is called for short."""
        return self.office if self.of_township else "县人大常委会代表工作机构"

    @property
    def offices(self) -> str:
        """谁看得到: 县人大代工委, and for a township's congress its own office before it."""
        county = "县人大代工委"
        return f"{self.office}、{county}" if self.of_township else county


class OrganisationKind(models.TextChoices):
    COMMITTEE = "committee", "代表工作委员会（代工委）"
    SPECIAL = "special", "专门委员会、其他工作机构"
    TOWNSHIP = "township", "乡镇人大"
    UNIT = "unit", "承办单位"
    ELECTING = "electing", "选举单位"


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def units(self) -> Self:
        """承办单位, in the order of the units' own list."""
        return self.filter(kind=OrganisationKind.UNIT)

    def townships(self) -> Self:
        return self.filter(kind=OrganisationKind.TOWNSHIP)


class Organisation(models.Model):
    """机构: a committee office, a township's congress, a handling unit or an electing unit."""

    kind = models.CharField("类别", max_length=20, choices=OrganisationKind)
    name = models.CharField("全称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="区域")
    phone = models.CharField("办公电话", max_length=30, blank=True)
    position = models.PositiveSmallIntegerField("次序", default=0)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ("kind", "position", "name")
        constraints = [
            models.UniqueConstraint(
                name="organisation_name_once_per_area",
                fields=("area", "name"),
                violation_error_message="这个区域已有同名机构。",
            )
        ]

    def __str__(self) -> str:
        return self.name
