"""履职清单 read: under which category each item falls, on whatever day is asked about."""

from collections.abc import Mapping
from datetime import date

from deputies.models import DutyCategory, Placement


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
