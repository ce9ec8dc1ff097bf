"""年度评价, to look things up; every step is a page of its own."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import action

from congress.shared.admin import ReadOnlyAdmin
from congress.shared.middleware import acting
from scoring.models import Appraisal, Archive, ReviewCycle


@admin.register(ReviewCycle)
class ReviewCycleAdmin(ReadOnlyAdmin[ReviewCycle]):
    list_display = ("page", "assembly", "state", "opened_at", "minute", "decided_at")
    list_display_links = None
    list_filter = ("state", "assembly")
    list_select_related = ("assembly",)
    fields = ("assembly", "year", "state", "opened_at", "minute", "decided_by", "decided_at")
    actions_list = ("open_cycle",)

    @admin.display(description="年度评价", ordering="year")
    def page(self, cycle: ReviewCycle) -> str:
        return format_html('<a href="{}">{}</a>', reverse("scoring:cycle", args=[cycle.pk]), cycle)

    @action(description="启动年度评价", url_path="open")  # type: ignore[operator]  # a class to mypy
    def open_cycle(self, request: HttpRequest) -> HttpResponse:
        return redirect("scoring:open_cycle")


@admin.register(Appraisal)
class AppraisalAdmin(ReadOnlyAdmin[Appraisal]):
    list_display = ("deputy", "cycle", "step", "score", "words", "given_by", "given_at")
    list_filter = ("step", "cycle")
    list_select_related = ("deputy", "cycle", "given_by")
    search_fields = ("deputy__name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appraisal]:
        """背靠背 holds here too."""
        return super().get_queryset(request) & Appraisal.objects.visible_to(acting(request))


Columns = list[str | Callable[[Archive], str | bool]]


@admin.register(Archive)
class ArchiveAdmin(ReadOnlyAdmin[Archive]):
    list_display = ("number", "deputy", "grade", "lit", "pages", "sealed_at", "download")
    list_filter = ("grading__cycle", "grading__grade")
    search_fields = ("number", "grading__deputy__name")
    fields = ("number", "deputy", "grade", "sha256", "pages", "sealed_at")

    def get_list_display(self, request: HttpRequest) -> Columns:
        """Everybody at the desk sees that a file is sealed; the office opens it."""
        if acting(request).is_staff:
            return [*self.list_display]
        return [column for column in self.list_display if column != "download"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Archive]:
        rows = super().get_queryset(request)
        return rows.select_related("grading__deputy", "grading__grade").prefetch_related(
            "grading__lights", "grading__amendments__grade"
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

    @admin.display(description="档案")
    def download(self, archive: Archive) -> str:
        page = reverse("scoring:duty_file", args=[archive.pk])
        return format_html('<a href="{}">下载</a>', page)
