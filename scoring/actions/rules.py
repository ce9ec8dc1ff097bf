"""积分规则: a congress adopts its table of points. A book is never changed, only followed."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from congress.shared.actors import Actor
from congress.shared.models import Assembly
from congress.shared.workflow import lock, record, refuse_if
from deputies.models import DutyCategory, DutyItem
from scoring.models import Ceiling, Rule, RuleBook
from scoring.permissions.posting import why_not_adopt_default, why_not_begin
from scoring.points import why_not_ceilings

DATA = Path(__file__).parent.parent / "data"
BASIS = "本县代表履职积分制度（默认表）"


@transaction.atomic
def adopt_default(assembly: Assembly, *, from_on: date, by: Actor) -> RuleBook:
    """启用默认积分表: the shipped table is the next version of the assembly's rule book."""
    assembly = lock(assembly)
    refuse_if(why_not_adopt_default(by, assembly))
    refuse_if(why_not_begin(assembly, from_on))
    ceilings = {row["category"]: Decimal(row["points"]) for row in _table("ceilings.csv")}
    refuse_if(why_not_ceilings(ceilings.values()))
    version = RuleBook.objects.filter(assembly=assembly).count() + 1
    book = RuleBook.objects.create(assembly=assembly, version=version, from_on=from_on, basis=BASIS)
    _fill(book, ceilings)
    record(book, "adopted", by=by, note=f"第 {version} 版，{from_on} 起用")
    return book


def _fill(book: RuleBook, ceilings: Mapping[str, Decimal]) -> None:
    categories = {category.code: category for category in DutyCategory.objects.all()}
    items = {item.code: item for item in DutyItem.objects.all()}
    Ceiling.objects.bulk_create(
        Ceiling(book=book, category=categories[code], points=points)
        for code, points in ceilings.items()
    )
    Rule.objects.bulk_create(
        Rule(
            book=book,
            item=items[row["item"]],
            points=Decimal(row["points"]),
            per_year=Decimal(row["per_year"]) if row["per_year"] else None,
            bonus=row["bonus"] == "1",
        )
        for row in _table("rulebook.csv")
    )


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
