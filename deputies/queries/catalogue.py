"""履职清单 read: under which category each item falls, on whatever day is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from deputies.models import DutyCategory, DutyItem, Placement
from deputies.wordings import Wording, division


def categories(placed: Mapping[int, DutyCategory]) -> list[DutyCategory]:
    """Each category of these placements once, in its order."""
    return sorted(set(placed.values()), key=lambda each: each.position)


class Catalogue:
    """The placements of all items, in one query."""

    def __init__(self) -> None:
        rows = Placement.objects.select_related("category")
        self._rows = list(rows.order_by("from_on", "pk"))

    def on(self, day: date) -> dict[int, DutyCategory]:
        """The category of each item that is on the list that day, by the item's number."""
        return {row.item_id: row.category for row in self._rows if row.from_on <= day}

    def name(self, item_id: int, day: date) -> str:
        """The name of the category under which the item fell on that day."""
        found = self.on(day).get(item_id)
        return found.name if found else ""

    def of_year(self, year: int, today: date) -> dict[int, DutyCategory]:
        """How a year is shown: as the list was divided at its end, or as it is now."""
        return self.on(min(date(year, 12, 31), today))


@dataclass(frozen=True)
class Move:
    """One item that is to fall under another category than it does."""

    item: DutyItem
    was: DutyCategory | None
    now: DutyCategory


def moves(wording: str, from_on: date) -> list[Move]:
    """What the list's change to this wording moves on that day; items of the county's own stay."""
    known = {category.code: category for category in DutyCategory.objects.all()}
    placed, divided = Catalogue().on(from_on), division(Wording(wording))
    found = [
        Move(item, placed.get(item.pk), known[divided[item.code]])
        for item in DutyItem.objects.filter(code__in=divided)
    ]
    return [move for move in found if move.was != move.now]


def planned(wording: str, from_on: date) -> QuerySet[Placement]:
    """The placements of that day or later which a change to this wording replaces."""
    divided = division(Wording(wording))
    return Placement.objects.filter(from_on__gte=from_on, item__code__in=divided)


def names_of(wording: Wording) -> str:
    """The five categories of a wording by their names."""
    codes = set(division(wording).values())
    rows = DutyCategory.objects.filter(code__in=codes).exclude(code="bonus")
    return "、".join(rows.values_list("name", flat=True))
