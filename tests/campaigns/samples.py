"""What the suite only samples, for want of ten minutes, here whole: its own tests, told so."""

import os
from typing import Any

import pytest


class Judge:
    """How many tests ran, and which of them failed."""

    def __init__(self) -> None:
        self.tried = 0
        self.broken: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tried += report.when == "call"
        if report.failed:
            self.broken.append(report.nodeid)


def whole(tests: str, told: str) -> dict[str, Any]:
    """These tests with nothing left out, which the variable tells them."""
    os.environ[told] = "all"
    judge = Judge()
    ended = pytest.main([tests, "-n", "0", "-q", "-p", "no:logging"], plugins=[judge])
    if not judge.tried:
        judge.broken.append(f"nothing ran: {ended}")
    return {"tried": judge.tried, "broken": len(judge.broken), "first": judge.broken[:5]}
