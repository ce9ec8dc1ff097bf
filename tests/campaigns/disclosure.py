"""不足以公开: random tables of 满意度, each solved anew over all worlds that it leaves open.

Some of their forms answer what is withheld as a whole, of which no table may tell.
`hiding` says in how many of them a total stands beside hidden rows: only there can one be solved.
"""

from random import Random
from typing import Any

from proposals.disclosure import choose, rows
from tests.campaigns.scratch import say, told_to_stop
from tests.proposals.tables import LIMITS, betrayed, broken, forms


def run(number: int, seed: int) -> dict[str, Any]:
    """So many tables, one seed after the other."""
    told, found, tried, hiding = told_to_stop(), [], 0, 0
    for tried in range(1, number + 1):
        sent = forms(Random(seed + tried))  # noqa: S311 - chance, not secrecy
        table = rows(sent)
        shown = choose(table, LIMITS)
        hiding += shown.total and len(shown.units) < len(table)
        if cells := betrayed(sent) + broken(table):
            found.append({"table": seed + tried, "cells": cells[:5]})
            say(f"{seed + tried}: {cells[:5]}")
        if told:
            break
    return {
        "campaign": "disclosure",
        "tried": tried,
        "broken": len(found),
        "seed": seed,
        "hiding": hiding,
        "first": found[:5],
    }
