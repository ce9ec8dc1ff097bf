"""履职记录 and the year's list in the browser admin."""

from django.contrib import admin

from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from deputies.models import DutyCategory, DutyItem, DutyRecord


@admin.register(DutyRecord)
class DutyRecordAdmin(ReadOnlyAdmin[DutyRecord]):
    """To look things up; checking and verifying have their own page."""

    list_display = ("done_on", "deputy", "item", "quantity", "state", "place", "reported_by")
    list_filter = ("state", "item__category", "item")
    list_select_related = ("deputy", "item", "reported_by")
    search_fields = ("deputy__name", "place", "note")
    date_hierarchy = "done_on"


@admin.register(DutyCategory)
class DutyCategoryAdmin(ReferenceAdmin[DutyCategory]):
    list_display = ("name", "position")


@admin.register(DutyItem)
class DutyItemAdmin(ReferenceAdmin[DutyItem]):
    list_display = (
        "code",
        "name",
        "category",
        "unit",
        "evidence",
        "organiser_may_report",
        "deputy_may_report",
        "per_day",
    )
    list_filter = ("category", "deputy_may_report", "organiser_may_report")
    list_select_related = ("category",)
    search_fields = ("code", "name")
