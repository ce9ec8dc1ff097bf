"""本地规则: figures that counties disagree on. The default ships here; a dated row replaces it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.apps import apps

from congress.shared.models import Setting

REGISTRY: dict[str, "LocalRule"] = {}


@dataclass(frozen=True)
class LocalRule:
    """One figure: its key, its default, its Chinese name and where the default comes from.

    A county's own is no smaller than `least` and no greater than `most`.
    """

    key: str
    default: Decimal | int
    name: str
    basis: str
    least: int = 1
    most: int | None = None

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

    def why_not(self, value: Decimal) -> str | None:
        """Why this figure cannot be put in force."""
        if isinstance(self.default, int) and value != int(value):
            return "这条规则只用整数。"
        if self.most is not None and not self.least <= value <= self.most:
            return f"只能填 {self.least} 到 {self.most}。"
        return f"不能小于 {self.least}。" if value < self.least else None


def on_any_day(*rules: LocalRule) -> Callable[[date], list[int]]:
    """The figures of several rules for any day, the rows of all fetched once."""
    rows = Setting.objects.filter(key__in=[rule.key for rule in rules]).order_by("-from_on")
    known = list(rows.values_list("key", "from_on", "value"))

    def figure_of(rule: LocalRule, day: date) -> int:
        said = (value for key, from_on, value in known if key == rule.key and from_on <= day)
        return int(next(said, rule.default))

    return lambda day: [figure_of(rule, day) for rule in rules]


class InForce(NamedTuple):
    """现行: the figure on a day, since when and on what ground; `since` is None for a default."""

    rule: LocalRule
    value: str
    since: date | None
    basis: str
    coming: tuple[str, date] | None
    """What is decided for a later day, and for which."""


def in_force(day: date) -> list[InForce]:
    """Every rule with its figure of that day and the next one that is already decided."""
    found: dict[str, Setting] = {}
    coming: dict[str, Setting] = {}
    for row in Setting.objects.order_by("from_on"):
        if row.from_on <= day:
            found[row.key] = row
        else:
            coming.setdefault(row.key, row)
    return [_in_force(rule, found.get(key), coming.get(key)) for key, rule in REGISTRY.items()]


def _in_force(rule: LocalRule, row: Setting | None, coming: Setting | None) -> InForce:
    later = (figure(coming.value), coming.from_on) if coming else None
    if row is None:
        return InForce(rule, figure(Decimal(rule.default)), None, rule.basis, later)
    return InForce(rule, figure(row.value), row.from_on, row.basis, later)


def figure(value: Decimal) -> str:
    """10 and 3.5, without the zeros that the database keeps."""
    return f"{value.normalize():f}"


def field_of(rule: LocalRule) -> str:
    """建议, 积分与评价: the part of the platform that a rule belongs to."""
    return str(apps.get_app_config(rule.key.partition(".")[0]).verbose_name)
