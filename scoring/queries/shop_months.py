"""积分超市月报: what one station had, took in, gave out and has, piece by piece."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from congress.shared.calendar import add_months
from scoring.models import Gift, Redemption, StockKind, StockMove
from scoring.models.gifts import COMES_IN
from stations.models import Station

Sums = Mapping[tuple[int, str], int]
"""Pieces by gift and kind of move."""


@dataclass(frozen=True)
class MonthLine:
    """One gift in one month, in pieces; `closing` is what the others come to."""

    name: str
    opening: int
    received: int
    handed_out: int
    returned: int
    written_off: int

    @property
    def moves(self) -> bool:
        """Whether there is anything to print."""
        figures = (self.received, self.handed_out, self.returned, self.written_off)
        return bool(self.opening or any(figures))

    @property
    def closing(self) -> int:
        gone = self.handed_out + self.written_off
        return self.opening + self.received + self.returned - gone


@dataclass(frozen=True)
class HandedOut:
    """One hand-out of the month, with a place to sign; only the end of the code is printed.

    What was signed stays as it was: a later reversal is told in the month in which it happened.
    """

    on: date
    deputy: str
    gift: str
    price: int
    figures: str
    who: str
    note: str


@dataclass(frozen=True)
class TakenBy:
    """退回、报损 of the month: what, how many, why, and the two people."""

    on: date
    kind: str
    gift: str
    count: int
    note: str
    who: str
    second: str


@dataclass(frozen=True)
class MonthSheet:
    """月报 of one station."""

    station: Station
    month: date
    lines: list[MonthLine]
    handed: list[HandedOut]
    two: list[TakenBy]
    as_of: date | None
    """The day up to which a month that still runs is told; nothing for one that is over."""

    @property
    def closing_head(self) -> str:
        """What the last column says."""
        day = self.as_of
        return f"{day.month} 月 {day.day} 日库存" if day else "月末库存"

    @property
    def total(self) -> MonthLine:
        def over(figure: str) -> int:
            return sum(getattr(line, figure) for line in self.lines)

        names = ("opening", "received", "handed_out", "returned", "written_off")
        return MonthLine("合计", *map(over, names))

    @property
    def title(self) -> str:
        return f"{self.station.name}积分超市 {self.month.year} 年 {self.month.month} 月月报"


def first_of(day: date) -> date:
    return day.replace(day=1)


def two_months(today: date) -> list[date]:
    """This month and the last, whose sheet is signed now."""
    this = first_of(today)
    return [this, first_of(this - timedelta(days=1))]


def month_sheet(station: Station, month: date, today: date) -> MonthSheet:
    """The month of which `month` is the first day, as far as it has come."""
    after = add_months(month, 1)
    moves = StockMove.objects.filter(gift__station=station, on__lt=after)
    before, within = moves.filter(on__lt=month), moves.filter(on__gte=month)
    was, came = _sums(before), _sums(within)
    gifts = Gift.objects.filter(station=station).order_by("price", "name", "pk")
    lines = [_line(gift, was, came) for gift in gifts]
    back = within.filter(kind=StockKind.RETURNED)
    undone = set(back.values_list("redemption", flat=True))
    return MonthSheet(
        station,
        month,
        [line for line in lines if line.moves],
        [_handed(row, undone) for row in _hand_outs(within)],
        [_by_two(row) for row in _of_two(within)],
        today if first_of(today) == month else None,
    )


def _sums(moves: QuerySet[StockMove]) -> Sums:
    rows = moves.values_list("gift", "kind").annotate(Sum("count")).order_by()
    return {(gift, kind): count for gift, kind, count in rows}


def _line(gift: Gift, was: Sums, came: Sums) -> MonthLine:
    def of(sums: Sums, kind: StockKind) -> int:
        return sums.get((gift.pk, kind), 0)

    opening = sum(of(was, kind) if kind in COMES_IN else -of(was, kind) for kind in StockKind)
    kinds = (StockKind.RECEIVED, StockKind.HANDED_OUT, StockKind.RETURNED, StockKind.WRITTEN_OFF)
    return MonthLine(gift.name, opening, *(of(came, kind) for kind in kinds))


def _hand_outs(moves: QuerySet[StockMove]) -> QuerySet[StockMove]:
    rows = moves.filter(kind=StockKind.HANDED_OUT).order_by("on", "pk")
    return rows.select_related("gift", "redemption__purse__deputy", "redemption__reserved_by", "by")


def _of_two(moves: QuerySet[StockMove]) -> QuerySet[StockMove]:
    rows = moves.filter(second__isnull=False).order_by("on", "pk")
    return rows.select_related("gift", "redemption__purse__deputy", "by", "second")


def _by_two(row: StockMove) -> TakenBy:
    of = row.redemption
    note = f"冲回发给{of.purse.deputy.name}的：{row.note}" if of else row.note
    second = row.second.name if row.second else ""
    kind = row.get_kind_display()
    return TakenBy(row.on, kind, row.gift.name, row.count, note, row.by.name, second)


def _handed(row: StockMove, undone: Container[int | None]) -> HandedOut:
    redemption = row.redemption
    assert redemption, "stock_move_knows_its_redemption"  # noqa: S101  # a slip of ours
    taken_back = "已冲回" if row.redemption_id in undone else ""
    return HandedOut(
        row.on,
        redemption.purse.deputy.name,
        row.gift.name,
        redemption.price,
        redemption.last_figures,
        row.by.name,
        "，".join(filter(None, (_reserved(redemption), taken_back))),
    )


def _reserved(row: Redemption) -> str:
    own = row.reserved_by_id == row.purse.deputy.user_id
    return "" if own else f"{row.reserved_by.name}代为预留"


@dataclass(frozen=True)
class StationMonth:
    """One station in the desk's list of a month."""

    station: Station
    received: int
    handed_out: int
    lost: int


def months_of(month: date, stations: Sequence[Station]) -> list[StationMonth]:
    """Of the stations that have ever offered something: what moved in the month."""
    rows = StockMove.objects.filter(on__gte=month, on__lt=add_months(month, 1))
    sums = {
        (station, kind): count
        for station, kind, count in rows.filter(gift__station__in=stations)
        .values_list("gift__station", "kind")
        .annotate(Sum("count"))
        .order_by()
    }
    return [
        StationMonth(
            each,
            sums.get((each.pk, StockKind.RECEIVED), 0),
            sums.get((each.pk, StockKind.HANDED_OUT), 0)
            - sums.get((each.pk, StockKind.RETURNED), 0),
            sums.get((each.pk, StockKind.WRITTEN_OFF), 0),
        )
        for each in stations
    ]


def months_known(today: date) -> list[date]:
    """From the first move on, newest first."""
    first = StockMove.objects.order_by("on").values_list("on", flat=True).first()
    month, found = first_of(today), []
    while first and month >= first_of(first):
        found.append(month)
        month = first_of(month - timedelta(days=1))
    return found or [first_of(today)]
