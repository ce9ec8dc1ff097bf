"""小组的一年 to be taken along: what the page shows of each member, as a sheet."""

from collections.abc import Iterator

from congress.home.queries.group_year import GroupYear
from congress.shared.workbook import workbook

CALLS = ("应到", "到场", "请假", "缺席")
LAST = ("最近一次履职", "委员最近一次联系")


def group_sheet(seen: GroupYear, *, title: str) -> bytes:
    """One line for each member, by 姓氏笔画."""
    head = ["姓名", *seen.categories, "履职合计", *CALLS, *LAST, f"{seen.span.name}履职记录"]
    return workbook("小组的一年", head, _lines(seen), title=title)


def _lines(seen: GroupYear) -> Iterator[list[object]]:
    for each in seen.members:
        counts = [count for _, count in each.shown]
        calls = (each.called, each.came, each.leave, each.absent)
        last = (each.last or "没有", each.contact or "没有", "还没有" if each.quiet else "有")
        yield [each.name, *counts, each.verified, *calls, *last]
