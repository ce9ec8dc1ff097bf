"""建议 in the browser admin: to look things up and to export. Ratings are not here at all."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join

from congress.shared import clock
from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from congress.shared.admin.base import Record
from congress.shared.admin.reference import AuditEventAdmin, NoticeAdmin
from congress.shared.http import as_download
from congress.shared.middleware import acting
from congress.shared.models import AuditEvent, Notice, Session
from congress.shared.templatetags import ui
from congress.shared.workbook import workbook
from proposals.models import (
    Assignment,
    Meeting,
    OutcomeClass,
    Proposal,
    RefusalGround,
    Reply,
    WorkTheme,
)
from proposals.queries import anew, contact
from proposals.queries.clocks import Clock, Light, day
from proposals.queries.contact import ContactDays
from proposals.queries.in_hand import also_late
from proposals.queries.visibility import logged

Running = Mapping[int, anew.Orders]
HEAD = ("编号", "标题", "领衔代表", "代表团", "主办单位", "状态", "答复期限", "时限")


class Timing(admin.SimpleListFilter):
    """时限."""

    title = "时限"
    parameter_name = "timing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("late", "超期"), ("contact", "首次联系超期"), ("hand", "办理中")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "late":
            return queryset.overdue(clock.today())
        if self.value() == "contact":
            late = contact.late(clock.today())
            return queryset.filter(pk__in={each.part.proposal_id for each in late})
        return queryset.in_hand() if self.value() == "hand" else queryset


class OfSession(admin.RelatedFieldListFilter):
    """会次: those with proposals, their names fetched in one query."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        used = Session.objects.filter(pk__in=Proposal.objects.order_by().values("session"))
        return [(str(each.pk), str(each)) for each in used.select_related("term")]


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin[Proposal]):
    """To look things up. Proposals change only through their verbs."""

    list_filter = ("state", Timing, "kind", ("session", OfSession), "assignments__unit")
    search_fields = ("number", "title", "lead__name")
    list_display_links = ("number", "title")
    list_before_template = "proposals/_export.html"
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        rows = Proposal.objects.visible_to(acting(request)).with_progress()
        return rows.order_by(*self.get_ordering(request))

    def get_list_display(
        self, request: HttpRequest
    ) -> tuple[str | Callable[[Proposal], str | bool], ...]:
        """The light needs the calendar: fetched once for the page, not once for each row."""
        timing = Clock.on(clock.today())
        contacts, orders = ContactDays(timing.works), anew.all_running()

        @admin.display(description="时限")
        def time_left(row: Proposal) -> str:
            said = [(found, "") for found in [light_of(row, timing, orders)] if found]
            said += also_late(row, timing, contacts)
            lines = format_html_join("", "<p>{}{}</p>", ((ui.light(*f), who) for f, who in said))
            return lines or "—"

        return ("number", "title", "lead", unit, "state", due, time_left)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        return [path("export/", export, name="proposals_proposal_export"), *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """导出: the rows the list shows under its filters, all pages of them."""
        timing = Clock.on(clock.today())
        contacts, orders = ContactDays(timing.works), anew.all_running()
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            raise BadRequest("no such filter") from None
        lines = (export_row(row, timing, contacts, orders) for row in rows)
        book = workbook("建议", HEAD, lines)
        return as_download(book, "建议.xlsx")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One proposal has one page for the office."""
        return redirect("proposals:dossier", object_id)


@admin.display(description="主办单位")
def unit(row: Proposal) -> str:
    first = row.handled_as.lead_assignment
    return first.unit.short_name if first else "—"


@admin.display(description="答复期限", ordering="due_on")
def due(row: Proposal) -> str:
    return day(row.due_on, clock.today()) if row.due_on else "—"


def light_of(row: Proposal, timing: Clock, orders: Running) -> Light | None:
    """Lights mean time only, so what is answered has none, but for 重新办理."""
    return anew.due_light(row.handled_as, timing, orders.get(row.handled_as.pk, ()))


def export_row(
    row: Proposal, timing: Clock, contacts: ContactDays, orders: Running
) -> tuple[str, ...]:
    found = light_of(row, timing, orders)
    said = [f"{ui.LIGHTS[found.kind]} {found.words}"] if found else []
    said += [
        f"{ui.LIGHTS[light.kind]} {light.words}{who}"
        for light, who in also_late(row, timing, contacts)
    ]
    return (
        row.number,
        row.title,
        row.lead.name,
        row.delegation.name if row.delegation else "",
        unit(row),
        row.get_state_display(),
        str(row.due_on or ""),
        "；".join(said),
    )


class OfProposalAdmin(ReadOnlyAdmin[Record]):
    """Rows about proposals: those that the pages show to whoever looks."""

    of = "assignment__proposal"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Record]:
        rows: QuerySet[Record] = super().get_queryset(request)
        return rows.filter(**{f"{self.of}__in": Proposal.objects.visible_to(acting(request))})


@admin.register(Assignment)
class AssignmentAdmin(OfProposalAdmin[Assignment]):
    of = "proposal"
    list_display = ("proposal", "unit", "role", "assigned_on", "due_on")
    list_select_related = ("proposal", "unit")
    list_filter = ("role", "unit")
    search_fields = ("proposal__number", "proposal__title")


@admin.register(Meeting)
class MeetingAdmin(OfProposalAdmin[Meeting]):
    list_display = ("assignment", "stage", "met_on", "place", "confirmed_at")
    list_select_related = ("assignment__proposal", "assignment__unit")
    list_filter = ("stage",)
    search_fields = ("assignment__proposal__number", "assignment__proposal__title")


@admin.register(Reply)
class ReplyAdmin(OfProposalAdmin[Reply]):
    list_display = ("file_number", "assignment", "result", "replied_on", "signer", "rated_until")
    list_select_related = ("assignment__proposal", "assignment__unit", "outcome")
    list_filter = ("outcome",)
    search_fields = ("file_number", "assignment__proposal__title")
    readonly_fields = ("result",)
    fields = (
        *("assignment", "version", "result", "text", "file_number", "signer", "replied_by"),
        *("signed_by", "replied_on", "first_rate_until"),
    )

    @admin.display(description="结果类别", ordering="outcome")
    def result(self, row: Reply) -> str:
        return str(row.result)

    @admin.display(description="评价截止", ordering="rate_until")
    def rated_until(self, row: Reply) -> date:
        return row.rate_until


admin.site.unregister((AuditEvent, Notice))


@admin.register(AuditEvent)
class TrailAdmin(AuditEventAdmin):
    """办理痕迹 of the whole house, without what the table of events keeps from everybody."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        rows: QuerySet[AuditEvent] = super().get_queryset(request)
        return rows & logged()


@admin.register(Notice)
class ToldAdmin(NoticeAdmin):
    """通知 of the whole house, but for those of a text that no office may see yet."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        seen = Proposal.objects.visible_to(acting(request)).values("pk")
        unseen = Proposal.objects.exclude(pk__in=seen).order_by().values_list("pk", flat=True)
        pages = [reverse("proposals:detail", args=[pk]) for pk in unseen]
        rows: QuerySet[Notice] = super().get_queryset(request)
        return rows.exclude(link__in=pages)


@admin.register(OutcomeClass)
class OutcomeClassAdmin(ReferenceAdmin[OutcomeClass]):
    list_display = ("code", "name", "definition", "meaning", "position", "from_on", "to_on")


@admin.register(WorkTheme)
class WorkThemeAdmin(ReferenceAdmin[WorkTheme]):
    """What the key list looks for in proposals, from which day to which."""

    list_display = ("name", "words", "from_on", "until_on")


@admin.register(RefusalGround)
class RefusalGroundAdmin(ReferenceAdmin[RefusalGround]):
    """One on which a proposal was refused is told to its deputies by its name, which stays."""

    list_display = ("name", "position", "from_on", "to_on")

    def get_readonly_fields(
        self, request: HttpRequest, obj: RefusalGround | None = None
    ) -> tuple[str, ...]:
        used = obj is not None and Proposal.objects.filter(ground=obj).exists()
        return ("code", "name") if used else ()
