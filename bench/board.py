"""The ranking's speed, as ratios and as milliseconds of SQL on this machine.

Makes a scratch database, measures, drops it. The last line is a JSON object: `totals_over_sum` is
goal R2 (the board's totals read, over the same added up from the entries in bare SQL; at most 0.2),
`first_30_ms` the SQL of the first thirty of a county (at most 1), `board_ms` the whole ranking as
the page has it, with the seats of the day, `category_ms` the same by one category, `past_day_ms` as
it stood on a past day; `growth` is the board's time with four times the lines over that with one.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = "bench"

import django

django.setup()

from django.db import connection  # noqa: E402  # after django.setup()

from deputies.models import DutyItem, DutyRecord, Mandate  # noqa: E402  # after django.setup()
from scoring.models import Entry, YearTotal  # noqa: E402  # after django.setup()
from scoring.queries.board import Within, board  # noqa: E402  # after django.setup()
from scoring.queries.ledger import all_sums, worth  # noqa: E402  # after django.setup()
from tests import make  # noqa: E402  # after django.setup()
from tests.scoring import facts  # noqa: E402  # after django.setup()

DEPUTIES, LINES, TIMES = 1303, 5, 15
CODES = ("C1", "C2", "M2", "A1", "S1", "A2", "C5")
DAY, PAST = date(2026, 11, 20), date(2026, 6, 30)
SUM = """
SELECT deputy_id, sum(points) AS total, rank() OVER (ORDER BY sum(points) DESC)
FROM scoring_entry WHERE assembly_id = %s AND year = 2026 GROUP BY deputy_id
"""
TOTALS = """
SELECT deputy_id, base, bonus FROM scoring_yeartotal WHERE assembly_id = %s AND year = 2026
"""
FIRST = """
SELECT deputy_id, base, bonus, total FROM scoring_yeartotal
WHERE assembly_id = %s AND year = 2026 ORDER BY total DESC LIMIT 30
"""


def lines(times: int) -> None:
    """So many verified records with their lines for each deputy, written in bulk."""
    office, second = make.actor().user, make.director().user
    at = datetime(2026, 6, 1, tzinfo=UTC)
    items = DutyItem.objects.in_bulk(CODES, field_name="code")
    rows = [
        DutyRecord(
            deputy_id=pk,
            item=items[CODES[number % len(CODES)]],
            done_on=date(2026, 1 + number % 10, 1 + pk % 28),
            source=f"bench:{make.serial()}",
            state="verified",
            reported_at=at,
            checked_by=office,
            checked_at=at,
            verified_by=second,
            verified_at=at,
        )
        for pk in Mandate.objects.values_list("deputy_id", flat=True)
        for number in range(times)
    ]
    Entry.objects.bulk_create(
        (one.entry() for one in worth(DutyRecord.objects.bulk_create(rows, 5000))), 5000
    )
    YearTotal.objects.bulk_create(
        (
            YearTotal(
                deputy_id=account[0],
                assembly_id=account[1],
                year=account[2],
                base=year.base,
                bonus=year.bonus,
                total=year.total,
            )
            for account, year in all_sums().items()
        ),
        update_conflicts=True,
        unique_fields=["deputy", "assembly", "year"],
        update_fields=["base", "bonus", "total"],
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def p50(work: Callable[[], object]) -> float:
    """Milliseconds, the middle of several."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return round(median(took), 2)


def in_sql(statement: str) -> float:
    """Milliseconds that PostgreSQL itself says the statement took, planning apart."""
    took = []
    with connection.cursor() as cursor:
        for _ in range(TIMES):
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", [make.assembly().pk])
            took.append(cursor.fetchone()[0][0]["Execution Time"])
    return round(median(took), 3)


def main() -> None:
    """Measure in a scratch database, and say it in one line."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        facts.book()
        for _ in range(DEPUTIES):
            make.deputy()
        place = make.assembly()

        def whole() -> object:
            return board(place, 2026, DAY)

        lines(LINES)
        once = p50(whole)
        lines(3 * LINES)
        report = {
            "totals_over_sum": round(in_sql(TOTALS) / in_sql(SUM), 3),
            "first_30_ms": in_sql(FIRST),
            "board_ms": p50(whole),
            "category_ms": p50(lambda: board(place, 2026, DAY, within=Within(category="voters"))),
            "past_day_ms": p50(lambda: board(place, 2026, DAY, on=PAST)),
            "growth": 0.0,
            "entries": Entry.objects.count(),
        }
        report["growth"] = round(report["board_ms"] / once, 2)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
