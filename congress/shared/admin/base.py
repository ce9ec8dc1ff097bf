"""Base classes of the browser admin: what is only looked at, and what may be mended."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model
from django.http import HttpRequest

from congress.shared.middleware import acting
from congress.shared.roles import Role
from congress.shared.workflow import record

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin  # unfold ships no types; its class is this one
else:
    from unfold.admin import ModelAdmin

Record = TypeVar("Record", bound=Model)


class ReadOnlyAdmin(ModelAdmin[Record]):
    """To look things up. Records change only through their actions."""

    list_filter_submit = True
    list_per_page = 50
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return acting(request).at_the_desk

    def has_module_permission(self, request: HttpRequest) -> bool:
        return acting(request).at_the_desk

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return False


class ReferenceAdmin(ReadOnlyAdmin[Record]):
    """Reference data: the office's director and the system administrator may add and mend."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return acting(request).is_a(Role.STAFF_DIRECTOR, Role.SYSADMIN)

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return acting(request).is_a(Role.STAFF_DIRECTOR, Role.SYSADMIN)

    def save_model(self, request: HttpRequest, obj: Record, form: Any, change: bool) -> None:
        """The row is saved, and the trail says who changed which fields."""
        super().save_model(request, obj, form, change)
        names = "、".join(str(form.fields[name].label) for name in form.changed_data)
        record(obj, "changed" if change else "added", by=acting(request), note=names)
