"""300 deputies sign in over HTTP from eight threads, a third of them later, against bare inserts.

Makes a scratch database, measures, drops it. The last line is a JSON object: `seconds` for all 300
with one replay each (at most 60), `lost` and `doubled` (none), and `ratio`: how many times as long
a check-in takes as the two bare inserts that it leaves (the row and its line in the trail), one
after the other in transactions of their own, in the same run (at most 60).
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

from ledger import connection, transaction  # sets Django up  # isort: skip

from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse

from congress.shared import clock
from stations.models import CheckIn
from tests.stations.arrival_walk import code, held

PEOPLE, THREADS, REPLAYS = 300, 8, 2
ROW = (
    "INSERT INTO stations_checkin (activity_id, deputy_id, way, at, received_at, reason, device,"
    " token, entered_by_id) VALUES (%s, %s, 'card', now(), now(), '', '', %s, %s)"
)
LINE = (
    "INSERT INTO shared_auditevent (subject, subject_id, was, now, by_id, by_name, post, at, note)"
    " VALUES ('stations.CheckIn', 1, '', 'signed_in', NULL, 'x', '', now(), '')"
)


def bare(activity: int, people: list[tuple[int, int]]) -> float:
    """Seconds in which the same rows are written and nothing else is done."""
    began = time.monotonic()
    for deputy, user in people:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ROW, [activity, deputy, uuid4(), user])
            cursor.execute(LINE)
    return time.monotonic() - began


def signed_in() -> dict[str, object]:
    """The hall fills; each phone sends twice, a third of them what they saw ten minutes ago."""
    found, other = held(PEOPLE, begun=timedelta(minutes=30)), held(1, "另一次")
    address, work = reverse("stations:check_ins_kept"), []
    for number, deputy in enumerate(found.deputies):
        phone, age = Client(), 600 if number % 3 == 0 else 0
        phone.force_login(deputy.user)
        said = {"account": deputy.user_id, "token": str(uuid4()), "age": age}
        said["code"] = code(found.activity, timedelta(seconds=age))
        work.append((phone, said))

    def sends(share: list[tuple[Client, dict[str, object]]]) -> None:
        for phone, said in share:
            for _ in range(REPLAYS):
                phone.post(address, said)
        connection.close()

    began = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(sends, [work[start::THREADS] for start in range(THREADS)]))
    took = time.monotonic() - began
    rows = CheckIn.objects.filter(activity=found.activity)
    people = [(deputy.pk, deputy.user_id or 0) for deputy in found.deputies]
    by_bare = bare(other.activity.pk, people)
    return {
        "seconds": round(took, 1),
        "lost": PEOPLE - rows.values("deputy").distinct().count(),
        "doubled": rows.count() - rows.values("deputy").distinct().count(),
        "ratio": round(took / REPLAYS / by_bare, 1),
    }


def main() -> None:
    """Measure in a scratch database, and say it in one line."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with override_settings(DEBUG=False):
            report = {"at": f"{clock.now():%Y-%m-%d}", **signed_in()}
    finally:
        connections.close_all()
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
