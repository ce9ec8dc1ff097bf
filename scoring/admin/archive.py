"""履职档案, to look them up; what is done with them is on pages of their own."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import action

from congress.shared.admin import ReadOnlyAdmin
from congress.shared.middleware import acting
from scoring.models import Archive

Columns = list[str | Callable[[Archive], str | bool]]


@admin.register(Archive)
class ArchiveAdmin(ReadOnlyAdmin[Archive]):
    list_before_template = "scoring/_export_archives.html"
    list_display = ("number", "deputy", "grade", "lit", "pages", "sealed_at", "amended", "download")
    list_filter = ("grading__cycle", "grading__grade")
    search_fields = ("number", "code", "sha256", "grading__deputy__name")
    fields = ("number", "deputy", "grade", "sha256", "data_sha256", "pages", "sealed_at", "amended")
    actions_list = ("to_years",)
    actions_detail = ("to_amend", "to_volumes")

    @action(description="年度封存", url_path="years")  # type: ignore[operator]  # a class to mypy
    def to_years(self, request: HttpRequest) -> HttpResponse:
        return redirect("scoring:archive_years")

    @action(description="更正", url_path="amend")  # type: ignore[operator]  # a class to mypy
    def to_amend(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("scoring:amend_archive", object_id)

    @action(description="任期卷", url_path="volumes")  # type: ignore[operator]  # a class to mypy
    def to_volumes(self, request: HttpRequest, object_id: str) -> HttpResponse:
        found = get_object_or_404(Archive.objects.select_related("grading"), pk=object_id)
        return redirect("scoring:term_volumes", found.grading.deputy_id)

    def get_list_display(self, request: HttpRequest) -> Columns:
        """Everybody at the desk sees that a file is sealed; the office opens it."""
        if acting(request).at_deputy_office:
            return [*self.list_display]
        return [column for column in self.list_display if column != "download"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Archive]:
        rows = super().get_queryset(request)
        return rows.select_related("grading__deputy", "grading__grade").prefetch_related(
            "grading__lights", "grading__amendments__grade", "amendments"
        )

    @admin.display(description="代表", ordering="grading__deputy__stroke_key")
    def deputy(self, archive: Archive) -> str:
        return archive.grading.deputy.name

    @admin.display(description="等次", ordering="grading__grade__position")
    def grade(self, archive: Archive) -> str:
        return archive.grading.standing_grade.name

    @admin.display(description="星")
    def lit(self, archive: Archive) -> str:
        return f"{sum(light.lit for light in archive.grading.lights.all())} 颗"

    @admin.display(description="更正")
    def amended(self, archive: Archive) -> str:
        count = len(archive.amendments.all())
        return f"{count} 份" if count else "没有"

    @admin.display(description="档案")
    def download(self, archive: Archive) -> str:
        page = reverse("scoring:duty_file", args=[archive.pk])
        return format_html('<a href="{}">下载</a>', page)
