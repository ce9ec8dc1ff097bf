"""Reference data of the kernel, in the browser admin."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from congress.shared import confidential
from congress.shared.admin.base import ReadOnlyAdmin, ReferenceAdmin
from congress.shared.calendar import WEEKDAYS
from congress.shared.deeds import deed_words, subject_words
from congress.shared.middleware import acting
from congress.shared.models import (
    Area,
    Assembly,
    AuditEvent,
    Notice,
    Organisation,
    Session,
    Term,
    Workday,
)

admin.site.unregister(Group)
# Rights come from posts; Django's own groups give none here, and would only mislead.


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin[Organisation]):
    list_display = ("name", "short_name", "kind", "phone")
    list_filter = ("kind",)
    search_fields = ("name", "short_name")


@admin.register(Area)
class AreaAdmin(ReferenceAdmin[Area]):
    list_display = ("name", "short_name", "parent", "position")
    list_select_related = ("parent",)
    search_fields = ("name",)


@admin.register(Assembly)
class AssemblyAdmin(ReadOnlyAdmin[Assembly]):
    list_display = ("name", "level", "area")
    list_select_related = ("level", "area")


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin[Term]):
    list_display = ("assembly", "number", "from_on", "to_on")
    list_select_related = ("assembly",)
    list_filter = ("number",)


@admin.register(Session)
class SessionAdmin(ReferenceAdmin[Session]):
    list_display = ("term", "number", "opens_on", "closes_on")
    list_select_related = ("term__assembly",)


@admin.register(Workday)
class WorkdayAdmin(ReferenceAdmin[Workday]):
    list_display = ("on", "weekday", "kind", "reason")
    list_filter = ("works",)
    date_hierarchy = "on"

    @admin.display(description="星期")
    def weekday(self, row: Workday) -> str:
        return f"周{WEEKDAYS[row.on.weekday()]}"

    @admin.display(description="上班还是放假", ordering="works")
    def kind(self, row: Workday) -> str:
        return "上班" if row.works else "放假"

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Titled by what is added."""
        context = {"title": "加一天放假或者调休上班"} | (extra_context or {})
        answer: HttpResponse = super().add_view(request, form_url, context)
        return answer

    def save_model(self, request: HttpRequest, obj: Workday, form: Any, change: bool) -> None:
        """The day is saved; deadlines move only when somebody has looked at them."""
        super().save_model(request, obj, form, change)
        said = '期限不会自己变：请打开<a href="{}">期限变动</a>看调整前后，再一起确认。'
        messages.info(request, format_html(said, reverse("proposals:recompute")))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin[AuditEvent]):
    list_display = ("at", "by_name", "post", "what", "subject_id", "before", "after", "note")
    fields = list_display
    readonly_fields = list_display
    search_fields = ("by_name", "note")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """Without what is only for those who must know."""
        return confidential.trail_for(acting(request), super().get_queryset(request))

    @admin.display(description="对象", ordering="subject")
    def what(self, event: AuditEvent) -> str:
        return subject_words(event.subject)

    @admin.display(description="原状态")
    def before(self, event: AuditEvent) -> str:
        return deed_words(event.subject, event.was) or "—"

    @admin.display(description="做了什么")
    def after(self, event: AuditEvent) -> str:
        return deed_words(event.subject, event.now)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin[Notice]):
    list_display = ("written_at", "person", "text", "read_at", "sent_at")
    list_select_related = ("person",)
    search_fields = ("text", "person__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        """Without what was written in confidence to others."""
        return confidential.notices_for(acting(request), super().get_queryset(request))
