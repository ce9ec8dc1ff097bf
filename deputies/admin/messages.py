"""群众留言 in the browser admin: that they are answered; never who wrote them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.contrib.filters.admin import DropdownFilter

from congress.shared import clock
from congress.shared.admin import ReadOnlyAdmin
from deputies.models import Message
from deputies.queries.messages import overdue


class LateFilter(DropdownFilter):
    """Those that wait for an answer longer than the county allows."""

    title = "答复期限"
    parameter_name = "late"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Message]"
    ) -> list[tuple[Any, str]]:
        return [("1", "超期没答复")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        if self.value() != "1":
            return queryset
        return queryset.filter(pk__in=overdue(clock.today()).order_by().values("pk"))


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin[Message]):
    """By state and age; a line leads to the message, its contact masked."""

    list_display = ("excerpt", "deputy", "state", "sent_at", "ended_at")
    list_filter = ("state", LateFilter, "sent_at")
    list_select_related = ("deputy",)
    search_fields = ("words", "deputy__name", "receipt")
    search_help_text = "留言里的词、代表姓名或查询号"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, bool] | None = None,
    ) -> HttpResponse:
        return redirect("deputies:message", object_id)

    @admin.display(description="反映的事")
    def excerpt(self, message: Message) -> str:
        return f"{message.words[:30]}…" if len(message.words) > 30 else message.words
