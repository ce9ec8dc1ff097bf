"""代表名册, 小组, 代表团, 选区 and 名册导入 in the browser admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.admin import TabularInline
from unfold.decorators import action

from congress.shared import clock, names
from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from congress.shared.middleware import acting
from deputies.admin.filters import (
    DelegationFilter,
    GroupFilter,
    HeldFilter,
    LevelFilter,
    PledgeFilter,
    SittingFilter,
    TownshipFilter,
)
from deputies.headers import TABLES
from deputies.models import (
    Delegation,
    Deputy,
    DeputyGroup,
    District,
    HeaderName,
    Mandate,
    Membership,
    RosterImport,
)
from deputies.queries import search
from deputies.queries.import_rows import masked

FieldGroups = tuple[str | list[str] | tuple[str, ...] | tuple[()], ...]


class ReadOnlyInline(TabularInline):
    extra = 0
    hide_title = True
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return acting(request).at_the_desk


class MandateInline(ReadOnlyInline):
    model = Mandate
    fields = ("term", "district", "delegation", "certificate", "from_on", "to_on", "end_cause")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mandate]:
        rows: QuerySet[Mandate] = super().get_queryset(request)
        return rows.select_related("term__assembly", "district", "delegation")


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ("group", "from_on", "to_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        rows: QuerySet[Membership] = super().get_queryset(request)
        return rows.select_related("group")


@admin.register(Deputy)
class DeputyAdmin(ReadOnlyAdmin[Deputy]):
    """代表名册, by 姓氏笔画; telephones are masked in the list."""

    list_display = ("name_set", "sex", "levels", "delegation", "group", "job", "phone_masked")
    list_filter = (
        SittingFilter,
        LevelFilter,
        TownshipFilter,
        GroupFilter,
        DelegationFilter,
        PledgeFilter,
        "sex",
    )
    search_fields = ("name",)  # any: the box is there, and `get_search_results` does the search
    search_help_text = "姓名、拼音（如 zhang）、首字母，或小组、村、选区、领域、单位"
    ordering = ("stroke_key", "id")
    inlines = (MandateInline, MembershipInline)
    list_before_template = "deputies/_export_people.html"
    actions_list = ["to_upload", "to_open_accounts"]
    actions_detail = ["to_person", "to_open_account"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deputy]:
        seats = Mandate.objects.running(clock.today())
        spells = Membership.objects.running(clock.today())
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("mandates", seats.select_related("term__assembly__level", "delegation")),
                Prefetch("membership_set", spells.select_related("group")),
            )
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Deputy], search_term: str
    ) -> tuple[QuerySet[Deputy], bool]:
        """The vocabulary of every search; the nearest first unless a column is chosen."""
        inner = acting(request).is_staff
        people = search.found(queryset, search_term, clock.today(), inner=inner)
        if search_term.strip() and not request.GET.get("o"):
            people = search.in_order(people, search_term)
        return people, False

    def get_fields(self, request: HttpRequest, obj: Deputy | None = None) -> FieldGroups:
        """The telephone in full is for those who have to ring: the office."""
        phone = "phone" if acting(request).is_staff else "phone_masked"
        person = ("name_set", "sex", "nation", "birth", "party", "education", "job", phone)
        return (*person, "account")

    @admin.display(description="姓名", ordering="stroke_key")
    def name_set(self, deputy: Deputy) -> str:
        return names.display_name(deputy.name)

    @admin.display(description="层级")
    def levels(self, deputy: Deputy) -> str:
        return "、".join(seat.term.assembly.level.name for seat in deputy.mandates.all()) or "—"

    @admin.display(description="代表团")
    def delegation(self, deputy: Deputy) -> str:
        found = [seat.delegation.name for seat in deputy.mandates.all() if seat.delegation]
        return "、".join(found) or "—"

    @admin.display(description="代表小组")
    def group(self, deputy: Deputy) -> str:
        return "、".join(spell.group.name for spell in deputy.membership_set.all()) or "—"

    @admin.display(description="联系电话")
    def phone_masked(self, deputy: Deputy) -> str:
        return masked(deputy.phone) or "—"

    @admin.display(description="出生年月")
    def birth(self, deputy: Deputy) -> str:
        return f"{deputy.birth_month:%Y.%m}"

    @admin.display(description="账号")
    def account(self, deputy: Deputy) -> str:
        return deputy.user.username if deputy.user else "还没有账号"

    @action(description="导入名册", url_path="to-upload")  # type: ignore[operator]  # unfold calls it data
    def to_upload(self, request: HttpRequest) -> HttpResponse:
        return redirect("deputies:upload")

    @action(description="批量开户", url_path="to-open-accounts")  # type: ignore[operator]  # unfold calls it data
    def to_open_accounts(self, request: HttpRequest) -> HttpResponse:
        return redirect("deputies:open_accounts")

    @action(description="履历和资格变动", url_path="to-person")  # type: ignore[operator]  # unfold calls it data
    def to_person(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("deputies:person", object_id)

    @action(description="开户", url_path="to-open-account")  # type: ignore[operator]  # unfold calls it data
    def to_open_account(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("deputies:open_account", object_id)


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin[Mandate]):
    linked = ("term",)
    list_display = ("deputy", "term", "district", "delegation", "certificate", "from_on", "to_on")
    list_filter = ("term__assembly__level", HeldFilter, "end_cause")
    list_select_related = ("deputy", "term__assembly", "district", "delegation")
    list_before_template = "deputies/_export_seats.html"
    search_fields = ("deputy__name", "certificate")


@admin.register(DeputyGroup)
class DeputyGroupAdmin(ReadOnlyAdmin[DeputyGroup]):
    """代表小组 in one list; a line leads to the group's own page."""

    list_display = ("name", "area", "members", "convenor", "dissolved_on")
    list_filter = (
        ("area", admin.RelatedOnlyFieldListFilter),
        ("dissolved_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("area", "convenor")
    list_before_template = "deputies/_export_groups.html"
    search_fields = ("name",)
    actions_list = ["to_board"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeputyGroup]:
        groups = DeputyGroup.objects.with_size(clock.today())
        return groups.select_related("area", "convenor")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, bool] | None = None,
    ) -> HttpResponse:
        return redirect("deputies:group", object_id)

    @admin.display(description="人数", ordering="size")
    def members(self, group: DeputyGroup) -> int:
        return int(getattr(group, "size", 0))

    @action(description="小组概览", url_path="to-board")  # type: ignore[operator]  # unfold calls it data
    def to_board(self, request: HttpRequest) -> HttpResponse:
        return redirect("deputies:groups")


