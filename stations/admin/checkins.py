"""现场签到、发现的问题 in the browser admin."""

from django.contrib import admin

from congress.shared.admin import ReadOnlyAdmin
from stations.models import CheckIn, Finding


@admin.register(CheckIn)
class CheckInAdmin(ReadOnlyAdmin[CheckIn]):
    list_display = ("at", "activity", "deputy", "way", "received_at", "entered_by")
    list_filter = ("way",)
    list_select_related = ("activity", "deputy", "entered_by")
    search_fields = ("deputy__name", "activity__title")
    date_hierarchy = "at"
    exclude = ("device", "token")


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin[Finding]):
    list_display = ("found_on", "title", "area", "deputy", "state", "due_on")
    list_filter = ("state", ("area", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("area", "deputy")
    search_fields = ("title", "deputy__name")
    date_hierarchy = "found_on"
    exclude = ("token",)
