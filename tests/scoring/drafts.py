"""Rule books in any state, made by the real verbs."""

from dataclasses import replace
from datetime import date

from scoring.actions import rules
from scoring.models import RuleBook
from scoring.queries.rules import table_of
from scoring.tables import Table, fingerprint, shipped
from tests import make

TODAY = date(2026, 11, 20)
NEXT_YEAR = date(2027, 1, 1)
MINUTE = "青禾人常发〔2026〕18号"
NAME = "2027 年积分制度（征求意见稿）"


def of_default() -> Table:
    return shipped()


def but(table: Table, *, ceilings=None, out=(), **cells) -> Table:
    """The table with other ceilings, without some items, with other cells: `C1={"points": 3}`."""
    figures = (replace(each, **cells.get(each.item, {})) for each in table.figures)
    kept = tuple(each for each in figures if each.item not in out)
    return Table({**table.ceilings, **(ceilings or {})}, kept)


def draft(of: RuleBook | None = None, *, by=None) -> RuleBook:
    return rules.draft(make.assembly(), basis=NAME, of=of, by=by or make.actor())


def amended(book: RuleBook, table: Table, *, by=None) -> RuleBook:
    rules.amend(book, table=table, seen=seen(book), by=by or make.actor())
    return book


def seen(book: RuleBook) -> str:
    """What somebody who looks at the draft now has seen."""
    return fingerprint(table_of(book))


def adopted(table: Table | None = None, *, from_on: date = NEXT_YEAR, **how) -> RuleBook:
    """A draft of that table in force from that day."""
    book = draft()
    if table:
        amended(book, table)
    return adopt(book, from_on=from_on, **how)


def adopt(book: RuleBook, *, by=None, **how) -> RuleBook:
    known = {"from_on": NEXT_YEAR, "minute": MINUTE, "seen": seen(book), "today": TODAY} | how
    return rules.adopt(book, by=by or make.director(), **known)


def dropped() -> RuleBook:
    return rules.drop(draft(), reason="另起一份。", by=make.actor())
