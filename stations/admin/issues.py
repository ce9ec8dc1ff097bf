"""民情事项 in the browser admin."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from congress.shared.admin import ReadOnlyAdmin
from stations.models import Issue


@admin.register(Issue)
class IssueAdmin(ReadOnlyAdmin[Issue]):
    """What voters raised; a line leads to its page."""

    list_display = ("title", "station", "deputy", "route", "state", "due_on", "raised_at")
    list_filter = ("state", "route", "station__area")
    list_select_related = ("station", "message__deputy", "visit__deputy")
    search_fields = ("title", "station__name", "message__deputy__name", "visit__deputy__name")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, bool] | None = None,
    ) -> HttpResponse:
        return redirect("stations:issue", object_id)

    @admin.display(description="代表")
    def deputy(self, issue: Issue) -> str:
        return issue.deputy.name
