"""接待日、轮值 and what deputies ask of them, in the browser admin."""

from django.contrib import admin

from congress.shared.admin import ReadOnlyAdmin
from stations.models import ReceptionDay, RotaLeave, RotaSlot, Swap


@admin.register(ReceptionDay)
class ReceptionDayAdmin(ReadOnlyAdmin[ReceptionDay]):
    list_display = ("held_on", "station", "planned_on", "reason", "seats")
    list_filter = (("station__area", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("station",)
    search_fields = ("station__name",)
    date_hierarchy = "held_on"


@admin.register(RotaSlot)
class RotaSlotAdmin(ReadOnlyAdmin[RotaSlot]):
    """Every turn, and in whose place it was taken."""

    list_display = ("held_on", "station", "deputy", "state", "gave_up", "why")
    list_filter = ("state", ("day__station__area", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("day__station", "deputy", "stands_in_for__deputy")
    search_fields = ("deputy__name", "day__station__name")

    @admin.display(description="接待日期", ordering="day__held_on")
    def held_on(self, slot: RotaSlot) -> object:
        return slot.day.held_on

    @admin.display(description="家站")
    def station(self, slot: RotaSlot) -> str:
        return slot.day.station.name

    @admin.display(description="接替谁")
    def gave_up(self, slot: RotaSlot) -> str:
        return slot.stands_in_for.deputy.name if slot.stands_in_for else ""


@admin.register(Swap)
class SwapAdmin(ReadOnlyAdmin[Swap]):
    list_display = ("asked_at", "slot", "asked", "theirs", "state", "settled_at")
    list_filter = ("state",)
    list_select_related = ("slot__deputy", "slot__day", "asked", "theirs__deputy", "theirs__day")
    search_fields = ("slot__deputy__name", "asked__name")


@admin.register(RotaLeave)
class RotaLeaveAdmin(ReadOnlyAdmin[RotaLeave]):
    list_display = ("deputy", "from_on", "to_on", "reason", "taken_by", "ended_at")
    list_select_related = ("deputy", "taken_by")
    search_fields = ("deputy__name", "reason")
