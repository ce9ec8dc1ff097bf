"""Another table of points, moved about at random, and a rule book as the model knows it."""

import random
from dataclasses import replace
from decimal import Decimal

from deputies.codes import AWARDS_BY_LEVEL
from scoring.models import RuleBook
from scoring.queries.rules import table_of
from scoring.tables import Figures, Table
from tests.campaigns.model import Book, Worth, tenths


def moved_about(table: Table, dice: random.Random) -> Table:
    """Other points and limits, an item left out, five points from one ceiling to another."""
    ceilings = dict(table.ceilings)
    poorer, richer = dice.sample(sorted(ceilings), 2)
    if ceilings[poorer] > 10:
        ceilings[poorer] -= 5
        ceilings[richer] += 5
    left_out = dice.choice(table.figures)
    figures = [_moved(each, dice) for each in table.figures if each != left_out]
    return Table(ceilings, tuple(figures))


def _moved(figures: Figures, dice: random.Random) -> Figures:
    points = Decimal(dice.randint(1, 12)) / 2
    if figures.bonus:
        award = figures.item in AWARDS_BY_LEVEL and dice.random() < 0.8
        return replace(figures, points=points, highest_only=award)
    limit = dice.choice([None, Decimal(dice.randint(4, 40)) / 2])
    return replace(figures, points=points, per_year=limit)


def as_known(book: RuleBook) -> Book:
    """The adopted book in whole tenths."""
    table = table_of(book)
    worth = {
        each.item: Worth(
            tenths(each.points),
            None if each.per_year is None else tenths(each.per_year),
            each.bonus,
            each.highest_only,
            each.category,
        )
        for each in table.figures
    }
    ceilings = {code: tenths(points) for code, points in table.ceilings.items()}
    return Book(book.pk, book.from_on, worth, ceilings)
