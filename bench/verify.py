"""The verification desk's speed: each act against bare SQL on the same machine in the same run.

Makes a scratch database with 2,000 waiting records, measures, drops it. The last line is a JSON
object: `bulk_2000` is one transaction's throughput over that of bare SQL writing the same rows,
`bulk_seconds` how long it took; `screen_ms`, `next_ms` and `effect_ms` are the whole screen, the
next record and what will happen, as the server answers; `two_hundred` is ten minutes' work: one
bulk of 180, fifteen single acts and five returns, in seconds of the server.
"""

import json
import sys
import time
from datetime import timedelta

from ledger import BARE, DAY, connection, transaction  # sets Django up  # isort: skip

from django.test import Client, override_settings
from django.urls import reverse

from deputies.actions import duties
from deputies.models import Deputy, DutyRecord
from scoring.actions import posting
from scoring.forms.verification import REASONS
from scoring.models import Rule
from tests import make
from tests.scoring import facts

DEPUTIES, WAITING = 250, 2000
PLAIN, SINGLE, RETURNED = 180, 15, 5


def waiting(count: int, ago: int = 0) -> list[DutyRecord]:
    """Checked records without a warning: each deputy once a day, back from `ago` days ago."""
    people = list(Deputy.objects.order_by("pk").values_list("pk", flat=True))
    told = [
        duties.Fact(
            people[number % len(people)],
            "C1",
            DAY - timedelta(days=ago + number // len(people)),
            f"bench:{make.serial()}",
        )
        for number in range(count)
    ]
    duties.report_facts(told, by=make.actor())
    rows = DutyRecord.objects.of_sources(fact.source for fact in told).select_related("deputy")
    duties.check_all(rows, by=make.actor())
    return list(rows)


def bare(rows: list[DutyRecord]) -> float:
    """Seconds that the same rows take as bare SQL, in one transaction that is taken back."""
    office, assembly = make.director(), make.assembly()
    rule = Rule.objects.get(item__code="C1").pk
    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        for row in rows:
            named = {"by": office.user.pk, "record": row.pk, "deputy": row.deputy_id, "rule": rule}
            named |= {"assembly": assembly.pk, "person": row.deputy.user_id}
            for statement in BARE:
                cursor.execute(statement, named)
        took = time.monotonic() - began
        transaction.set_rollback(True)
    return took


def seconds(work, *args: object, **kwargs: object) -> float:
    """How long one call takes."""
    began = time.monotonic()
    work(*args, **kwargs)
    return time.monotonic() - began


def answers(client: Client) -> dict[str, int]:
    """Milliseconds of the screen and of its two parts, the middle one of five."""
    url = reverse("scoring:verify_queue")
    pk = DutyRecord.objects.to_verify().order_by("pk")[3].pk
    found = {}
    for name, query, target in (
        ("screen_ms", {}, ""),
        ("next_ms", {"record": pk}, "dossier"),
        ("effect_ms", {"records": pk}, "effect"),
        ("all_ms", {"all": 1}, "desk"),
    ):
        headers = {"HX-Request": "true", "HX-Target": target} if target else {}
        taken = sorted(seconds(client.get, url, query, headers=headers) for _ in range(5))
        found[name] = round(taken[2] * 1000)
    return found


def two_hundred(client: Client) -> float:
    """The acts that a person sends for 200 records, each followed to the screen that comes next."""
    rows = list(DutyRecord.objects.to_verify().order_by("pk")[: PLAIN + SINGLE + RETURNED])
    url = reverse("scoring:verify_and_post")
    htmx = {"headers": {"HX-Request": "true", "HX-Target": "desk"}, "follow": True}
    began = time.monotonic()
    client.post(url, {"records": [row.pk for row in rows[:PLAIN]]}, **htmx)
    for row in rows[PLAIN : PLAIN + SINGLE]:
        client.post(url, {"record": row.pk}, **htmx)
    for row in rows[PLAIN + SINGLE :]:
        back = reverse("scoring:send_back", args=[row.pk])
        client.post(back, {"record": row.pk, "ready": REASONS[0]}, **htmx)
    return round(time.monotonic() - began, 1)


def main() -> None:
    """Measure in a scratch database, and say it in one line."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        facts.book()
        for _ in range(DEPUTIES):
            make.deputy()
        with facts.on(DAY):
            rows, client, office = waiting(WAITING), Client(), make.director()
            client.force_login(office.user)
            with override_settings(DEBUG=False):
                report: dict[str, object] = {**answers(client)}
                report["two_hundred"] = two_hundred(client)
            left = list(DutyRecord.objects.to_verify().select_related("deputy"))
            by_bare = bare(left) / len(left)
            rows = left + waiting(WAITING - len(left), ago=WAITING // DEPUTIES)
            taken = seconds(posting.verify_and_post_all, rows, by=office)
            report["bulk_seconds"] = round(taken, 2)
            report["bulk_2000"] = round(by_bare * len(rows) / taken, 2)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
