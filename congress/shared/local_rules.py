"""本地规则: figures that counties disagree on. The default ships here; a dated row replaces it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congress.shared.models import Setting

REGISTRY: dict[str, "LocalRule"] = {}


@dataclass(frozen=True)
class LocalRule:
    """One figure: its key, its default, its Chinese name and where the default comes from."""

    key: str
    default: Decimal | int
    name: str
    basis: str

    def __post_init__(self) -> None:
        REGISTRY[self.key] = self

    def on(self, day: date) -> int:
        """The whole number in force on that day."""
        return int(self.exactly_on(day))

    def on_any_day(self) -> Callable[[date], int]:
        """The figure for any day, the rows fetched once."""
        rows = Setting.objects.filter(key=self.key).order_by("-from_on")
        known = list(rows.values_list("from_on", "value"))
        return lambda day: int(
            next((value for from_on, value in known if from_on <= day), self.default)
        )

    def exactly_on(self, day: date) -> Decimal:
        """The figure in force on that day: the newest row not later than it, or the default."""
        rows = Setting.objects.filter(key=self.key, from_on__lte=day).order_by("-from_on")
        value = rows.values_list("value", flat=True).first()
        return Decimal(self.default) if value is None else value
