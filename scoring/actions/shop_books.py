"""Two books of the shop: each line is written with the balance that stands beside it."""

from django.urls import reverse

from congress.shared import notices
from congress.shared.actors import Actor
from congress.shared.workflow import record
from scoring.models import Gift, Purse, PurseLine, PurseLineKind, StockMove
from scoring.models.gifts import COMES_IN
from scoring.queries.purses import over


def enter(purse: Purse, line: PurseLine) -> PurseLine:
    """The locked purse has this line more, and its balances are what the lines come to."""
    purse.available += line.available
    purse.held += line.held
    purse.save(update_fields=["available", "held"])
    line.purse = purse
    line.save(force_insert=True)
    return line


def settle(purse: Purse, of: Actor) -> None:
    """Points that come back to the locked purse pay first what a lower grade has to take from it.

    `adjust_purse` takes what is free that day; what was held then is owed until it is free again.
    """
    owed = min(over(purse), purse.available)
    if not owed:
        return
    said = f"{purse.year - 1} 年的等次更正为{purse.grade}，退回的兑换分按它扣减"
    moved = {"available": -owed, "held": 0, "note": said, "by": of.user}
    line = enter(purse, PurseLine(kind=PurseLineKind.ADJUSTMENT, **moved))
    record(purse, "purse_adjusted", by=of, note=f"{said}，-{owed}")
    notices.write(
        [purse.deputy.user],
        key=f"scoring.purse_adjusted:{line.pk}",
        text=f"您{said} {owed} 分，现在可用 {purse.available} 分。",
        link=reverse("scoring:shop"),
    )


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
