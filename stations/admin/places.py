"""代表之家、联络站 in the browser admin; a deputy's page shows where they serve."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from unfold.admin import TabularInline

from congress.shared.admin import ReadOnlyAdmin
from congress.shared.middleware import acting
from deputies.models import Deputy
from stations.models import Posting, Station


@admin.register(Station)
class StationAdmin(ReadOnlyAdmin[Station]):
    list_display = ("name", "kind", "area", "group", "posted", "keeper", "address")
    list_filter = ("kind", ("area", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("area", "group", "keeper")
    search_fields = ("name", "address")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Station]:
        now = Count("postings", filter=Q(postings__to_on=None))
        return super().get_queryset(request).annotate(size=now)

    @admin.display(description="进驻代表", ordering="size")
    def posted(self, station: Station) -> int:
        return int(getattr(station, "size", 0))


class PostingInline(TabularInline):
    model = Posting
    fields = ("station", "from_on", "to_on")
    extra = 0
    hide_title = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return acting(request).at_the_desk

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        rows: QuerySet[Posting] = super().get_queryset(request)
        return rows.select_related("station")


_roster = type(admin.site.get_model_admin(Deputy))
_roster.inlines = [*_roster.inlines, PostingInline]
# The roster is below and knows no stations: whoever stands above adds to its page.
