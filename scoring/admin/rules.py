"""积分规则书, to look things up; drafts are made, tried and adopted on pages of their own."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from unfold.admin import TabularInline

from congress.shared.admin import ReadOnlyAdmin
from scoring.models import Ceiling, Rule, RuleBook


class ReadOnlyInline(TabularInline):
    """Rows of a book: shown, never changed."""

    extra = 0
    can_delete = False
    hide_title = True
    named: tuple[str, ...] = ()
    """What each row names, read with it."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.named)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class CeilingInline(ReadOnlyInline):
    model = Ceiling
    fields = ("category", "points")
    named = ("category",)


class RuleInline(ReadOnlyInline):
    model = Rule
    fields = ("item", "category", "points", "per_year", "bonus", "highest_only")
    named = ("item", "category")


@admin.register(RuleBook)
class RuleBookAdmin(ReadOnlyAdmin[RuleBook]):
    list_display = ("page", "state", "from_on", "basis", "minute")
    list_display_links = None
    list_select_related = ("assembly",)
    list_filter = ("state", "assembly")
    list_before_template = "scoring/_adopt.html"
    inlines = (CeilingInline, RuleInline)

    @admin.display(description="规则书", ordering="version")
    def page(self, book: RuleBook) -> str:
        return format_html('<a href="{}">{}</a>', reverse("scoring:rulebook", args=[book.pk]), book)
