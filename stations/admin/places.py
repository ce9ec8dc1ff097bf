"""代表之家、联络站 in the browser admin, and who serves where."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from unfold.decorators import action

from congress.shared import clock
from congress.shared.admin import ReadOnlyAdmin
from stations.models import Posting, Station, StationImport


@admin.register(Station)
class StationAdmin(ReadOnlyAdmin[Station]):
    list_display = ("name", "kind", "area", "group", "posted", "keeper", "address")
    list_filter = ("kind", ("area", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("area", "group", "keeper")
    search_fields = ("name", "address")
    actions_detail = ["to_describe_station", "to_name_keeper", "to_postings"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Station]:
        now = Count(
            "postings", filter=Q(postings__in=Posting.objects.running(clock.today()).values("pk"))
        )
        return super().get_queryset(request).annotate(size=now)

    @admin.display(description="进驻代表", ordering="size")
    def posted(self, station: Station) -> int:
        return int(getattr(station, "size", 0))

    @action(description="更新资料", url_path="to-describe-station")  # type: ignore[operator]  # unfold calls it data
    def to_describe_station(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("stations:describe_station", object_id)

    @action(description="指定站长", url_path="to-name-keeper")  # type: ignore[operator]  # unfold calls it data
    def to_name_keeper(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("stations:name_keeper", object_id)

    @action(description="进驻代表", url_path="to-postings")  # type: ignore[operator]  # unfold calls it data
    def to_postings(self, request: HttpRequest, object_id: int) -> HttpResponse:
        listing = reverse("admin:stations_posting_changelist")
        return redirect(f"{listing}?station__id__exact={object_id}")


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin[Posting]):
    """进驻, past and present: a deputy's by their name, a station's from its own page."""

    linked = ("station",)

    list_display = ("deputy", "station", "from_on", "to_on")
    list_filter = (("station__area", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("deputy", "station")
    search_fields = ("deputy__name", "deputy__pinyin_key", "station__name")
    search_help_text = "代表姓名、拼音或家站名称"
    ordering = ("station__area__position", "station__position", "deputy__stroke_key", "-from_on")


@admin.register(StationImport)
class StationImportAdmin(ReadOnlyAdmin[StationImport]):
    list_display = ("applied_at", "applied_by", "undone_at", "undone_by", "outcome")
    list_select_related = ("applied_by", "undone_by")
    exclude = ("founded", "described")
