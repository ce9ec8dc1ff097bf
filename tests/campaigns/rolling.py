"""滚动办: random years and terms; carried over and taken back in any order and as often."""

import logging
from datetime import UTC, datetime
from random import Random
from typing import Any

from django.db import transaction

from congress.shared import clock
from tests.campaigns.scratch import say, scratch, told_to_stop
from tests.proposals import rolling_years


def run(number: int, seed: int) -> dict[str, Any]:
    """So many worlds of one county, each undone before the next."""
    logging.disable(logging.WARNING)
    told, broken, tried = told_to_stop(), [], 0
    with scratch(), transaction.atomic():
        dice = Random(seed)  # noqa: S311 - chance, not secrecy
        is_open = rolling_years.county(copies=2)
        while tried < number and not told:
            tried, world = tried + 1, dice.randrange(2**32)
            with clock.at(datetime(2027, 1, 6, 2, tzinfo=UTC)), transaction.atomic():
                found = rolling_years.wrongs(Random(world), is_open)  # noqa: S311
                transaction.set_rollback(True)
            for each in found:
                broken.append({"world": world, "wrong": each})
                say(f"{world}: {each}")
        transaction.set_rollback(True)
    return {
        "campaign": "rolling",
        "tried": tried,
        "broken": len(broken),
        "seed": seed,
        "proposals": len(is_open),
        "first": broken[:5],
    }
