"""`make campaign`: python -m tests.campaigns [ONLY] [N] [SEED]; each ends with a JSON object.

roster     a roster of 100,000 rows, read piece by piece
ledger     N steps of the ledger against a model of it (1,000,000)
tamper     N rows or seals changed behind its back, each to be found and named (10,000)
workflow   N steps of the proposals' loop against a model of it (20,000)
queues     N proposals from submitted to answered, by people who follow only their queue pages (158)
crawl      N addresses as a stranger, in a county full of secrets, none of which may show (3,000)
ratings    N random histories of ratings, and what a unit can fetch, byte for byte (200)
disclosure N random tables of released ratings, each solved over all that it leaves open (2,000)
rolling    N random years and terms, carried over in any order: nothing lost, nothing twice (500)
checkins   N deputies signing in at one moment, with and without a line (300)
shop       N rounds of 40 at once for a last piece or last points, and N/10 histories (1,000)
rubbish    every piece of rubbish in every address, query and form (all there is)
migrations every migration undone and done again (all there are)
kills      N kills of the year's end: worker, web, Redis, PostgreSQL; it ends the same (200)
mutation   every small fault put into the scoring core, one at a time, against N seconds of tests
"""

import importlib
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = f"campaign_{os.getpid()}"

import django

USUAL = {
    "ledger": 1_000_000,
    "tamper": 10_000,
    "workflow": 20_000,
    "queues": 158,
    "crawl": 3_000,
    "ratings": 200,
    "disclosure": 2_000,
    "rolling": 500,
    "checkins": 300,
    "shop": 1_000,
    "rubbish": 1,
    "migrations": 1,
    "kills": 200,
    "mutation": 20,
}
ROSTER = Path(__file__).parents[2] / "bench" / "roster.py"


def main(only: str, number: int, seed: int) -> int:
    """Run it, print the report's line; 1 when something broke."""
    if only == "roster":
        return subprocess.run([sys.executable, str(ROSTER), "campaign"], check=False).returncode
    campaign = importlib.import_module(f"tests.campaigns.{only}")
    report = campaign.run(number or USUAL[only], seed)
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    return 1 if report.get("broken") else 0


if __name__ == "__main__":
    django.setup()
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    numbers = [int(word) for word in sys.argv[2:4]] + [0, 0]
    names = [chosen] if chosen else ["roster", *USUAL]
    sys.exit(max(main(each, numbers[0], numbers[1] or secrets.randbits(32)) for each in names))
