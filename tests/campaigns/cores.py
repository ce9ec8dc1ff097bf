"""One campaign on all cores: each plays its part in a process and a database of its own."""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

from tests.campaigns.scratch import told_to_stop

Part = Callable[[int, int, int, int], dict[str, Any]]
"""How many, the seed, which part it is (from 0) and of how many; what it reports."""


def parts(part: Part, number: int, seed: int) -> list[dict[str, Any]]:
    """What each part reports; told to stop they all report what they have done so far.

    RuntimeError when a part ends without a report.
    """
    many = max(1, min(os.cpu_count() or 1, number))
    told, system, running = told_to_stop(), get_context("fork"), []
    for at in range(many):
        here, there = system.Pipe(duplex=False)
        share = number // many + (at < number % many)
        process = system.Process(target=_report, args=(there, part, share, seed + at, at, many))
        process.start()
        there.close()
        running.append((process, here))
    reports = []
    for process, here in running:
        while process.is_alive() and not here.poll(1):
            if told:
                for each in (one for one, _ in running if one.is_alive()):
                    os.kill(each.pid, signal.SIGINT)
                told.clear()
        try:
            reports.append(here.recv())
        except EOFError:
            raise RuntimeError("a part of the campaign ended without a report") from None
        process.join()
    return reports


def _report(there, part: Part, *how: int) -> None:
    there.send(part(*how))
