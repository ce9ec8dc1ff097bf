"""来访登记、议事 in the browser admin: who came is masked there too."""

from django.contrib import admin

from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from stations.models import Council, CouncilKind, Visit
from stations.queries.visits import hidden


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin[Visit]):
    list_display = ("came_on", "station", "way", "deputy", "visitor", "people", "state")
    list_filter = ("state", "way", ("station__area", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("station", "deputy")
    search_fields = ("station__name", "deputy__name")
    date_hierarchy = "came_on"
    exclude = ("caller", "contact", "token")

    @admin.display(description="来访人")
    def visitor(self, visit: Visit) -> str:
        return hidden(visit.caller)


@admin.register(CouncilKind)
class CouncilKindAdmin(ReferenceAdmin[CouncilKind]):
    list_display = ("name", "words", "position", "to_on")


@admin.register(Council)
class CouncilAdmin(ReadOnlyAdmin[Council]):
    list_display = ("held_on", "station", "kind", "topic", "people", "state")
    list_filter = ("state", "kind", ("station__area", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("station", "kind")
    search_fields = ("station__name", "topic")
    date_hierarchy = "held_on"
