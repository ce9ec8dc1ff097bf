"""评定结果、否决情形, to look up; a grade changes by amendment only, on a page of its own."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from scoring.models import Grading, VetoKind


@admin.register(Grading)
class GradingAdmin(ReadOnlyAdmin[Grading]):
    list_display = ("page", "cycle", "standing", "decided", "suggested", "suggestion", "stars")
    list_display_links = None
    list_filter = ("grade", "cycle")
    search_fields = ("deputy__name",)
    fields = ("deputy", "cycle", "points", "suggestion", "stars", "suggested", "grade")
    """Why, and why a star is dark, stands on the deputy's own page, which fewer may open."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Grading]:
        """With the grade that stands now; there is no row before the decision."""
        return Grading.objects.with_standing_grade().select_related("deputy", "cycle", "suggested")

    @admin.display(description="代表", ordering="deputy__stroke_key")
    def page(self, grading: Grading) -> str:
        address = reverse("scoring:grading", args=[grading.pk])
        return format_html('<a href="{}">{}</a>', address, grading.deputy.name)

    @admin.display(description="现行等次")
    def standing(self, grading: Grading) -> str:
        return grading.standing_grade.name

    @admin.display(description="原评定", ordering="grade__position")
    def decided(self, grading: Grading) -> str:
        return "—" if grading.standing_grade == grading.grade else f"{grading.grade}（已更正）"


@admin.register(VetoKind)
class VetoKindAdmin(ReferenceAdmin[VetoKind]):
    list_display = ("name", "best", "source", "position")
    list_select_related = ("best",)
    fields = ("name", "best", "position")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """What the decision asks for is found by its code: another kind needs a rule of its own."""
        return False
