"""六有 and what hangs on the walls, in the browser admin."""

from django.contrib import admin

from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from stations.models import Standard, StationCheck, WallDocument, WallVersion


@admin.register(Standard)
class StandardAdmin(ReferenceAdmin[Standard]):
    list_display = ("name", "words", "position", "from_on", "to_on")


@admin.register(StationCheck)
class StationCheckAdmin(ReadOnlyAdmin[StationCheck]):
    list_display = ("checked_on", "station", "checked_by")
    list_filter = (("station__area", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("station", "checked_by")
    search_fields = ("station__name",)
    date_hierarchy = "checked_on"


@admin.register(WallDocument)
class WallDocumentAdmin(ReferenceAdmin[WallDocument]):
    """The titles; their words come by publishing a version."""

    list_display = ("title", "position", "to_on")


@admin.register(WallVersion)
class WallVersionAdmin(ReadOnlyAdmin[WallVersion]):
    list_display = ("document", "number", "published_on", "basis", "published_by")
    list_filter = ("document",)
    list_select_related = ("document", "published_by")
