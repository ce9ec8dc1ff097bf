"""名册导入: an uploaded sheet, each row with its verdict, nothing written before confirmation."""

from typing import Self

from django.db import models
from django.db.models import Q

from congress.shared.actors import Actor
from congress.shared.models import Area, User
from congress.shared.workflow import Stepped
from deputies.models.people import Deputy
from deputies.states import IMPORT_STEPS, ImportState, SameOrNot, SheetKind, Verdict

WRITTEN = (ImportState.APPLIED, ImportState.UNDONE)


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, actor: Actor) -> Self:
        """Imports hold everybody's telephone: for the committee's desk only."""
        return self if actor.at_the_desk else self.none()

    def to_read(self) -> Self:
        """Uploaded and too long to be read while somebody waits."""
        return self.filter(state=ImportState.WAITING)

    def to_apply(self) -> Self:
        """Confirmed and too long to be written while somebody waits."""
        return self.filter(state=ImportState.APPLYING)

    def recent(self) -> Self:
        """The last few, with who uploaded them."""
        return self.select_related("uploaded_by", "applied_by").order_by("-pk")[:8]


class RosterImport(Stepped):
    """名册导入: one uploaded file."""

    STEPS = IMPORT_STEPS
    kind = models.CharField("什么表", max_length=10, choices=SheetKind, default=SheetKind.ROSTER)
    state = models.CharField(
        "状态", max_length=20, choices=ImportState, default=ImportState.MATCHING
    )
    file_name = models.CharField("文件名", max_length=200)
    sheet = models.CharField("工作表", max_length=60, blank=True)
    header_row = models.PositiveIntegerField("表头行", default=0)
    layout = models.JSONField("表头", default=dict, help_text="等着对列名时，表里有哪些列")
    names = models.JSONField("列名对照", default=dict)
    waived = models.JSONField("没有的列", default=list)
    level = models.CharField("统一层级", max_length=10, blank=True)
    rows_read = models.PositiveIntegerField("已读行数", default=0)
    problem = models.CharField("问题", max_length=200, blank=True)
    made = models.JSONField("新建的记录", default=dict, help_text="撤回时要用")
    county = models.ForeignKey(Area, models.PROTECT, verbose_name="县")
    elected_on = models.DateField(
        "换届日期", help_text="名册：新增代表的任职开始日期；别的表：上传的日期"
    )
    uploaded_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        verbose_name="上传人",
        related_name="+",
        help_text="空着的是运维命令",
    )
    uploaded_at = models.DateTimeField("上传时间")
    applied_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name="确认人", related_name="+"
    )
    applied_at = models.DateTimeField("导入时间", null=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, verbose_name="撤回人", related_name="+"
    )
    undone_at = models.DateTimeField("撤回时间", null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "名册导入"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                name="roster_import_applied_has_when",  # and who, unless an operator's command
                condition=Q(state__in=WRITTEN, applied_at__isnull=False)
                | (~Q(state__in=WRITTEN) & Q(applied_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="roster_import_undone_has_who_and_when",
                condition=Q(
                    state=ImportState.UNDONE, undone_by__isnull=False, undone_at__isnull=False
                )
                | (
                    ~Q(state=ImportState.UNDONE) & Q(undone_by__isnull=True, undone_at__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class RosterFile(models.Model):
    """上传的文件: kept until its rows are read, and then gone."""

    batch = models.OneToOneField(
        RosterImport, models.CASCADE, related_name="upload", verbose_name="导入"
    )
    content = models.BinaryField("文件")

    class Meta:
        verbose_name = verbose_name_plural = "上传的文件"

    def __str__(self) -> str:
        return self.batch.file_name


class RosterRow(models.Model):
    """一行: what the sheet says, and what would come of it."""

    batch = models.ForeignKey(
        RosterImport, models.CASCADE, related_name="rows", verbose_name="导入"
    )
    number = models.PositiveIntegerField("行号")
    verdict = models.CharField("判定", max_length=10, choices=Verdict)
    name = models.CharField("姓名", max_length=60, blank=True)
    cells = models.JSONField("原文", help_text="列名到单元格文字")
    changes = models.JSONField("变更", default=list, help_text="[字段, 原值, 新值]")
    fault_cell = models.CharField("出错单元格", max_length=10, blank=True)
    fault = models.CharField("原因", max_length=120, blank=True)
    deputy = models.ForeignKey(Deputy, models.SET_NULL, null=True, verbose_name="代表")
    sent = models.JSONField("改前原文", default=dict, help_text="在预览里改过的单元格")
    alike = models.CharField("是不是同一人", max_length=10, choices=SameOrNot, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入行"
        ordering = ("batch", "number")
        constraints = [
            models.UniqueConstraint(name="roster_row_once_per_batch", fields=("batch", "number")),
            models.CheckConstraint(
                name="roster_row_error_says_why",
                condition=(Q(verdict=Verdict.ERROR) & ~Q(fault=""))
                | (~Q(verdict=Verdict.ERROR) & Q(fault="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class HeaderName(models.Model):
    """记住的列名: what a committee's own header stands for, as somebody once said."""

    kind = models.CharField("什么表", max_length=10, choices=SheetKind, default=SheetKind.ROSTER)
    header = models.CharField("表里的列名", max_length=60)
    column = models.CharField("对应的列", max_length=20, blank=True, help_text="空着是不用这一列")
    named_by = models.ForeignKey(User, models.PROTECT, verbose_name="对列名的人")
    named_at = models.DateTimeField("对列名时间")

    class Meta:
        verbose_name = verbose_name_plural = "记住的列名"
        ordering = ("kind", "header")
        constraints = [
            models.UniqueConstraint(
                name="header_name_once_per_kind_of_sheet", fields=("kind", "header")
            )
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column or '不用'}"
