"""改正: the lines that take one back and set it right, as they are to stand, not yet saved."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congress.shared.actors import Actor
from scoring.models import Appeal, Entry, Rule
from scoring.permissions.appeals import why_not_remedy
from scoring.points import Totals, plain, totals
from scoring.queries.board import standing
from scoring.queries.books import Books
from scoring.queries.ledger import entries_of
from scoring.queries.lines import signed


def reversal_of(entry: Entry) -> Entry:
    """The line that takes this one back."""
    return Entry(
        deputy_id=entry.deputy_id,
        assembly_id=entry.assembly_id,
        year=entry.year,
        rule_id=entry.rule_id,
        record_id=entry.record_id,
        points=-entry.points,
        reverses=entry,
    )


def remedy(entry: Entry, rule: Rule | None, quantity: int) -> list[Entry]:
    """What upholding an appeal against the line writes.

    A contested reversal gives back what it took; without a rule the line is only taken away.
    """
    if entry.reverses:
        return [_correction(entry, entry.reverses.rule, entry.reverses.quantity)]
    lines = [reversal_of(entry)]
    return lines if rule is None else [*lines, _correction(entry, rule, quantity)]


def _correction(entry: Entry, rule: Rule, quantity: int) -> Entry:
    return Entry(
        deputy_id=entry.deputy_id,
        assembly_id=entry.assembly_id,
        year=entry.year,
        rule=rule,
        record_id=entry.record_id,
        points=rule.points * quantity,
        corrects=entry,
    )


def rules_for(entry: Entry) -> list[Rule]:
    """What the line may become: the book in force on the day of the deed."""
    books = Books([entry.assembly_id])
    book = books.in_force(entry.assembly_id, entry.record.done_on)
    own = [rule for rule in books.rules.values() if book and rule.book_id == book.pk]
    return sorted(own, key=lambda rule: rule.item.position)


@dataclass(frozen=True)
class Effect:
    """成立会怎样: the lines, total and rank before and after, and why this may not be chosen."""

    lines: list[tuple[str, str]]
    total: str
    rank: str
    refusal: str | None


def effect(by: Actor, appeal: Appeal, rule: Rule | None, quantity: int, today: date) -> Effect:
    """What upholding would do, said before it is done."""
    entry = appeal.entry
    account = (entry.deputy_id, entry.assembly_id, entry.year)
    books = Books([entry.assembly_id])
    own = entries_of([account]).select_related("record").order_by("pk")
    known = [books.line_of(each) for each in own]  # one by one: a reversal takes back just one
    new = remedy(entry, rule, quantity)
    ceilings = books.ceilings(entry.assembly_id, entry.year)
    before = totals(known, ceilings)
    changed = [books.line(line.rule_id, line.points, entry.record.matter) for line in new]
    after = totals([*known, *changed], ceilings)
    return Effect(
        lines=[_words(line, books) for line in new],
        total=f"{before.total:.1f} → {after.total:.1f}",
        rank=f"{_rank(entry, before, today)} → {_rank(entry, after, today)}",
        refusal=why_not_remedy(by, appeal, rule, quantity, rule.book_id if rule else None),
    )


def _words(line: Entry, books: Books) -> tuple[str, str]:
    item = books.rules[line.rule_id].item
    if line.reverses_id:
        return signed(line.points), f"冲销 {item.code} {item.short_name}"
    each = plain(books.rules[line.rule_id].points)
    return signed(line.points), (
        f"改正为 {item.code} {item.short_name} {line.quantity} {item.unit} × {each} 分"
    )


def _rank(entry: Entry, year: Totals, today: date) -> str:
    points: Decimal = year.total
    rank = standing(entry.assembly, entry.year, points, today, entry.deputy_id).rank
    return f"第 {rank} 名" if rank else "不参加排名"
