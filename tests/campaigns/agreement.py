"""The whole ledger against its model, at intervals and at the end: ranks, accounts, lines."""

from collections import Counter

from scoring.models import Entry, YearTotal
from scoring.queries import board
from tests.campaigns.machine import Ledger
from tests.campaigns.model import tenths
from tests.scoring import facts


def compare_ranks(ledger: Ledger) -> None:
    """积分排名 of this year in each congress, person by person, and who has 有异议."""
    year = ledger.today.year
    waiting = Counter(line.account for _, line in ledger.open)
    with facts.on(ledger.today):
        for place in ledger.congresses:
            rows = board.board(place, year, ledger.today)
            want = ledger.model.ranks(place.pk, year, ledger.seats[place.pk])
            if {row.pk: row.rank for row in rows} != want:
                ledger.breaks(f"the ranks of {place.pk} on {ledger.today} differ")
            if any(row.contested != waiting[row.pk, place.pk, year] for row in rows):
                ledger.breaks(f"who contests in {place.pk} on {ledger.today} differs")


def compare_everything(ledger: Ledger) -> None:
    """Every account that ever was, and the number of lines."""
    if Entry.objects.count() != ledger.model.lines:
        ledger.breaks(f"{Entry.objects.count()} entries, {ledger.model.lines} in the model")
    known = {
        row[:3]: tenths(row[3])
        for row in YearTotal.objects.values_list("deputy", "assembly", "year", "total")
    }
    for account in {*known, *ledger.model.raw}:
        if known.get(account, 0) != ledger.model.shown(account).total:
            ledger.breaks(f"{account} shows {known.get(account)} in the end")
