"""积分超市: its lists as spreadsheets, and the month's sheet of a station on paper."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from congress.shared.pdf import render_pdf
from congress.shared.workbook import Sheet, workbook, workbook_of
from scoring.models import Gift, Purse, Redemption
from scoring.queries.counter import group_of
from scoring.queries.shop_months import MonthSheet

GIFT_HEAD = (
    "家站",
    "乡镇",
    "奖品",
    "兑换分",
    "库存",
    "已预留",
    "可预留",
    "每人每年",
    "截止",
    "下架",
)
PURSE_HEAD = ("代表", "年度", "依据的等次", "可用", "预留中", "已用", "用到")
REDEMPTION_HEAD = (
    *("预留日期", "代表", "代表小组", "家站", "奖品", "兑换分", "状态", "领取到", "发放日期"),
    *("发放人", "取货码尾数", "原因"),
)
LINE_HEAD = ("奖品", "月初库存", "进货", "发放", "退回", "报损")
HANDED_HEAD = ("日期", "代表", "奖品", "兑换分", "取货码尾数", "发放人", "备注", "领取人签字")
TWO_HEAD = ("日期", "退回还是报损", "奖品", "件数", "原因", "提出人", "复核人")
SIGNATURES = ("站长", "乡镇人大", "代工委")


def gifts_xlsx(rows: Iterable[Gift]) -> bytes:
    """奖品."""
    return workbook("奖品", GIFT_HEAD, map(_gift, rows), title="积分超市奖品")


def _gift(row: Gift) -> tuple[object, ...]:
    place = (row.station.name, row.station.area.name, row.name, row.price)
    pieces = (row.on_shelf, row.held, row.left, row.limit)
    return (*place, *pieces, row.offered_until or "", "已下架" if row.withdrawn_at else "")


def purses_xlsx(rows: Iterable[tuple[Purse, int]], year: int) -> bytes:
    """兑换额度, each with what was spent."""
    cells = (
        (p.deputy.name, p.year, p.grade.name, p.available, p.held, spent, p.good_until)
        for p, spent in rows
    )
    return workbook("兑换额度", PURSE_HEAD, cells, title=f"{year} 年积分超市兑换额度")


def redemptions_xlsx(rows: Iterable[Redemption]) -> bytes:
    """兑换记录: only the end of a code, and none that still waits."""
    return workbook("兑换记录", REDEMPTION_HEAD, map(_redemption, rows), title="积分超市兑换记录")


def _redemption(row: Redemption) -> tuple[object, ...]:
    what = (row.gift.station.name, row.gift.name, row.price, row.get_state_display(), row.until)
    handed = (_day(row.handed_at), row.handed_by.name if row.handed_by else "")
    return (
        _day(row.reserved_at),
        *(row.purse.deputy.name, group_of(row)),
        *what,
        *handed,
        *(row.last_figures if row.handed_at else "", row.why),
    )


def _day(at: datetime | None) -> str:
    return f"{timezone.localdate(at)}" if at else ""


def month_xlsx(sheet: MonthSheet) -> bytes:
    """月报 as two tables: pieces, and who had what."""
    lines = [*sheet.lines, sheet.total]
    pieces = (
        (x.name, x.opening, x.received, x.handed_out, x.returned, x.written_off, x.closing)
        for x in lines
    )
    handed = (
        (f"{x.on}", x.deputy, x.gift, x.price, x.figures, x.who, x.note, "") for x in sheet.handed
    )
    two = ((f"{x.on}", x.kind, x.gift, x.count, x.note, x.who, x.second) for x in sheet.two)
    tables = (
        Sheet("库存", (*LINE_HEAD, sheet.closing_head), pieces),
        Sheet("发放", HANDED_HEAD, handed),
        Sheet("退回和报损", TWO_HEAD, two),
    )
    return workbook_of(tables, title=sheet.title)


def month_pdf(sheet: MonthSheet, made_at: datetime) -> bytes:
    """月报 on A4, with places to sign."""
    context = {"sheet": sheet, "total": sheet.total, "signatures": SIGNATURES, "made_at": made_at}
    return render_pdf("pdf/shop_month.html", context, made_at=made_at)
