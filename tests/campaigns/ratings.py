"""评价不外露: whatever is rated, every byte that a unit can fetch stays the same until release.

Among what is rated is an answer given again after a release: the earlier figures stand in public.
Every address that a reader reaches by links is compared, feeds, tables and calendars too.

Random by nature, and left out: the token of a form in page and cookie, the session's cookie.
"""

import logging
from random import Random
from typing import Any

from django.db import transaction
from django.test import Client

from tests.campaigns.scratch import say, scratch, told_to_stop
from tests.proposals import unseen, walk
from tests.scoring.facts import on


def run(number: int, seed: int) -> dict[str, Any]:
    """So many random histories, each seen by one of the unit's people or by a visitor."""
    logging.disable(logging.WARNING)
    told, broken, tried, fetched = told_to_stop(), [], 0, 0
    with scratch(), transaction.atomic():
        dice = Random(seed)  # noqa: S311 - chance, not secrecy
        with on(walk.REPLIED_ON):
            again = unseen.answered_again()
            rows = [*unseen.proposals(), again]
        first = again.reply.replied_on
        with on(first):
            people = [*unseen.unit_people(), None]
            readers = []
            for each in people:
                client = Client()
                if each and each.user:
                    client.force_login(each.user)
                readers.append((client, unseen.everything(client)))
        days = (first, unseen.AFTER)
        known = {
            (at, day): unseen.settled(client, places, day)
            for at, (client, places) in enumerate(readers)
            for day in days
        }
        for tried in range(1, number + 1):
            at, day = dice.randrange(len(readers)), dice.choice(days)
            client, places = readers[at]
            fetched += len(places)
            with on(day):
                for place in unseen.differing(client, places, known[at, day], rows, dice):
                    broken.append({"history": tried, "address": place})
                    say(f"{tried}: {place}")
            if told:
                break
        transaction.set_rollback(True)
    return {
        "campaign": "ratings",
        "tried": tried,
        "broken": len(broken),
        "seed": seed,
        "fetched": fetched,
        "addresses": sorted({len(places) for _, places in readers}),
        "first": broken[:5],
    }
