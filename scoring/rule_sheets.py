"""导出: the differences of two rule books, and a trial, as sheets."""

from collections.abc import Iterable

from congress.shared.workbook import workbook
from scoring.queries.replay import Mover
from scoring.queries.rules import DifferenceRow

DIFFERENCES = ("编号", "条目或类别", "改什么", "原来", "现在")
TRIAL = (
    "姓名",
    "代表小组",
    "原总分",
    "试算总分",
    "增减",
    "原名次",
    "试算名次",
    "主要由哪条规则引起",
)


def differences_xlsx(rows: Iterable[DifferenceRow], *, title: str) -> bytes:
    """对照 as a sheet."""
    cells = ((row.code, row.name, row.what, row.was, row.now) for row in rows)
    return workbook("对照", DIFFERENCES, cells, title=title)


def trial_xlsx(rows: Iterable[Mover], *, title: str) -> bytes:
    """试算 as a sheet: those whom the filters show."""
    cells = (
        (
            *(row.name, row.group, row.before, row.after, row.change),
            *(row.rank_before, row.rank_after, row.why),
        )
        for row in rows
    )
    return workbook("试算", TRIAL, cells, title=title)
