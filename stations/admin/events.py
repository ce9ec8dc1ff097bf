"""活动 and 签到 in the browser admin."""

from django.contrib import admin

from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from stations.models import Activity, Attendance, Invitee, Tag


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin[Activity]):
    list_display = ("held_on", "title", "state", "item", "group", "assembly", "place")
    list_filter = ("state", "item", "group__area")
    list_select_related = ("item", "group", "assembly")
    search_fields = ("title", "place")
    date_hierarchy = "held_on"


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin[Attendance]):
    list_display = ("activity", "deputy", "presence", "approver")
    list_filter = ("presence", "activity__item")
    list_select_related = ("activity", "deputy")
    search_fields = ("deputy__name", "activity__title")


@admin.register(Invitee)
class InviteeAdmin(ReadOnlyAdmin[Invitee]):
    list_display = ("activity", "deputy", "state", "reason", "decided_by")
    list_filter = ("state",)
    list_select_related = ("activity", "deputy", "decided_by")
    search_fields = ("deputy__name", "activity__title")


@admin.register(Tag)
class TagAdmin(ReferenceAdmin[Tag]):
    """三进、五亮、六查: the county's own list."""

    list_display = ("family", "name", "words", "position", "to_on")
