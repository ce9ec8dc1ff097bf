"""履职记录 and the year's list in the browser admin."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from unfold.admin import TabularInline

from congress.shared import clock
from congress.shared.admin import ReadOnlyAdmin, ReferenceAdmin
from congress.shared.middleware import acting
from congress.shared.roles import Role
from congress.shared.workflow import record
from deputies.models import DutyCategory, DutyItem, DutyRecord, Placement
from deputies.queries.duties import state_words
from deputies.states import DutyState


class StageFilter(ChoicesFieldListFilter):
    """状态: some of what waits for its deputy waits for paper."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """As they are, but for the one that is either."""
        for each in super().choices(changelist):
            entered = each["display"] == DutyState.ENTERED.label
            yield each | {"display": "待本人或纸面确认"} if entered else each


@admin.register(DutyRecord)
class DutyRecordAdmin(ReadOnlyAdmin[DutyRecord]):
    """To look things up; checking and verifying have their own page."""

    list_display = ("done_on", "deputy", "item", "quantity", "stage", "place", "reported_by")
    list_filter = (("state", StageFilter), "item")
    list_select_related = ("deputy", "item", "reported_by")
    search_fields = ("deputy__name", "place", "note", "matter")
    date_hierarchy = "done_on"
    exclude = ("state",)
    readonly_fields = ("stage",)

    @admin.display(description="状态", ordering="state")
    def stage(self, row: DutyRecord) -> str:
        return state_words(row)


@admin.register(DutyCategory)
class DutyCategoryAdmin(ReferenceAdmin[DutyCategory]):
    list_display = ("name", "position")
    list_before_template = "deputies/_wording.html"


class PlacementForm(forms.ModelForm[Placement]):
    """A year that is over keeps the division of its own time."""

    def clean_from_on(self) -> date:
        """The day on which the item begins to fall there, not before this year."""
        day: date = self.cleaned_data["from_on"]
        first = date(clock.today().year, 1, 1)
        if day < first:
            raise forms.ValidationError(
                f"往年照当时的分类看，起用日期不能早于 {first.year} 年 1 月 1 日。"
            )
        return day


class PlacementInline(TabularInline):
    """归类: a new item needs one; later ones are added, and none is changed or taken away."""

    model = Placement
    form = PlacementForm
    fields = ("category", "from_on")
    extra = 0
    min_num = 1
    validate_min = True
    can_delete = False
    hide_title = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        rows: QuerySet[Placement] = super().get_queryset(request)
        return rows.select_related("category")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return acting(request).is_a(Role.STAFF_DIRECTOR, Role.SYSADMIN)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


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
    list_filter = ("deputy_may_report", "organiser_may_report")
    list_before_template = "deputies/_wording.html"
    search_fields = ("code", "name")
    inlines = (PlacementInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[DutyItem]:
        past = Placement.objects.filter(item=OuterRef("pk"), from_on__lte=clock.today())
        newest = past.order_by("-from_on").values("category__name")[:1]
        return super().get_queryset(request).annotate(category=Subquery(newest))

    @admin.display(description="现在的类别")
    def category(self, item: DutyItem) -> str:
        return item.category or "还不在清单上"  # type: ignore[attr-defined]  # annotated above

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The placements are saved, and the trail says which."""
        for row in formset.save():
            note = f"{row.item.code} 归“{row.category}”，{row.from_on} 起"
            record(row, "classed", by=acting(request), note=note)
