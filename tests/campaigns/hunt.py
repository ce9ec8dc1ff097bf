"""The mutants of some modules against their tests, inside the session that has collected them."""

import inspect
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.campaigns.exchange import put_in
from tests.campaigns.mutants import Mutant, mutants
from tests.campaigns.reach import Reach
from tests.campaigns.scratch import say
from tests.conftest import empty_tables


def in_child(work: Callable[[], int], seconds: int = 0, *, loud: bool = False) -> int | None:
    """What the work gives, done in a child; None when it did not end in so many seconds.

    The child says nothing, or `loud` on stderr only.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                if not loud:
                    os.dup2(nowhere.fileno(), 2)
                code = work()
        except Exception:  # noqa: BLE001 -- the child says it and ends
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(code)
    end = time.monotonic() + seconds
    while not seconds or time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


class Known(NamedTuple):
    """What a test does without any fault: the lines it comes to, by file, its time, and its end."""

    lines: dict[str, list[int]]
    seconds: float
    fails: bool


class Sample(NamedTuple):
    """Every so many-th mutant of a module is tried, the first of them at `offset`; 1 is all."""

    every: int = 1
    offset: int = 0


class Hunt:
    """Instead of the tests' own loop: all of them once, then for each mutant those that it needs.

    `core` has the modules and the names of the test modules about each. The counts are written to
    the file `told`. A test that fails without any fault proves nothing and is left out.
    """

    def __init__(
        self, core: Mapping[str, Collection[str]], seconds: int, told: Path, sample: Sample
    ) -> None:
        self.core, self.seconds, self.told, self.sample = core, seconds, told, sample
        self.files = {name: inspect.getfile(import_module(name)) for name in core}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        began = time.monotonic()
        in_child(lambda: self._without_a_fault(session))
        known = [Known(*row) for row in json.loads(self.told.read_text("utf-8"))]
        for item, each in zip(session.items, known, strict=True):
            if each.fails:
                say(f"fails without any fault and is left out: {item.nodeid}")
        say(f"{len(known)} tests without a fault in {time.monotonic() - began:.0f} s")
        found = {}
        for name in self.core:
            found[name] = self._tried(session, name, known)
            say(json.dumps({name: found[name]}))
        self.told.write_text(json.dumps(found), "utf-8")
        return True

    def _without_a_fault(self, session: pytest.Session) -> int:
        found = []
        for item, following in _in_turn(session.items):
            reach, began = Reach(set(self.files.values())), time.monotonic()
            failed = session.testsfailed
            with reach.watched():
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            lines = {file: sorted(lines) for file, lines in reach.lines.items()}
            found.append((lines, time.monotonic() - began, session.testsfailed > failed))
        self.told.write_text(json.dumps(found), "utf-8")
        return 0

    def _tried(self, session: pytest.Session, name: str, known: list[Known]) -> dict[str, int]:
        tried, killed, made = 0, 0, 0
        for made, mutant in enumerate(mutants(Path(self.files[name]).read_text("utf-8")), 1):
            if (made - 1 - self.sample.offset) % self.sample.every:
                continue
            tried += 1
            chosen = self._chosen(session.items, name, known, mutant)
            if self._noticed(session, [session.items[number] for number in chosen], mutant, name):
                killed += 1
            else:
                say(f"{name}:{mutant.line}: {mutant.was} -> {mutant.now}  [{len(chosen)}]")
        return {"made": made, "mutants": tried, "killed": killed}

    def _chosen(
        self, items: list[pytest.Item], name: str, known: list[Known], mutant: Mutant
    ) -> list[int]:
        """The module's tests that come to the fault, the quickest first, as many as fit in."""
        near = [
            (each.seconds, number)
            for number, (item, each) in enumerate(zip(items, known, strict=True))
            if item.path.stem in self.core[name]
            and not each.fails
            and set(each.lines.get(self.files[name], ())).intersection(mutant.lines)
        ]
        total, chosen = 0.0, []
        for seconds, number in sorted(near):
            total += seconds
            if total <= self.seconds or not chosen:
                chosen.append(number)
        return chosen

    def _noticed(
        self, session: pytest.Session, chosen: list[pytest.Item], mutant: Mutant, name: str
    ) -> bool:
        """Whether a test fails; what takes far longer than without the fault has noticed too."""

        def work() -> int:
            put_in(mutant, sys.modules[name])
            for item, following in _in_turn(chosen):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if session.testsfailed:
                    return 1
            return 0

        code = in_child(work, 3 * self.seconds) if chosen else 0
        if code is None:
            say(f"{name}:{mutant.line}: {mutant.was} -> {mutant.now} does not end")
            in_child(_clean)
        return code != 0


def _in_turn(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _clean() -> int:
    """What a test that was cut off has committed is thrown away."""
    empty_tables(TransactionTestCase())
    connection.close()
    return 0
