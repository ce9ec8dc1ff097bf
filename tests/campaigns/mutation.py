"""The mutation score of the scoring core: how many small faults the tests notice.

A child of this process is given the faulty functions in place of the good ones, runs the tests of
that module against a database made once, and is killed by the first failure, or survives.
"""

import inspect
import os
import sys
import time
import types
from importlib import import_module
from pathlib import Path

import django.test.utils
import pytest
from django.db import connection

from tests.campaigns.mutants import Mutant, mutants
from tests.campaigns.scratch import say, scratch

ROOT = Path(__file__).parents[2]
CORE = {
    "scoring.points": ("test_points", "test_worked_year"),
    "scoring.permissions.posting": ("test_posting", "test_rules"),
    "scoring.queries.books": ("test_rules", "test_posting", "test_worked_year"),
    "scoring.queries.ledger": ("test_posting", "test_ledger_audit", "test_worked_year"),
    "scoring.actions.posting": ("test_posting", "test_audit_runs"),
    "scoring.queries.audit": ("test_ledger_audit", "test_audit_runs"),
    "scoring.queries.audit_lines": ("test_ledger_audit", "test_audit_runs", "test_tampering"),
    "scoring.queries.anchors": ("test_audit_runs", "test_month_sheets"),
}
"""Each module of the core, and the test modules of tests/scoring that are about it."""
ONLY_MODULE = "MUTATE"
"""Names one module of the core, for a look at that alone."""


def run(seconds: int, seed: int) -> dict[str, object]:
    """`mutants`, `killed` and the `score` in percent; survivors are named on stderr."""
    began, tried, survivors = time.monotonic(), 0, []
    wanted = os.environ.get(ONLY_MODULE, "")
    with scratch():
        django.test.utils.setup_databases = lambda *args, **kwargs: []
        django.test.utils.teardown_databases = lambda *args, **kwargs: None
        connection.close()
        for name, tests in CORE.items():
            if wanted not in name:
                continue
            import_module(name)
            files = [str(ROOT / "tests" / "scoring" / f"{each}.py") for each in tests]
            if not passes(files, None, name, 10 * seconds):
                raise SystemExit(f"the tests of {name} fail without any fault")
            source = Path(inspect.getfile(sys.modules[name])).read_text("utf-8")
            for mutant in mutants(source):
                tried += 1
                if passes(files, mutant, name, seconds):
                    survivors.append(f"{name}:{mutant.line}: {mutant.was} -> {mutant.now}")
                    say(survivors[-1])
            say(f"{name}: {tried} so far, {len(survivors)} survive")
    killed = tried - len(survivors)
    return {
        "campaign": "mutation",
        "mutants": tried,
        "killed": killed,
        "score": round(100 * killed / tried, 1) if tried else 0,
        "seconds": round(time.monotonic() - began),
    }


def passes(files: list[str], mutant: Mutant | None, name: str, seconds: int) -> bool:
    """Whether the tests notice nothing; one that does not end in time has noticed."""
    child = os.fork()
    if child == 0:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            if mutant:
                put_in(mutant, sys.modules[name])
            options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--timeout=0"]
            os._exit(int(pytest.main([*options, *files])))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


def put_in(mutant: Mutant, module: types.ModuleType) -> None:
    """Every function of the module runs the faulty code, wherever it was imported to."""
    faulty = types.ModuleType(module.__name__)
    faulty.__dict__.update(__file__=module.__file__)
    before = sys.modules[module.__name__]
    sys.modules[module.__name__] = faulty  # dataclasses look their module up
    exec(compile(mutant.tree, str(module.__file__), "exec"), faulty.__dict__)  # noqa: S102 -- ours
    sys.modules[module.__name__] = before
    _exchange(vars(module), vars(faulty), module.__name__)


def _exchange(good: dict[str, object], bad: dict[str, object], name: str) -> None:
    for key, value in list(good.items()):
        if inspect.isclass(value) and value.__module__ == name:
            _exchange(dict(vars(value)), dict(vars(bad[key])), name)
            continue
        for one, other in zip(_layers(value), _layers(bad.get(key)), strict=False):
            if one.__module__ == name and one.__code__.co_freevars == other.__code__.co_freevars:
                one.__code__ = other.__code__


def _layers(value: object) -> list[types.FunctionType]:
    """The function itself, under whatever decorates it."""
    if isinstance(value, property):
        value = value.fget
    found = inspect.unwrap(value) if callable(value) else None
    return [found] if isinstance(found, types.FunctionType) else []
