"""统计 of ten years of 160 proposals each: one year's figures at the desk and for the public.

Makes a scratch database, measures, drops it. The bare limit is one statement that counts the same
year's proposals by state. The last line is a JSON object: `ratio` is loading and counting the year
over that statement and must stay under `LIMIT`, `public_ratio` the public's page likewise;
`statements` do not grow with the years (`statements_of_one` is with a single year); `count_s` is
all the counting, by every place, once the year is loaded.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = "bench"

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # after django.setup()
from django.db.models import Model  # noqa: E402  # after django.setup()
from django.test.utils import CaptureQueriesContext  # noqa: E402  # after django.setup()

from proposals.counting import counted  # noqa: E402  # after django.setup()
from proposals.models import Answer, Ask, Assignment, Meeting, Proposal, Reply  # noqa: E402
from proposals.queries import figure_page, public_figures, statistics  # noqa: E402
from proposals.queries.clocks import Clock  # noqa: E402  # after django.setup()
from proposals.states import State  # noqa: E402  # after django.setup()
from tests import make  # noqa: E402  # after django.setup()
from tests.proposals import walk  # noqa: E402  # after django.setup()

YEARS, EACH, TIMES, LIMIT = 10, 160, 9, 400
TODAY = walk.REPLIED_ON
BARE = """
SELECT state, count(*) FROM proposals_proposal WHERE accepted_on BETWEEN %s AND %s GROUP BY state
"""


def facts(row: Model) -> dict[str, object]:
    """All fields but the key."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }


@transaction.atomic
def fill(years: int, since: int) -> None:
    """So many years of answered proposals with part, reply, asks and meetings, written in bulk."""
    row = walk.proposal(State.PUBLISHED)
    part = row.lead_assignment
    copies = []
    for number in range(years * EACH):
        back = timedelta(days=365 * (since + number // EACH))
        copy = Proposal(**facts(row))
        copy.token, copy.number, copy.raised_from = uuid4(), f"B{since:02}{number:05}", None
        copy.title = f"关于修复第{number}座桥的建议"
        for name in ("submitted_on", "accepted_on", "due_on", "answered_on", "published_on"):
            setattr(copy, name, getattr(copy, name) - back)
        copies.append(copy)
    made = Proposal.objects.bulk_create(copies, 500)
    parts = Assignment.objects.bulk_create(
        [Assignment(**(facts(part) | {"proposal_id": each.pk})) for each in made], 500
    )
    asks = Ask.objects.bulk_create(
        [Ask(**(facts(row.asks.first()) | {"proposal_id": each.pk})) for each in made], 500
    )
    replies = Reply.objects.bulk_create(
        [Reply(**(facts(row.reply) | {"assignment_id": each.pk})) for each in parts], 500
    )
    answer = row.reply.answers.get()
    Answer.objects.bulk_create(
        [
            Answer(**(facts(answer) | {"reply_id": reply.pk, "ask_id": ask.pk}))
            for reply, ask in zip(replies, asks, strict=True)
        ],
        500,
    )
    Meeting.objects.bulk_create(
        [
            Meeting(**(facts(meeting) | {"assignment_id": each.pk}))
            for each in parts
            for meeting in part.meetings.all()
        ],
        500,
    )


def p50(work: Callable[[], object]) -> float:
    """Seconds, the middle of several."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took)


def bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [date(TODAY.year, 1, 1), date(TODAY.year, 12, 31)])
        cursor.fetchall()


def main() -> None:
    """Measure in a scratch database, and say it in one line."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        fill(1, 0)
        office, clock = make.director(), Clock.on(TODAY)

        def year() -> statistics.Year:
            return statistics.load(office, TODAY.year, clock)

        def figures() -> object:
            found = year()
            return figure_page.groups(found, counted(found.cases)), figure_page.tables(found)

        with CaptureQueriesContext(connection) as one:
            figures()
        fill(YEARS - 1, 1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as ten:
            figures()
        loaded, limit, whole = year(), p50(bare), p50(figures)
        public = p50(lambda: public_figures.page(TODAY.year, clock))
        report = {
            "proposals": Proposal.objects.count(),
            "of_the_year": len(loaded.cases),
            "bare_ms": round(1000 * limit, 2),
            "page_s": round(whole, 3),
            "ratio": round(whole / limit, 1),
            "public_ratio": round(public / limit, 1),
            "limit": LIMIT,
            "count_s": round(p50(lambda: figure_page.tables(loaded)), 3),
            "statements": len(ten),
            "statements_of_one": len(one),
        }
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.stdout.write(json.dumps(report) + "\n")
    if report["ratio"] > LIMIT or report["public_ratio"] > LIMIT:
        sys.exit("the figures are slower than their limit")


if __name__ == "__main__":
    main()
