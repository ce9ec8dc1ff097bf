"""年度代表工作计划 in the browser admin: the list; a line leads to the plan's own page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.decorators import action

from congress.shared.admin import ReadOnlyAdmin
from deputies.models import AnnualPlan


@admin.register(AnnualPlan)
class AnnualPlanAdmin(ReadOnlyAdmin[AnnualPlan]):
    list_display = ("title", "assembly", "version", "state", "meeting", "passed_on")
    list_filter = ("state", "year")
    list_select_related = ("assembly",)
    search_fields = ("title",)
    actions_list = ["to_draft_plan"]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, bool] | None = None,
    ) -> HttpResponse:
        return redirect("deputies:plan", object_id)

    @action(description="起草计划", url_path="to-draft-plan")  # type: ignore[operator]  # unfold calls it data
    def to_draft_plan(self, request: HttpRequest) -> HttpResponse:
        return redirect("deputies:draft_plan")
