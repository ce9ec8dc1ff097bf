"""积分超市月报: what one station had, took in, gave out and has, piece by piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from congress.shared.calendar import add_months
from scoring.models import Gift, StockKind, StockMove
from scoring.models.gifts import COMES_IN
from scoring.shop_states import RedemptionState
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
    """One hand-out of the month, with a place to sign; only the end of the code is printed."""

    on: date
    deputy: str
    gift: str
    price: int
    figures: str
    who: str
    reversed: bool


@dataclass(frozen=True)
class MonthSheet:
    """月报 of one station."""

    station: Station
    month: date
    lines: list[MonthLine]
    handed: list[HandedOut]

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


def month_sheet(station: Station, month: date) -> MonthSheet:
    """The month of which `month` is the first day."""
    after = add_months(month, 1)
    moves = StockMove.objects.filter(gift__station=station, on__lt=after)
    before, within = moves.filter(on__lt=month), moves.filter(on__gte=month)
    was, came = _sums(before), _sums(within)
    gifts = Gift.objects.filter(station=station).order_by("price", "name", "pk")
    lines = [_line(gift, was, came) for gift in gifts]
    return MonthSheet(
        station,
        month,
        [line for line in lines if line.moves],
        [_handed(row) for row in _hand_outs(within)],
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
    return rows.select_related("gift", "redemption__purse__deputy", "by")


def _handed(row: StockMove) -> HandedOut:
    redemption = row.redemption
    assert redemption, "stock_move_knows_its_redemption"  # noqa: S101  # a slip of ours
    return HandedOut(
        row.on,
        redemption.purse.deputy.name,
        row.gift.name,
        redemption.price,
        redemption.last_figures,
        row.by.name,
        redemption.state == RedemptionState.REVERSED,
    )


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
