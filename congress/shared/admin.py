"""Base classes for the browser admin, and the kernel's reference data."""

from typing import TYPE_CHECKING, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from congress.shared.middleware import acting
from congress.shared.models import (
    Area,
    Assembly,
    AuditEvent,
    Notice,
    Organisation,
    Post,
    Session,
    Setting,
    Term,
    User,
    Workday,
)
from congress.shared.roles import Role

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


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin[Organisation]):
    list_display = ("name", "short_name", "kind", "phone")
    list_filter = ("kind",)
    search_fields = ("name", "short_name")


@admin.register(Area)
class AreaAdmin(ReferenceAdmin[Area]):
    list_display = ("name", "short_name", "parent", "position")
    list_select_related = ("parent",)
    search_fields = ("name",)


@admin.register(Assembly)
class AssemblyAdmin(ReadOnlyAdmin[Assembly]):
    list_display = ("name", "level", "area")
    list_select_related = ("level", "area")


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin[Term]):
    list_display = ("assembly", "number", "from_on", "to_on")
    list_select_related = ("assembly",)
    list_filter = ("number",)


@admin.register(Session)
class SessionAdmin(ReferenceAdmin[Session]):
    list_display = ("term", "number", "opens_on", "closes_on")
    list_select_related = ("term__assembly",)


@admin.register(Workday)
class WorkdayAdmin(ReferenceAdmin[Workday]):
    list_display = ("on", "works", "reason")
    list_filter = ("works",)
    date_hierarchy = "on"


@admin.register(Setting)
class SettingAdmin(ReferenceAdmin[Setting]):
    list_display = ("key", "value", "from_on", "basis")
    search_fields = ("key", "basis")


@admin.register(User)
class UserAdmin(ReadOnlyAdmin[User]):
    list_display = ("username", "name", "last_login")
    search_fields = ("username", "name")
    exclude = ("password",)


@admin.register(Post)
class PostAdmin(ReadOnlyAdmin[Post]):
    list_display = ("user", "organisation", "role", "from_on", "to_on")
    list_select_related = ("user", "organisation")
    list_filter = ("role",)
    search_fields = ("user__name", "user__username", "organisation__name")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin[AuditEvent]):
    list_display = ("at", "by_name", "post", "subject", "subject_id", "was", "now", "note")
    search_fields = ("by_name", "subject", "note")


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin[Notice]):
    list_display = ("written_at", "person", "text", "read_at", "sent_at")
    list_select_related = ("person",)
    search_fields = ("text", "person__name")
