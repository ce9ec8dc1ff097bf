"""活动 and 签到 in the browser admin."""

from django.contrib import admin

from congress.shared.admin import ReadOnlyAdmin
from stations.models import Activity, Attendance


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin[Activity]):
    list_display = ("held_on", "title", "item", "group", "assembly", "place", "registered_by")
    list_filter = ("item", "group__area")
    list_select_related = ("item", "group", "assembly", "registered_by")
    search_fields = ("title", "place")
    date_hierarchy = "held_on"


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin[Attendance]):
    list_display = ("activity", "deputy", "presence", "approver")
    list_filter = ("presence", "activity__item")
    list_select_related = ("activity", "deputy")
    search_fields = ("deputy__name", "activity__title")
