"""积分规则: a congress adopts its table of points. A book is never changed, only followed."""

from datetime import date

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import DutyCategory, DutyItem
from deputies.wordings import Wording
from scoring.models import Ceiling, Rule, RuleBook
from scoring.permissions.posting import (
    why_not_adopt_default,
    why_not_begin,
    why_not_divide_anew,
)
from scoring.points import why_not_ceilings
from scoring.tables import Table, shipped

BASIS = "本县代表履职积分制度（默认表，{}）"


@transaction.atomic
def adopt_default(
    assembly: Assembly, *, from_on: date, by: Actor, wording: str = Wording.POLICY
) -> RuleBook:
    """启用默认积分表: the shipped table is the next version of the assembly's rule book."""
    assembly = lock(assembly)
    refuse_if(why_not_adopt_default(by, assembly))
    refuse_if(why_not_begin(assembly, from_on))
    table = shipped(wording)
    refuse_if(why_not_ceilings(table.ceilings.values()))
    division = {each.item: each.category for each in table.figures if not each.bonus}
    refuse_if(why_not_divide_anew(assembly, from_on, division))
    version = RuleBook.objects.filter(assembly=assembly).count() + 1
    basis = BASIS.format(Wording(wording).label)
    book = RuleBook.objects.create(assembly=assembly, version=version, from_on=from_on, basis=basis)
    _fill(book, table)
    record(book, "adopted", by=by, note=f"第 {version} 版，{from_on} 起用")
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
