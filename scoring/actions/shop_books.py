"""Two books of the shop: each line is written with the balance that stands beside it."""

from scoring.models import Gift, Purse, PurseLine, StockMove
from scoring.models.gifts import COMES_IN


def enter(purse: Purse, line: PurseLine) -> PurseLine:
    """The locked purse has this line more, and its balances are what the lines come to."""
    purse.available += line.available
    purse.held += line.held
    purse.save(update_fields=["available", "held"])
    line.purse = purse
    line.save(force_insert=True)
    return line


def move_stock(gift: Gift, row: StockMove) -> StockMove:
    """So many pieces of the locked gift came in or went out."""
    gift.on_shelf += row.count if row.kind in COMES_IN else -row.count
    gift.save(update_fields=["on_shelf", "held"])
    row.gift = gift
    row.save(force_insert=True)
    return row


def promise(gift: Gift, count: int) -> None:
    """So many pieces more, or less, wait for somebody; they are still on the shelf."""
    gift.held += count
    gift.save(update_fields=["held"])
