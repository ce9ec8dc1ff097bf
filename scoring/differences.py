"""对照: what differs between two tables of points, cell by cell. Pure: no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scoring.tables import Figures, Table


class What(StrEnum):
    """What of a table differs."""

    CEILING = "封顶分"
    ADDED = "新增"
    DROPPED = "取消"
    POINTS = "分值"
    PER_YEAR = "年度上限"
    BONUS = "附加分"
    CATEGORY = "类别"
    HIGHEST_ONLY = "同一事项取最高级"


@dataclass(frozen=True)
class Change:
    """One cell that differs; `code` is a category's for a ceiling, else an item's."""

    code: str
    what: What
    was: object
    now: object


def differences(old: Table, new: Table) -> list[Change]:
    """对照: what the new table changes, ceilings first, then item by item in the list's order."""
    return [*_ceilings(old, new), *_prices(old, new)]


def _ceilings(old: Table, new: Table) -> Iterator[Change]:
    for code in {**old.ceilings, **new.ceilings}:
        was, now = old.ceilings.get(code), new.ceilings.get(code)
        if was != now:
            yield Change(code, What.CEILING, was, now)


def _prices(old: Table, new: Table) -> Iterator[Change]:
    for code in {**old.by_item, **new.by_item}:
        was, now = old.by_item.get(code), new.by_item.get(code)
        if was is None and now is not None:
            yield Change(code, What.ADDED, None, now)
        elif was is not None and now is None:
            yield Change(code, What.DROPPED, was, None)
        elif was is not None and now is not None:
            yield from _cells(code, was, now)


def _cells(code: str, was: Figures, now: Figures) -> Iterator[Change]:
    for what, old, new in (
        (What.CATEGORY, was.category, now.category),
        (What.POINTS, was.points, now.points),
        (What.PER_YEAR, was.per_year, now.per_year),
        (What.BONUS, was.bonus, now.bonus),
        (What.HIGHEST_ONLY, was.highest_only, now.highest_only),
    ):
        if old != new:
            yield Change(code, what, old, new)
