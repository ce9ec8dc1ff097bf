"""Rows that break a constraint of the points shop: a good one, what to change in it."""

from operator import attrgetter
from uuid import uuid4

from congress.shared import clock
from scoring.actions import gifts, handing
from scoring.models import PurseLineKind, StockKind
from scoring.shop_states import RedemptionState
from tests import make
from tests.architecture.broken_shared import UNCHANGED
from tests.scoring import shop


def gift():
    return shop.offered(*shop.station())


def write_off():
    found = gift()
    by = make.actor()
    return gifts.ask_write_off(found, count=1, reason="受潮", by=by, today=shop.TODAY)


def received():
    return gift().moves.get()


def purse():
    return shop.shop().purse


def credit():
    return purse().lines.get()


def held():
    return shop.held(shop.shop())


def hold_line():
    return held().lines.get()


def handed_out():
    return shop.handed(shop.shop())


def piece_out():
    return handed_out().moves.get()


def reversal():
    of = shop.shop()
    how = {"came_back": True, "reason": "发错了人", "by": of.keeper, "today": shop.TODAY}
    return handing.ask_reversal(shop.handed(of), **how)


ANOTHER = {"code": "000000", "token": uuid4}

SHOP = {
    "gift_once_per_station_while_offered": (gift, UNCHANGED),
    "gift_has_a_price_and_a_limit": (gift, {"price": 0}),
    "gift_days_in_order": (gift, {"offered_until": shop.date(2026, 1, 1)}),
    "gift_promises_no_more_than_it_has": (gift, {"held": 6}),
    "gift_withdrawn_has_who_and_when": (gift, {"withdrawn_at": clock.now}),
    "write_off_says_how_many_and_why": (write_off, {"reason": ""}),
    "write_off_takes_two": (
        write_off,
        {"confirmed_by": attrgetter("asked_by"), "confirmed_at": clock.now},
    ),
    "write_off_ends_once_by_whom_and_when": (write_off, {"dropped_at": clock.now}),
    "stock_move_counts": (received, {"count": 0}),
    "stock_move_knows_its_redemption": (received, {"kind": StockKind.HANDED_OUT}),
    "stock_move_written_off_takes_two": (piece_out, {"kind": StockKind.WRITTEN_OFF}),
    "stock_move_once_per_redemption_and_kind": (piece_out, UNCHANGED),
    "purse_once_per_deputy_and_year": (purse, UNCHANGED),
    "purse_never_below_zero": (purse, {"year": 2030, "available": -1}),
    "purse_line_moves_as_its_kind": (credit, {"available": 0}),
    "purse_line_knows_its_redemption": (hold_line, {"redemption": None}),
    "purse_credited_once": (credit, UNCHANGED),
    "purse_line_once_per_redemption_and_kind": (hold_line, UNCHANGED),
    "purse_hold_ends_once": (
        lambda: handed_out().lines.get(kind=PurseLineKind.SPEND),
        {"kind": PurseLineKind.RELEASE, "available": 30},
    ),
    "redemption_code_waits_once": (held, {"token": uuid4}),
    "redemption_sent_once": (held, {"code": "000000"}),
    "redemption_has_code_and_price": (held, {**ANOTHER, "code": "12a"}),
    "redemption_handed_out_by_whom_and_when": (
        held,
        {**ANOTHER, "state": RedemptionState.HANDED_OUT},
    ),
    "redemption_ended_by_whom_when_and_why": (
        held,
        {**ANOTHER, "state": RedemptionState.CANCELLED},
    ),
    "reversal_says_why": (reversal, {"reason": ""}),
    "reversal_takes_two": (
        reversal,
        {"confirmed_by": attrgetter("asked_by"), "confirmed_at": clock.now},
    ),
    "reversal_ends_once_by_whom_and_when": (reversal, {"dropped_at": clock.now}),
    "reversal_one_stands": (reversal, UNCHANGED),
}