@admin.register(Delegation)
class DelegationAdmin(ReadOnlyAdmin[Delegation]):
    list_display = ("name", "term", "area", "seats")
    list_filter = ("term__assembly__level",)
    list_select_related = ("term__assembly", "area")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delegation]:
        return super().get_queryset(request).annotate(size=Count("mandate"))

    @admin.display(description="人数", ordering="size")
    def seats(self, delegation: Delegation) -> int:
        return int(getattr(delegation, "size", 0))


@admin.register(District)
class DistrictAdmin(ReadOnlyAdmin[District]):
    list_display = ("name", "assembly", "area")
    list_filter = ("assembly__level",)
    list_select_related = ("assembly", "area")
    search_fields = ("name",)


@admin.register(HeaderName)
class HeaderNameAdmin(ReferenceAdmin[HeaderName]):
    """记住的列名: mended here when somebody once matched a header wrongly."""

    list_display = ("header", "column", "kind", "named_by", "named_at")
    list_filter = ("kind",)
    list_select_related = ("named_by",)
    search_fields = ("header", "column")
    fields = ("kind", "header", "column")
    readonly_fields = ("kind", "header")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """One of our columns, or none."""
        if db_field.name == "column":
            known = dict.fromkeys(name for table in TABLES.values() for name in table.columns)
            choices = [("", "不用这一列"), *((name, name) for name in known)]
            return forms.ChoiceField(label="对应的列", choices=choices, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(RosterImport)
class RosterImportAdmin(ReadOnlyAdmin[RosterImport]):
    """以往导入; a line leads to its preview."""

    list_display = ("file_name", "kind", "state", "uploaded_by", "uploaded_at", "applied_at")
    list_filter = ("kind", "state")
    list_select_related = ("uploaded_by",)
    actions_list = ["to_upload"]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, bool] | None = None,
    ) -> HttpResponse:
        return redirect("deputies:preview", object_id)

    @action(description="上传名册", url_path="to-upload")  # type: ignore[operator]  # unfold calls it data
    def to_upload(self, request: HttpRequest) -> HttpResponse:
        return redirect("deputies:upload")
