"""The year's end, killed at random: each round ends row for row and file for file as undisturbed.

A worker of two, a web that is asked how far it is, Redis and PostgreSQL, all of them this
campaign's own. Beat is played once a second, now and then twice. `tried` counts kills, `broken`
every difference, every round that does not end, every page that is neither there nor excused.
"""

import json
import os
import random
import subprocess
import time
from collections import Counter
from typing import Any

from celery import Celery
from django.db import connection

from congress.local import postgres
from tests import template
from tests.campaigns.own_house import House, own_house, wait_until
from tests.campaigns.scratch import say

PEOPLE = 10
KILLS = ("hand", "hand", "hand", "worker", "web", "a web's hand", "redis", "postgres")
"""A worker's hand dies most often: it is the one that makes the files."""
A_FILE = 2.0
"""From one kill to the next at most so many times what a file takes here: some come whole."""
EXCUSED = {0, 200, 503}
"""Nobody there, the page, or the page that says to come back in a moment."""
TO_THE_END = 120
"""How many times what a file takes a round may last for each deputy."""
MOST = 3
"""Kills for each deputy in one round."""


Rows = dict[str, list[str]]
"""Each table's rows, and the files, as sorted lines."""


class Campaign:
    """Rounds of one review, begun again until so many kills are done."""

    def __init__(self, house: House, people: int, dice: random.Random) -> None:
        self.house, self.dice = house, dice
        self.house.fill(_empty_database())
        told = house.manage("-m", "tests.campaigns.year_scene", str(people))
        scene: dict[str, Any] = json.loads(told.splitlines()[-1])
        self.place = f"/scoring/cycles/{scene['cycle']}/"
        self.session = scene["session"]
        house.manage("manage.py", "collectstatic", "--no-input", "--no-post-process")
        house.keep()
        self.calls = Celery(
            broker=f"redis+socket://{house.home.sockets / 'redis.sock'}?virtual_host=0"
        )
        self.done: Counter[str] = Counter()
        self.deck: list[str] = []
        self.broken: list[str] = []
        self.rounds, self.people, self.pace = 0, people, 1.0

    def undisturbed(self) -> Rows:
        """What every round must come to; how long a file takes on this machine just now."""
        began = time.monotonic()
        self.house.manage(
            "-c",
            "import django; django.setup(); from scoring import tasks\n"
            "while tasks.run_reviews(): pass",
        )
        self.pace = (time.monotonic() - began) / self.people
        return self.house.snapshot()

    def state(self) -> str:
        return str(self.house.sql("SELECT state FROM scoring_reviewcycle")[0][0])

    def beat(self) -> None:
        """Once a second, now and then twice; with Redis gone nothing is said."""
        for _ in range(self.dice.choice((1, 1, 1, 2))):
            self.calls.send_task("scoring.tasks.run_reviews", queue="celery", retry=False)

    def watch(self) -> None:
        status = self.house.page(self.place, self.session)
        if status not in EXCUSED:
            self.broken.append(f"{self.place}: {status}")

    def dealt(self) -> str:
        """Kinds come like cards: in twenty kills each has its turn."""
        if not self.deck:
            self.deck = list(KILLS)
            self.dice.shuffle(self.deck)
        return self.deck.pop()

    def kill(self) -> None:
        kind, house = self.dealt(), self.house
        if kind in ("hand", "a web's hand"):
            name = "worker" if kind == "hand" else "web"
            if not house.kill_child(name, self.dice.randrange(8)):
                self.deck.insert(0, kind)  # nobody there just now: its turn comes later
                return
        elif kind in ("worker", "web"):
            house.kill(kind)
        elif kind == "redis":
            house.flush_redis()
        else:
            house.restart_postgres()
        self.done[kind] += 1

    def round(self, kills: int, wanted: Rows) -> None:
        """One review from its first file to its last; no more than so many kills in it."""
        self.rounds += 1
        self.house.begin_again()
        kills, before = min(kills, MOST * self.people), self.done.total()
        next_kill, until = 0.0, time.monotonic() + TO_THE_END * self.pace * self.people
        while self.state() != "sealed":
            if failed := self.house.sql("SELECT reason FROM scoring_sealfailure"):
                self.broken.append(f"round {self.rounds}: {failed}")
                return
            if time.monotonic() > until:
                self.broken.append(f"round {self.rounds} did not end")
                return
            self.house.look_after()
            self.beat()
            self.watch()
            if self.done.total() - before < kills and time.monotonic() >= next_kill:
                self.kill()
                next_kill = time.monotonic() + self.dice.uniform(0.05, A_FILE * self.pace)
            time.sleep(self.dice.uniform(0.05, 0.5))
        wait_until(self._is_quiet, seconds=20)
        self.broken += differences(wanted, self.house.snapshot(), self.rounds)

    def _is_quiet(self) -> bool:
        busy = "SELECT FROM pg_stat_activity WHERE datname = 'congress' AND state <> 'idle'"
        return not self.house.sql(f"{busy} AND pid <> pg_backend_pid()")


def differences(wanted: Rows, found: Rows, number: int) -> list[str]:
    """Each row and file that there is once too often, or not."""
    said = []
    for name in wanted.keys() | found.keys():
        left = Counter(wanted.get(name, [])), Counter(found.get(name, []))
        said += [f"round {number}: {name} lacks {each[:200]}" for each in left[0] - left[1]]
        said += [f"round {number}: {name} has {each[:200]}" for each in left[1] - left[0]]
    return said


def _empty_database() -> bytes:
    """The tests' empty, migrated database as statements."""
    login = template.login(connection.settings_dict)
    folder = postgres.find_binaries()
    assert folder is not None
    return subprocess.run(
        [
            folder / "pg_dump",
            "-h",
            str(login["host"]),
            "-U",
            str(login["user"]),
            template.ready(login),
        ],
        check=True,
        capture_output=True,
        env=os.environ
        | {"PGPASSWORD": login["password"] or "", "PGPORT": str(login["port"] or 5432)},
    ).stdout


def run(number: int, seed: int, people: int = PEOPLE) -> dict[str, Any]:
    """So many kills, in as many rounds as they take."""
    began, dice = time.monotonic(), random.Random(seed)  # noqa: S311 - the same kills from one seed
    with own_house() as house:
        campaign = Campaign(house, people, dice)
        wanted = campaign.undisturbed()
        files = len(wanted["files"])
        if not files or files % people:
            campaign.broken.append(f"undisturbed {files} files for {people} deputies")
        while campaign.done.total() < number and len(campaign.broken) < 20:
            campaign.round(number - campaign.done.total(), wanted)
            say(f"{campaign.done.total()} kills in {campaign.rounds} rounds, {campaign.broken}")
    return {
        "campaign": "kills",
        "seed": seed,
        "tried": campaign.done.total(),
        "kinds": dict(campaign.done),
        "rounds": campaign.rounds,
        "files": files * campaign.rounds,
        "seconds": round(time.monotonic() - began),
        "broken": len(campaign.broken),
        "what": campaign.broken[:10],
    }
