"""The ledger's speed as ratios to bare SQL on the same machine in the same run.

Makes a scratch database, measures, drops it. The last line is a JSON object:
`verified_duty` is goal R1 (the action's throughput over that of the same rows written by bare SQL,
eight at a time), `roll_call_ms` is goal R4 (1,303 deputies in one transaction), `drift` must be 0.
`audit_over_sum` is the whole audit (facts, rules, people, seals) over one bare aggregate of the
same entries, with `bench/ledger.py audit` on 78,000 of them: a county's year.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["TEST_DB_SUFFIX"] = "bench"

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # after django.setup()

from congress.shared import chain  # noqa: E402  # after django.setup()
from deputies.actions import duties  # noqa: E402  # after django.setup()
from deputies.models import Deputy, DutyItem, DutyRecord, Mandate  # noqa: E402  # after django.setup()
from scoring.actions import posting  # noqa: E402  # after django.setup()
from scoring.models import Entry, Rule  # noqa: E402  # after django.setup()
from scoring.queries.audit import findings  # noqa: E402  # after django.setup()
from stations.actions import events  # noqa: E402  # after django.setup()
from stations.actions.events import Mark  # noqa: E402  # after django.setup()
from tests import make  # noqa: E402  # after django.setup()
from tests.scoring import facts  # noqa: E402  # after django.setup()

DEPUTIES, DUTIES, AT_ONCE = 1303, 400, 8
DAY = date(2026, 5, 20)

# The same rows that verify_and_post leaves: fact, trail, line, total, notice; and the rank read.
BARE = [
    "UPDATE deputies_dutyrecord SET state = 'verified', verified_by_id = %(by)s,"
    " verified_at = now() WHERE id = %(record)s",
    "INSERT INTO shared_auditevent (subject, subject_id, was, now, by_id, by_name, post, at,"
    " note) VALUES ('deputies.DutyRecord', %(record)s, 'checked', 'verified', %(by)s, '', '',"
    " now(), '')",
    "INSERT INTO scoring_entry (deputy_id, assembly_id, year, rule_id, record_id, points,"
    " posted_at) VALUES (%(deputy)s, %(assembly)s, 2026, %(rule)s, %(record)s, 2, now())",
    "INSERT INTO scoring_yeartotal AS was (deputy_id, assembly_id, year, base, bonus, total)"
    " VALUES (%(deputy)s, %(assembly)s, 2026, 2, 0, 2) ON CONFLICT (deputy_id, assembly_id, year)"
    " DO UPDATE SET base = was.base + 2, total = was.total + 2",
    "INSERT INTO shared_notice (person_id, key, text, link, written_at)"
    " VALUES (%(person)s, 'bare:' || %(record)s, '', '', now())",
    "SELECT count(*) FROM scoring_yeartotal WHERE assembly_id = %(assembly)s AND year = 2026"
    " AND total > 2",
]


def people() -> None:
    """A county of deputies, with accounts, one group and a county seat each."""
    for _ in range(DEPUTIES):
        make.deputy()


def waiting(day: date) -> list[DutyRecord]:
    """Duties of that day checked by a first person, each of another deputy."""
    chosen = Deputy.objects.order_by("pk")[:DUTIES]
    told = [duties.Fact(one.pk, "C1", day, f"bench:{make.serial()}") for one in chosen]
    duties.report_facts(told, by=make.actor())
    sources = [fact.source for fact in told]
    rows = DutyRecord.objects.filter(source__in=sources).select_related("deputy")
    duties.check_all(rows, by=make.actor())
    return list(rows)


def per_second(work: Callable[[DutyRecord], object], rows: Iterable[DutyRecord]) -> float:
    """Rows a second, eight threads at once, each with a connection of its own."""
    todo = list(rows)

    def share(number: int) -> None:
        for row in todo[number::AT_ONCE]:
            work(row)
        connection.close()

    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(share, range(AT_ONCE)))
    return len(todo) / (time.monotonic() - began)


def verified_duty() -> float:
    """R1: the action over bare SQL. The bare rows are taken out again: the audit comes after."""
    office, assembly = make.director(), make.assembly()
    rule = Rule.objects.get(item__code="C1").pk

    def bare(row: DutyRecord) -> None:
        named = {"by": office.user.pk, "record": row.pk, "deputy": row.deputy_id, "rule": rule}
        named |= {"assembly": assembly.pk, "person": row.deputy.user_id}
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in BARE:
                cursor.execute(statement, named)

    by_action = per_second(lambda row: posting.verify_and_post(row, by=office), waiting(DAY))
    return round(by_action / per_second(bare, waiting(DAY - timedelta(days=1))), 2)


def roll_call() -> int:
    """R4: everybody present, in milliseconds."""
    marks = {pk: Mark() for pk in Mandate.objects.values_list("deputy_id", flat=True)}
    item, by = DutyItem.objects.get(code="M1"), make.director()
    with facts.on(DAY):
        began = time.monotonic()
        events.roll_call(
            item=item,
            title="大会",
            held_on=DAY,
            place="会堂",
            marks=marks,
            by=by,
            assembly=make.assembly(),
        )
    return round((time.monotonic() - began) * 1000)


def a_years_lines(number: int = 78_000) -> None:
    """A county's year by the real verbs, in batches: every third day one duty for everybody."""
    office, clerk, dice = make.director(), make.actor(), random.Random(1)  # noqa: S311 -- the same
    ids, codes = list(Deputy.objects.values_list("pk", flat=True)), ["C1", "C2", "M3", "A2", "S2"]
    for at in range(0, number, len(ids)):
        day = date(2026, 1, 1) + timedelta(days=3 * (at // len(ids)))
        told = [
            duties.Fact(deputy, dice.choice(codes), day, f"year:{at + each}")
            for each, deputy in enumerate(ids[: number - at])
        ]
        duties.report_facts(told, by=make.actor())
        rows = DutyRecord.objects.filter(source__in=[fact.source for fact in told])
        duties.check_all(rows, by=clerk)
        posting.verify_and_post_all(rows, by=office)


def audit_over_sum() -> dict[str, float]:
    """The audit, sealed beforehand, beside the sums of all accounts in one bare statement."""
    chain.seal("ledger", Entry)
    began = time.monotonic()
    found = findings()
    audit = time.monotonic() - began
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT deputy_id, sum(points) FROM scoring_entry GROUP BY 1")
        cursor.fetchall()
    bare = time.monotonic() - began
    told = {"entries": found.entries, "audit_seconds": round(audit, 2)}
    return told | {"audit_over_sum": round(audit / bare), "faults": len(found.sentences)}


def main() -> None:
    """Measure in a scratch database, and say it in one line."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        facts.book()
        people()
        if "audit" in sys.argv:
            a_years_lines()
            report = audit_over_sum()
        else:
            report = {"verified_duty": verified_duty(), "roll_call_ms": roll_call()}
            report |= {"drift": float(findings().drift), "at_once": AT_ONCE, **audit_over_sum()}
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
