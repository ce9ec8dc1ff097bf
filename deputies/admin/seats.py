"""资格变动 and 公告 in the browser admin: every one there ever was; a line leads to its page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from unfold.decorators import action

from congress.shared.admin import ReadOnlyAdmin
from congress.shared.middleware import acting
from deputies.models import Announcement, SeatChange


@admin.register(SeatChange)
class SeatChangeAdmin(ReadOnlyAdmin[SeatChange]):
    list_display = ("deputy", "kind", "state", "term", "reason", "effective_on", "paper")
    list_filter = ("kind", "state", "mandate__term__assembly__level")
    list_select_related = ("mandate__deputy", "mandate__term__assembly", "announcement")
    search_fields = ("mandate__deputy__name", "mandate__deputy__pinyin_key", "reason")
    search_help_text = "姓名、拼音或事由"
    actions_list = ["to_changes"]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, bool] | None = None,
    ) -> HttpResponse:
        """The person's page tells it with everything before and after."""
        rows = SeatChange.objects.visible_to(acting(request)).select_related("mandate")
        return redirect("deputies:person", get_object_or_404(rows, pk=object_id).mandate.deputy_id)

    @admin.display(description="代表", ordering="mandate__deputy__stroke_key")
    def deputy(self, change: SeatChange) -> str:
        return change.mandate.deputy.name

    @admin.display(description="届")
    def term(self, change: SeatChange) -> str:
        return str(change.mandate.term)

    @admin.display(description="公告")
    def paper(self, change: SeatChange) -> str:
        return str(change.announcement) if change.announcement else "—"

    @action(description="等着公告的", url_path="to-changes")  # type: ignore[operator]  # unfold calls it data
    def to_changes(self, request: HttpRequest) -> HttpResponse:
        return redirect("deputies:changes")


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin[Announcement]):
    list_display = ("number_set", "assembly", "announced_on", "seats", "before", "after")
    list_filter = ("year", "assembly__level")
    list_select_related = ("assembly",)
    search_fields = ("body", "changes__mandate__deputy__name")
    search_help_text = "署名或公告里的姓名"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, bool] | None = None,
    ) -> HttpResponse:
        return redirect("deputies:announcement", object_id)

    @admin.display(description="编号", ordering="number")
    def number_set(self, paper: Announcement) -> str:
        return str(paper)
