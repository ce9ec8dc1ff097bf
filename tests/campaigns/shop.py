"""积分超市: 40 at one moment, N rounds; the last piece, the last points, one code, one hold's end.

Each round is a counter of its own: one piece that five deputies want by forty forms, or forty
pieces of which one deputy can pay one. Then the hold is cancelled, expired and handed out at once.
Afterwards random histories beside a model, a tenth as many as rounds. `broken` is whatever was done
otherwise than once, is below zero or is not as the lines add up to.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from threading import Barrier
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction

from congress.shared.actors import SYSTEM, Actor
from congress.shared.errors import Refused
from congress.shared.models import Setting
from deputies.models import Deputy
from scoring.actions import handing, redeeming
from scoring.models import Purse, Redemption
from scoring.queries.audit_shop import shop_faults
from tests import make
from tests.campaigns.scratch import say, scratch, told_to_stop
from tests.scoring import shop
from tests.scoring.shop_world import World

AT_ONCE = 40
STEPS = 80
TODAY = shop.TODAY


Act = Callable[[], object]


class Crowd:
    """Forty sessions that stay: each thread keeps its connection from round to round."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool, self.barrier = pool, Barrier(AT_ONCE)

    def at_once(self, acts: list[Act]) -> Counter[str]:
        """All begin at one moment; how many were done and refused."""
        return Counter(self.pool.map(self._once, acts))

    def _once(self, act: Act) -> str:
        self.barrier.wait(timeout=60)
        try:
            return "done" if act() is not None else "missed"
        except Refused:
            return "refused"

    def leave(self) -> None:
        """Every session is closed, so that the database may go."""
        self.at_once([lambda: connection.close()] * AT_ONCE)  # each thread has its own


class Round:
    """A counter's last piece, which five deputies want, or one deputy's last points."""

    def __init__(
        self, chance: Random, people: list[tuple[Deputy, Actor]], number: int, crowd: Crowd
    ) -> None:
        self.chance, self.points, self.crowd = chance, number % 2 == 1, crowd
        self.people = [chance.choice(people)] if self.points else people
        self.actors = {each.pk: by for each, by in people}
        self.station, self.keeper = shop.station(f"第{make.serial()}联络站")
        price, count = 1, 1
        if self.points:
            price = Purse.objects.get(deputy=self.people[0][0]).available // 2 + 1
            count = AT_ONCE
        how = {"price": price, "limit": AT_ONCE, "count": count}
        self.gift = shop.offered(self.station, self.keeper, **how)

    def play(self) -> list[str]:
        """What went wrong in it."""
        wrong: list[str] = []
        what = "points were" if self.points else "piece was"
        found = self.crowd.at_once([self._reserving() for _ in range(AT_ONCE)])
        if found != {"done": 1, "refused": AT_ONCE - 1}:
            wrong.append(f"the last {what} taken otherwise than once: {dict(found)}")
        row = Redemption.objects.held().select_related("purse__deputy").get(gift=self.gift)
        found = self.crowd.at_once([self._ending(row, each) for each in range(AT_ONCE)])
        if found != {"done": 1, "refused": AT_ONCE - 1}:
            wrong.append(f"one hold ended otherwise than once: {dict(found)}")
        return wrong

    def _reserving(self) -> Act:
        person, by = self.chance.choice(self.people)
        token = UUID(int=self.chance.getrandbits(128))
        how = {"deputy": person, "token": token, "by": by, "today": TODAY}
        return lambda: redeeming.reserve(self.gift, **how)

    def _ending(self, row: Redemption, number: int) -> Act:
        """Points that were spent would be gone: those rounds only give back."""
        by, late = self.actors[row.purse.deputy_id], row.until + timedelta(days=1)
        how = {"code": row.code, "by": self.keeper, "today": TODAY}
        acts: list[Act] = [
            lambda: redeeming.cancel_hold(row, by=by),
            lambda: redeeming.expire_hold(row, by=SYSTEM, today=late),
            lambda: handing.hand_out(self.station, **how),
        ]
        return acts[number % (2 if self.points else 3)]


def _people(rounds: int) -> list[tuple[Deputy, Actor]]:
    """Five with points enough for every round's piece."""
    rule = Setting(key="scoring.purse_first", value=100 + rounds, from_on=make.ELECTED_ON)
    rule.basis = "县常委会"
    rule.save()
    found = [make.deputy() for _ in range(5)]
    shop.purse(*found)
    return [(each, make.as_deputy(each)) for each in found]


def _histories(chance: Random, number: int, told: list[int]) -> tuple[int, list[str]]:
    """Random histories beside their model, each undone before the next."""
    wrong, tried = [], 0
    while tried < number and not told:
        tried, world = tried + 1, chance.randrange(2**32)
        with transaction.atomic():
            found = _history(Random(world))  # noqa: S311 - chance only
            transaction.set_rollback(True)
        wrong += [f"history {world}: {each}" for each in found]
    return tried, wrong


def _history(dice: Random) -> list[str]:
    world = World(dice)
    for _ in range(STEPS):
        world.step()
    return world.wrongs()


def run(number: int, seed: int) -> dict[str, Any]:
    """So many rounds, and a tenth as many histories."""
    logging.disable(logging.WARNING)
    began, chance, told = time.monotonic(), Random(seed), told_to_stop()  # noqa: S311 - chance only
    broken: list[str] = []
    with scratch():
        people, rounds = _people(number), 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            crowd = Crowd(pool)
            while rounds < number and not told:
                rounds += 1
                broken += [
                    f"round {rounds}: {each}"
                    for each in Round(chance, people, rounds, crowd).play()
                ]
                if rounds % 50 == 0:
                    broken += shop_faults()
                    say(f"{rounds} rounds, {len(broken)} broken")
            crowd.leave()
        broken += shop_faults()
        tried, wrong = _histories(chance, max(1, number // 10), told)
        broken += wrong
        connections.close_all()
    report = {"campaign": "shop", "seed": seed, "rounds": rounds, "at_once": AT_ONCE}
    report |= {"histories": tried, "steps": tried * STEPS}
    took = round(time.monotonic() - began, 1)
    return report | {"seconds": took, "broken": len(broken), "what": broken[:10]}
