"""The speed of a trial (试算) of a whole county, as a ratio to bare SQL over the same facts.

Makes a scratch database with 1,303 deputies and 78,000 verified records with their lines, measures,
drops it. The last line is a JSON object: `replay_ms` is the whole trial of a draft that changes
every rule, `bare_ms` one statement that sums the same facts by deputy and item, `ratio` the one
over the other; `same` says that the book in force on its own year moved nobody.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = "bench"

import django

django.setup()

from django.db import connection  # noqa: E402  # after django.setup()

from scoring.models import RuleBook  # noqa: E402  # after django.setup()
from scoring.queries import replay  # noqa: E402  # after django.setup()
from scoring.tables import Table, shipped  # noqa: E402  # after django.setup()
from tests import make  # noqa: E402  # after django.setup()
from tests.scoring import drafts, facts  # noqa: E402  # after django.setup()

DEPUTIES, RECORDS, YEAR, TIMES = 1303, 78_000, 2026, 3
END = date(YEAR, 12, 31)

# Verified facts and their lines, by bare SQL: 60 for each deputy, over all items and days.
FACTS = """
INSERT INTO deputies_dutyrecord (state, deputy_id, item_id, done_on, quantity, place, note, matter,
  source, reported_at, checked_by_id, checked_at, verified_by_id, verified_at, return_reason,
  late_reason, paper_note)
SELECT 'verified', d.id, i.id, date '2026-01-01' + (n * 7 + d.id::int) %% 360, 1 + n %% 3, '', '',
  '', 'bench:' || d.id || ':' || n, now(), %(one)s, now(), %(two)s, now(), '', '', ''
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM deputies_deputy) d
CROSS JOIN generate_series(1, %(each)s) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS of
  FROM deputies_dutyitem) i ON i.place = 1 + (n * 5 + d.place) %% i.of
"""
LINES = """
INSERT INTO scoring_entry (deputy_id, assembly_id, year, rule_id, record_id, points, posted_at)
SELECT r.deputy_id, %s, 2026, u.id, r.id, u.points * r.quantity, now()
FROM deputies_dutyrecord r JOIN scoring_rule u ON u.item_id = r.item_id AND u.book_id = %s
"""
BARE = """
SELECT e.deputy_id, r.item_id, sum(r.quantity) FROM scoring_entry e
JOIN deputies_dutyrecord r ON r.id = e.record_id
WHERE e.assembly_id = %s AND e.year = 2026 AND e.reverses_id IS NULL GROUP BY 1, 2
"""


def county() -> None:
    """Deputies with a seat, a book in force, and a year of facts."""
    book = facts.book()
    for _ in range(DEPUTIES):
        make.deputy()
    people = {"one": make.user().pk, "two": make.user().pk, "each": RECORDS // DEPUTIES + 1}
    with connection.cursor() as cursor:
        cursor.execute(FACTS, people)
        cursor.execute(LINES, [book.assembly_id, book.pk])
        cursor.execute("ANALYZE")


def milliseconds(work: Callable[[], object]) -> int:
    """The best of a few runs."""
    best = float("inf")
    for _ in range(TIMES):
        began = time.monotonic()
        work()
        best = min(best, time.monotonic() - began)
    return round(best * 1000)


def bare() -> int:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [make.assembly().pk])
        return len(cursor.fetchall())


def main() -> None:
    """Measure in a scratch database, and say it in one line."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        county()
        dearer = tuple(
            replace(row, points=row.points + Decimal("0.5")) for row in shipped().figures
        )
        ceilings = {**shipped().ceilings, "voters": Decimal(25), "meetings": Decimal(20)}
        draft = drafts.amended(drafts.draft(), Table(ceilings, dearer))
        same = replay.trial(RuleBook.objects.adopted().get(), YEAR, END).summary
        took, plain = milliseconds(lambda: replay.trial(draft, YEAR, END)), milliseconds(bare)
        report = {"replay_ms": took, "bare_ms": plain, "ratio": round(took / plain, 1)}
        report |= {"same": (same.up, same.down, same.same) == (0, 0, DEPUTIES)}
        report |= {"deputies": DEPUTIES, "records": RECORDS}
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
