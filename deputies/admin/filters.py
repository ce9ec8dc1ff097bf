"""What the roster can be narrowed to: level, township, group, delegation."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import DropdownFilter

from congress.shared import clock
from congress.shared.http import row_number
from congress.shared.models import Area, Level, Term
from deputies.models import Delegation, Deputy, DeputyGroup, Mandate
from deputies.queries.messages import without_pledge

Choices = list[tuple[Any, str]]


def grouped(deputies: QuerySet[Deputy], **where: object) -> QuerySet[Deputy]:
    """Those of them who belong today to a group that answers to `where`."""
    return deputies.filter(pk__in=Deputy.objects.grouped(clock.today(), **where).values("pk"))


class RosterFilter(DropdownFilter):
    """One of some rows, by number; an address with anything else shows everybody."""

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Deputy]") -> Choices:
        raise NotImplementedError

    def chosen(self) -> int | None:
        text = self.value()
        return row_number(text or "") or None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deputy]) -> QuerySet[Deputy]:
        number = self.chosen()
        return queryset if number is None else self.of(queryset, number)

    def of(self, deputies: QuerySet[Deputy], number: int) -> QuerySet[Deputy]:
        raise NotImplementedError


class LevelFilter(RosterFilter):
    title = "层级"
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Deputy]") -> Choices:
        return [(level.pk, level.name) for level in Level.objects.all()]

    def of(self, deputies: QuerySet[Deputy], number: int) -> QuerySet[Deputy]:
        seats = Mandate.objects.running(clock.today()).filter(term__assembly__level=number)
        return deputies.filter(pk__in=seats.values("deputy"))


class TownshipFilter(RosterFilter):
    title = "乡镇"
    parameter_name = "township"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Deputy]") -> Choices:
        areas = Area.objects.filter(deputygroup__isnull=False).distinct()
        return [(area.pk, area.name) for area in areas]

    def of(self, deputies: QuerySet[Deputy], number: int) -> QuerySet[Deputy]:
        return grouped(deputies, membership__group__area=number)


class GroupFilter(RosterFilter):
    title = "代表小组"
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Deputy]") -> Choices:
        return [(group.pk, group.name) for group in DeputyGroup.objects.all()]

    def of(self, deputies: QuerySet[Deputy], number: int) -> QuerySet[Deputy]:
        return grouped(deputies, membership__group=number)


class DelegationFilter(RosterFilter):
    title = "代表团"
    parameter_name = "delegation"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Deputy]") -> Choices:
        current = Term.objects.running(clock.today())
        rows = Delegation.objects.filter(term__in=current).select_related("area")
        return [(row.pk, row.name) for row in rows]

    def of(self, deputies: QuerySet[Deputy], number: int) -> QuerySet[Deputy]:
        seats = Mandate.objects.running(clock.today()).filter(delegation=number)
        return deputies.filter(pk__in=seats.values("deputy"))


class PledgeFilter(DropdownFilter):
    """Serving deputies behind whose code no pledge stands."""

    title = "承诺"
    parameter_name = "pledge"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Deputy]") -> Choices:
        return [("none", "还没有写")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deputy]) -> QuerySet[Deputy]:
        if self.value() != "none":
            return queryset
        return queryset.filter(pk__in=without_pledge(clock.today()).values("pk"))


class SittingFilter(DropdownFilter):
    """People who sit today at any level, or no more."""

    title = "在任"
    parameter_name = "sitting"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Deputy]") -> Choices:
        return [("now", "在任"), ("past", "已经离任")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deputy]) -> QuerySet[Deputy]:
        sitting = Deputy.objects.sitting(clock.today()).values("pk")
        if self.value() == "now":
            return queryset.filter(pk__in=sitting)
        return queryset.exclude(pk__in=sitting) if self.value() == "past" else queryset


class HeldFilter(DropdownFilter):
    """Seats that are held today, or are no more."""

    title = "在任"
    parameter_name = "held"

    def lookups(self, request: HttpRequest, model_admin: "ModelAdmin[Mandate]") -> Choices:
        return [("now", "在任"), ("past", "已经结束")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mandate]) -> QuerySet[Mandate]:
        today = clock.today()
        if self.value() == "now":
            return queryset.filter(pk__in=Mandate.objects.running(today).values("pk"))
        return queryset.filter(to_on__lt=today) if self.value() == "past" else queryset
