"""The mutation score of the scoring core: how many small faults the tests notice.

The tests of a module are collected once and run once without any fault, which tells what lines
each of them reaches. For every fault a child of that process is given the faulty functions in
place of the good ones and runs the tests that reach the fault, the quickest first, until one
fails. All is done in one database, which is kept for the next time.
"""

import json
import os
import tempfile
import time
from pathlib import Path

import django.test.utils
import hypothesis
import pytest
from django.db import connection

from tests.campaigns.hunt import Hunt, Sample, in_child
from tests.campaigns.scratch import kept

TESTS = Path(__file__).parents[1] / "scoring"
CORE = {
    "points": "points worked_year",
    "ranking": "ranking",
    "replay": "replay",
    "differences": "differences",
    "fairness": "fairness",
    "queries.books": "rules posting worked_year past_day awards",
    "queries.ledger": "posting ledger_audit worked_year awards board",
    "queries.scores": "past_day board scores",
    "queries.past": "past_day",
    "queries.audit": "ledger_audit audit_runs",
    "queries.audit_lines": "audit_lines ledger_audit audit_runs late_changes missing",
    "queries.corrections": "ledger_audit appeals appeal_answers appeal_elsewhere awards",
    "queries.remedies": "appeals appeal_answers appeal_pages appeal_elsewhere posting",
    "actions.posting": (
        "posting reversing awards two_people late_entries review_decide duplicates_freed missing"
    ),
    "actions.appeals": (
        "appeals appeal_answers appeal_pages appeals_at_once appeal_elsewhere given_back"
    ),
    "permissions.posting": (
        "posting reversing rules two_people duplicates_freed drafts appeals_at_once"
    ),
    "permissions.appeals": "appeals appeal_answers appeal_pages appeal_elsewhere",
    "permissions.closing": (
        "posting appeals appeal_answers review_decide appeal_elsewhere scores missing"
    ),
    "portrait": "portrait",
    "queries.oddities": "oddities watch",
    "queries.outliers": "outliers watch",
    "queries.anchors": "audit_runs month_sheets",
}
"""Each module of the core, and the test modules of tests/scoring that are about it."""
ONLY_MODULES = "MUTATE"
"""Names some modules of the core, for a look at those alone."""
ONLY_SOME = "SAMPLE"
"""5 tries every fifth mutant of each module, beginning with the one that the seed says."""
OPTIONS = (
    *("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--timeout=0", "--tb=no", "--capture=no"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # we import before it does
)


def run(seconds: int, seed: int) -> dict[str, object]:
    """`made`, `mutants` tried, `killed` and the `score` in percent; survivors go to stderr."""
    began = time.monotonic()
    hypothesis.settings.register_profile(
        "mutation",
        database=None,
        derandomize=True,
        deadline=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],  # nobody reads the example
    )
    hypothesis.settings.load_profile("mutation")
    with kept("test_congress_mutation"):
        django.test.utils.setup_databases = lambda *args, **kwargs: []
        django.test.utils.teardown_databases = lambda *args, **kwargs: None
        every = int(os.environ.get(ONLY_SOME, 1))
        names = os.environ.get(ONLY_MODULES, "").split() or list(CORE)
        modules = hunted(names, seconds, Sample(every, seed % every))
    tried = sum(found["mutants"] for found in modules.values())
    killed = sum(found["killed"] for found in modules.values())
    return {
        "campaign": "mutation",
        "made": sum(found["made"] for found in modules.values()),
        "mutants": tried,
        "killed": killed,
        "score": round(100 * killed / tried, 1) if tried else 0,
        "modules": modules,
        "seconds": round(time.monotonic() - began),
    }


def hunted(names: list[str], seconds: int, sample: Sample) -> dict[str, dict[str, int]]:
    """Their mutants, or a sample of them, tried by a child that has collected the tests."""
    core = {f"scoring.{name}": [f"test_{each}" for each in CORE[name].split()] for name in names}
    files = sorted({str(TESTS / f"{each}.py") for tests in core.values() for each in tests})
    handle, name = tempfile.mkstemp()
    os.close(handle)
    told = Path(name)
    hunt = Hunt(core, seconds, told, sample)
    connection.close()
    in_child(lambda: int(pytest.main([*OPTIONS, *files], [hunt])), loud=True)
    found = told.read_text("utf-8")
    told.unlink()
    if not found:
        raise SystemExit("the hunt came to no end")
    counts: dict[str, dict[str, int]] = json.loads(found)
    return counts
