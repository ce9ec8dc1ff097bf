"""评价不外露: whatever is rated, every byte that a unit can fetch stays the same until release.

Among what is rated is an answer given again after a release: the earlier figures stand in public;
and an answer whose promises are kept. Some are made void, and some are opened for a dispute.
Every address that a reader reaches by links is compared, feeds, tables and calendars too: each
page, paper and table after every history, and of the other filters of the same page a hand, dealt
from a shuffled pack, so that each has its turn before any comes again.

Random by nature, and left out: the token of a form in page and cookie, the session's cookie.
"""

import logging
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client

from tests.campaigns.cores import parts
from tests.campaigns.scratch import say, scratch, told_to_stop
from tests.proposals import stages_of_following, unseen, walk
from tests.scoring.facts import on

HAND = 24


@dataclass
class Reader:
    """One of the unit's people, or a visitor, and all that they reach."""

    client: Client
    places: list[str]
    met: set[str] = field(default_factory=set)
    pack: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        by_path = {urlsplit(each).path: each for each in reversed(self.places)}
        self.plain = list(by_path.values())
        self.others = sorted(set(self.places) - set(self.plain))

    def hand(self, dice: Random) -> list[str]:
        """What is compared this time."""
        if len(self.pack) < HAND:
            self.pack += dice.sample(self.others, len(self.others))
        dealt, self.pack = self.pack[:HAND], self.pack[HAND:]
        self.met.update(self.plain, dealt)
        return [*self.plain, *dealt]


def run(number: int, seed: int) -> dict[str, Any]:
    """So many random histories, each seen by one of the unit's people or by a visitor."""
    logging.disable(logging.WARNING)
    done = parts(_part, number, seed)
    broken = [each for one in done for each in one["broken"]]
    return {
        "campaign": "ratings",
        "tried": sum(one["tried"] for one in done),
        "broken": len(broken),
        "seed": seed,
        "fetched": sum(one["fetched"] for one in done),
        "addresses": sorted(each for one in done for each in one["addresses"]),
        "never_compared": sum(one["never"] for one in done),
        "first": broken[:5],
    }


def _part(number: int, seed: int, part: int, many: int) -> dict[str, Any]:
    """The histories of every so manieth reader."""
    told, broken, tried, fetched = told_to_stop(), [], 0, 0
    with scratch(), transaction.atomic():
        dice = Random(seed)  # noqa: S311 - chance, not secrecy
        with on(walk.REPLIED_ON):
            again = unseen.answered_again()
            rows = [*unseen.proposals(), again]
            kept = stages_of_following.kept_whole()
        first = again.reply.replied_on
        with on(first):
            everybody = [*unseen.unit_people(), None]
            readers = [_reader(each) for each in everybody[part::many] or everybody]
        known: dict[tuple[int, Any, str], unseen.Seen] = {}
        for tried in range(1, number + 1):
            at, day = dice.randrange(len(readers)), dice.choice((first, unseen.AFTER))
            client, places = readers[at].client, readers[at].hand(dice)
            fetched += len(places)
            with on(day):
                for each in places:
                    known[at, day, each] = known.get((at, day, each)) or unseen.seen(client, each)
                before = [known[at, day, each] for each in places]
                for place in unseen.differing(client, places, before, rows, dice, kept):
                    broken.append({"history": tried, "address": place})
                    say(f"{tried}: {place}")
            if told:
                break
        transaction.set_rollback(True)
    return {
        "tried": tried,
        "broken": broken,
        "fetched": fetched,
        "addresses": [len(each.places) for each in readers],
        "never": sum(len(set(each.places) - each.met) for each in readers),
    }


def _reader(person: Any) -> Reader:
    client = Client()
    if person and person.user:
        client.force_login(person.user)
    return Reader(client, unseen.everything(client))
