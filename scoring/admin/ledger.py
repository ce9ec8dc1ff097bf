"""积分账与年度合计, to look things up. A line is only ever reversed, by its own verb."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from congress.shared.admin import ReadOnlyAdmin
from scoring.models import Entry, YearTotal


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin[Entry]):
    list_display = ("deputy", "year", "item", "done_on", "points", "version", "posted_at", "undo")
    list_filter = ("year", "assembly", "rule__category")
    search_fields = ("deputy__name",)
    ordering = ("-id",)
    fields = (
        *("deputy", "assembly", "year", "rule", "record", "points"),
        *("reverses", "corrects", "posted_at"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        rows = super().get_queryset(request)
        return rows.select_related("deputy", "rule__item", "rule__book", "record", "entry")

    @admin.display(description="条目")
    def item(self, entry: Entry) -> str:
        return f"{entry.rule.item.code} {entry.rule.item.short_name}"

    @admin.display(description="履职日期", ordering="record__done_on")
    def done_on(self, entry: Entry) -> object:
        return entry.record.done_on

    @admin.display(description="规则")
    def version(self, entry: Entry) -> str:
        return f"第 {entry.rule.book.version} 版"

    @admin.display(description="冲销")
    def undo(self, entry: Entry) -> str:
        if entry.reverses_id:
            return f"冲销第 {entry.reverses_id} 笔"
        said = f"改正第 {entry.corrects_id} 笔，" if entry.corrects_id else ""
        if hasattr(entry, "entry"):
            return f"{said}已冲销"
        page = reverse("scoring:reverse", args=[entry.pk])
        return format_html('{}<a href="{}">冲销…</a>', said, page)


@admin.register(YearTotal)
class YearTotalAdmin(ReadOnlyAdmin[YearTotal]):
    list_display = ("deputy", "assembly", "year", "base", "bonus", "total", "lines")
    list_filter = ("year", "assembly")
    list_select_related = ("deputy", "assembly")
    search_fields = ("deputy__name",)
    ordering = ("-year", "-total")

    @admin.display(description="明细")
    def lines(self, total: YearTotal) -> str:
        page = reverse("scoring:points_of", args=[total.deputy_id])
        query = f"year={total.year}&assembly={total.assembly_id}"
        return format_html('<a href="{}?{}">每一笔</a>', page, query)
