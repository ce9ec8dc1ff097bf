"""积分规则: drafted, amended, adopted as a version from a day or dropped; then never changed."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from congress.shared import clock
from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.names import says_something
from congress.shared.workflow import lock, move, record, refuse_if
from deputies.models import DutyCategory, DutyItem
from deputies.wordings import Wording
from scoring.differences import differences
from scoring.models import Ceiling, Rule, RuleBook
from scoring.permissions.posting import (
    why_not_adopt_default,
    why_not_begin,
    why_not_divide_anew,
)
from scoring.permissions.rules import (
    is_mid_year,
    why_not_adopt,
    why_not_amend,
    why_not_draft,
    why_not_drop,
    why_not_mid_year,
    why_not_seen,
)
from scoring.points import why_not_ceilings
from scoring.queries.rules import table_of
from scoring.queries.sealed_books import MARK, digests
from scoring.states import BookState
from scoring.tables import Table, shipped, why_not_table

BASIS = "本县代表履职积分制度（默认表，{}）"


@transaction.atomic
def adopt_default(
    assembly: Assembly, *, from_on: date, by: Actor, wording: str = Wording.POLICY
) -> RuleBook:
    """启用默认积分表: the shipped table is the next version of the assembly's rule book."""
    assembly = lock(assembly)
    refuse_if(why_not_adopt_default(by, assembly))
    table, basis = shipped(wording), BASIS.format(Wording(wording).label)
    refuse_if(_why_not_hold(assembly, table, from_on))
    book = _written(assembly, table, basis)
    return _into_force(book, from_on, minute=basis, by=by)


@transaction.atomic
def draft(
    assembly: Assembly,
    *,
    basis: str,
    by: Actor,
    of: RuleBook | None = None,
    wording: str = Wording.POLICY,
) -> RuleBook:
    """起草: a copy of that book, or of the shipped table, to be changed until it is adopted."""
    assembly = lock(assembly)
    refuse_if(why_not_draft(by, assembly))
    book = _written(assembly, table_of(of) if of else shipped(wording), basis)
    copied = of.name if of else f"默认表（{Wording(wording).label}）"
    record(book, BookState.DRAFT, by=by, note=f"以{copied}为底")
    return book


@transaction.atomic
def amend(book: RuleBook, *, table: Table, seen: str, by: Actor) -> int:
    """改草案: the draft says what the table says; how many cells that changed."""
    book = lock(book)
    refuse_if(why_not_amend(by, book))
    before = table_of(book)
    refuse_if(why_not_seen(before, seen))
    refuse_if(why_not_table(table))
    changed = len(differences(before, table))
    if changed:
        book.rules.all().delete()
        book.ceilings.all().delete()
        _fill(book, table)
        record(book, "amended", by=by, note=f"改了 {changed} 处")
    return changed


@transaction.atomic
def adopt(
    book: RuleBook,
    *,
    from_on: date,
    minute: str,
    seen: str,
    by: Actor,
    today: date,
    mid_year: bool = False,
) -> RuleBook:
    """启用草案: it is the assembly's next version from that day, and nobody can change it again.

    `seen` is the fingerprint of the draft whose differences were looked at; `mid_year` says that
    the change of rules within a year is meant.
    """
    assembly = lock(book.assembly)  # nothing is verified while a book comes into force
    book = lock(book)
    refuse_if(why_not_adopt(by, book))
    table = table_of(book)
    refuse_if(why_not_seen(table, seen))
    refuse_if(_why_not_hold(assembly, table, from_on))
    refuse_if(None if says_something(minute) else "启用规则书必须写明决定文号。")
    refuse_if(why_not_mid_year(assembly, from_on, today, meant=mid_year))
    within = "，年中调整" if is_mid_year(assembly, from_on, today) else ""
    return _into_force(book, from_on, minute=minute, by=by, note=within)


@transaction.atomic
def drop(book: RuleBook, *, reason: str, by: Actor) -> RuleBook:
    """放弃草案: it stays to be read, with the reason in the trail."""
    book = lock(book)
    refuse_if(why_not_drop(by, book))
    refuse_if(None if says_something(reason) else "请写明为什么放弃这份草案。")
    return move(book, BookState.DROPPED, by=by, note=reason)


def _why_not_hold(assembly: Assembly, table: Table, from_on: date) -> str | None:
    """The reason this table cannot be in force in the assembly from that day."""
    division = {each.item: each.category for each in table.figures if not each.bonus}
    return (
        why_not_begin(assembly, from_on, clock.today())
        or why_not_ceilings(table.ceilings.values())
        or why_not_table(table)
        or why_not_divide_anew(assembly, from_on, division)
    )


def _into_force(
    book: RuleBook, from_on: date, *, minute: str, by: Actor, note: str = ""
) -> RuleBook:
    """The draft is the next version; the assembly is locked, so versions follow one another."""
    versions = RuleBook.objects.adopted().filter(assembly=book.assembly_id)
    book.version = (versions.aggregate(newest=Max("version"))["newest"] or 0) + 1
    book.from_on, book.minute, book.adopted_at = from_on, minute, clock.now()
    digest = digests([book])[book.pk]
    return move(
        book,
        BookState.ADOPTED,
        by=by,
        note=f"第 {book.version} 版，{from_on} 起用{note}，{minute}"[:300] + MARK + digest,
        version=book.version,
        from_on=from_on,
        minute=minute,
        adopted_at=book.adopted_at,
        adopted_by=by.user,
    )


def _written(assembly: Assembly, table: Table, basis: str) -> RuleBook:
    book = RuleBook.objects.create(assembly=assembly, basis=basis)
    _fill(book, table)
    return book


def _fill(book: RuleBook, table: Table) -> None:
    categories = {category.code: category for category in DutyCategory.objects.all()}
    items = {item.code: item for item in DutyItem.objects.all()}
    Ceiling.objects.bulk_create(
        Ceiling(book=book, category=categories[code], points=points)
        for code, points in table.ceilings.items()
    )
    Rule.objects.bulk_create(
        Rule(
            book=book,
            item=items[each.item],
            category=categories[each.category],
            points=each.points,
            per_year=each.per_year,
            bonus=each.bonus,
            highest_only=each.highest_only,
        )
        for each in table.figures
    )
