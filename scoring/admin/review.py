"""年度评价, to look things up; every step is a page of its own."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import action

from congress.shared.admin import ReadOnlyAdmin
from congress.shared.middleware import acting
from scoring.models import Appraisal, ReviewCycle


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
