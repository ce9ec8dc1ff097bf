"""年终收尾 for operators: whatever a machine may do of a year's review; people's part is named.

It may be stopped, killed and begun again at any moment, also beside the workers: every step finds
in the database what is left. The last line is a JSON object with `deputies`, `files`, `failed`,
`seconds` and `waits`; exit 1 when a file failed, 2 when the year waits for somebody.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connection

from congress.shared import clock
from congress.shared.actors import SYSTEM
from congress.shared.errors import Refused
from scoring import tasks
from scoring.actions import cycles, purses, sealing
from scoring.models import ReviewCycle
from scoring.queries.sealing import failures, progress
from scoring.queries.year_end import done, waits_for
from scoring.states import TOLD, CycleState

LOOK = 2
"""Seconds between two looks at how far the workers are."""
PATIENCE = 30
"""So often the command goes on after the database was lost; then it says so and ends."""
NO_DATABASE = "数据库一直连不上，恢复以后请再运行一次。"


class Command(BaseCommand):
    help = "Close a year's review: opinions that are due, duty files, purses. May be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--resume", action="store_true", help="make those files anew, too, that have failed"
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=len(os.sched_getaffinity(0)),
            help="processes that share the files (one for each core)",
        )
        parser.add_argument("--share", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args: object, **options: Any) -> None:
        """Each congress of that year goes as far as it can; then what was done, in figures."""
        self.began, year = time.monotonic(), options["year"]
        if options["share"]:
            for cycle in self._sealing(year):
                tasks.seal_files(cycle, until=math.inf)
            return None
        for _ in range(PATIENCE):
            try:
                return self._close(year, options)
            except (OperationalError, InterfaceError):  # restarted, perhaps: the rows say the rest
                self._say("数据库断开了，几秒钟后接着做。")
                time.sleep(LOOK)
                if not connection.in_atomic_block:
                    connection.close_if_unusable_or_obsolete()
        self._write({"deputies": None, "files": None, "failed": None}, [NO_DATABASE])
        sys.exit(1)

    def _close(self, year: int, options: dict[str, Any]) -> None:
        waits = [words for cycle in self._of(year) if (words := self._before_the_files(cycle))]
        if not self._of(year):
            waits = [f"{year} 年的评价还没有启动。"]
        if options["resume"]:
            self._retry(year)
        self._seal(year, options["workers"])
        self._after_the_files(year)
        self._report(year, waits)

    def _of(self, year: int) -> list[ReviewCycle]:
        rows = ReviewCycle.objects.filter(year=year).select_related("assembly", "decided_by")
        return list(rows.order_by("pk"))

    def _sealing(self, year: int) -> list[ReviewCycle]:
        return [cycle for cycle in self._of(year) if cycle.state == CycleState.FINAL]

    def _before_the_files(self, cycle: ReviewCycle) -> str:
        """Opinions whose last day is past are closed; what the year waits for then, in words."""
        today = clock.today()
        if cycle.state == CycleState.OPEN:
            with suppress(Refused):  # said below
                cycle = cycles.close_opinions(cycle, by=SYSTEM, today=today)
                self._say(f"{cycle.assembly} {cycle}：意见征集已经截止。")
        words = waits_for(cycle, today)
        return f"{cycle.assembly} {cycle}：{words}" if words else ""

    def _retry(self, year: int) -> None:
        for cycle in self._sealing(year):
            with suppress(Refused):  # nothing has failed
                count = sealing.retry_file_all(cycle, by=SYSTEM)
                self._say(f"{cycle.assembly} {cycle}：{count} 份没有做成的档案重做。")

    def _seal(self, year: int, workers: int) -> None:
        """The processes share the files; what they leave, were they killed, is made here."""
        if workers > 1 and self._left(year):
            command = [sys.executable, "-m", "django", "close_year", str(year), "--share"]
            shares = [
                subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
                for _ in range(workers)
            ]
            try:
                while any(share.poll() is None for share in shares):
                    time.sleep(LOOK)
                    self._tell(year)
            finally:
                for share in shares:
                    share.terminate()
                    share.wait()
        while self._left(year):
            for cycle in self._sealing(year):
                made = tasks.seal_files(cycle, until=time.monotonic() + tasks.SHIFT)
                time.sleep(0 if made else LOOK)  # others are at the last ones
            self._tell(year)
        for cycle in self._sealing(year):
            tasks.seal_files(cycle, until=0)  # ends the cycle when the last file is made

    def _left(self, year: int) -> int:
        return sum(progress(cycle, clock.now()).left for cycle in self._sealing(year))

    def _after_the_files(self, year: int) -> None:
        for cycle in self._of(year):
            if cycle.state in TOLD:
                with suppress(Refused):  # its year is over
                    made = purses.open_purses(cycle, by=SYSTEM, today=clock.today())
                    if made:
                        self._say(f"{cycle.assembly} {cycle}：开立兑换额度 {len(made)} 人。")

    def _tell(self, year: int) -> None:
        for cycle in self._sealing(year):
            found = progress(cycle, clock.now())
            words = (found.words, f"{found.failed} 人没有做成" if found.failed else "")
            self._say("，".join(filter(None, (*words, found.time_left))))

    def _report(self, year: int, waits: list[str]) -> None:
        for cycle in self._sealing(year):
            for reason, files in failures(cycle, clock.now()).by_reason:
                self._say(f"没有做成：{'、'.join(file.name for file in files)}。{reason}")
        for words in waits:
            self._say(words)
        found = done(self._of(year), clock.now())
        figures = {"deputies": found.deputies, "files": found.files, "failed": found.failed}
        self._write(figures, waits)
        if found.failed or waits:
            sys.exit(1 if found.failed else 2)

    def _write(self, figures: Mapping[str, int | None], waits: list[str]) -> None:
        """The last line, whatever happened."""
        seconds = round(time.monotonic() - self.began, 1)
        report = {**figures, "seconds": seconds, "waits": waits}
        self.stdout.write(json.dumps(report, ensure_ascii=False))

    def _say(self, words: str) -> None:
        self.stderr.write(words)
        self.stderr.flush()
